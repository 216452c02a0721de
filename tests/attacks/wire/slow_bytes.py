"""Sends its reply one byte at a time, each within all limits."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

import os
import time


def solve(n):
    os.write(3, (1 << 20).to_bytes(4, "little"))
    while True:
        os.write(3, b"l")
        time.sleep(0.05)
