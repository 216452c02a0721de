"""Recurses without end, in Python, with the limit taken away."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED

import sys

sys.setrecursionlimit(10**9)


def solve(n):
    return solve(n)
