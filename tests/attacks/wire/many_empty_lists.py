"""Sends few bytes that would become millions of objects."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

import os


def solve(n):
    count = 3_000_000
    body = b"t\x02\x00\x00\x00s\x02\x00\x00\x00okl" + count.to_bytes(4, "little") \
        + b"l\x00\x00\x00\x00" * count
    view = memoryview(len(body).to_bytes(4, "little") + body)
    while view:
        view = view[os.write(3, view):]
    return 0
