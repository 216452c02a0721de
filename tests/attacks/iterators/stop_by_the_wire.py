"""Sends "stop" in answer to a plain call."""

# target: objects
# verdicts: WRONG_ANSWER

import os

BODY = b"t\x01\x00\x00\x00s\x04\x00\x00\x00stop"


def solve(n):
    os.write(3, len(BODY).to_bytes(4, "little") + BODY)
    return 0
