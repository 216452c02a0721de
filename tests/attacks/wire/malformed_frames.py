"""Sends frames that are cut short, of no length, and of a length beyond all bounds."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

import os


def solve(n):
    os.write(3, b"\xff\xff\xff\xff" if n == 3 else b"\x00\x00\x00\x00\x05\x00\x00\x00l\xff")
    os._exit(0)
