"""Makes its output file huge without writing it."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    os.ftruncate(1, 1 << 45)
    return 0
