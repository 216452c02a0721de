"""Raises by raw frames what steers Python or pytest, or breaks when it is printed."""

# target: raises
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os

from graders.judge.wire import Codec

CODEC = Codec(lambda value: None, lambda kind, payload: None)


def send(*reply):
    body = CODEC.dumps(reply)
    os.write(3, len(body).to_bytes(4, "little") + body)


def solve(n):
    for names in (["Skipped", "OutcomeException"], ["Exit"], ["XFailed"], ["Crash"],
                  ["UnicodeDecodeError"], ["BaseExceptionGroup"], ["__import__"], ["print"]):
        send("raise", names, ("utf-8", b"x", -5, 10**6, "x"), [(1, "solve")])
    return 0
