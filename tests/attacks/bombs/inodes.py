"""Makes more files and folders than it may."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    for number in range(4200):
        os.mkdir(f"d{number}")
    return 0
