"""Replies with handles of classes, iterators and numbers that do not exist."""

# target: objects
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os

from graders.judge.wire import Codec

CODEC = Codec(lambda value: None, lambda kind, payload: None)


def send(*reply):
    body = CODEC.dumps(reply)
    os.write(3, len(body).to_bytes(4, "little") + body)


def solve(n):
    send("new", "Box", True)
    send("iter", -1)
    send("new", "Link", 1)
    return 0
