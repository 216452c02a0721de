"""Sends a value nested deeper than any decoder's stack."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

import os


def solve(n):
    body = b"t\x02\x00\x00\x00s\x02\x00\x00\x00ok" + b"l\x01\x00\x00\x00" * 200_000 + b"N"
    view = memoryview(len(body).to_bytes(4, "little") + body)
    while view:
        view = view[os.write(3, view):]
    return 0
