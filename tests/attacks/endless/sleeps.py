"""Sleeps."""

# verdicts: TIME_LIMIT_EXCEEDED

import time


def solve(n):
    time.sleep(3600)
