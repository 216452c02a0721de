"""Replies twice: the second would answer the next call."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def frame(body):
    return len(body).to_bytes(4, "little") + body


def solve(n):
    from graders.judge.wire import Codec

    body = Codec(lambda value: None, lambda kind, payload: None).dumps(("ok", n))
    os.write(3, frame(body) * 5)
    return 0
