"""Leaves the process with exit code 0 before anything can be compared."""

# verdicts: RUNTIME_ERROR

import os


def solve(n):
    os._exit(0)
