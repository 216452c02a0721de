"""Crashes where the suite expects an exception."""

# target: raises
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    os.kill(os.getpid(), 9)
