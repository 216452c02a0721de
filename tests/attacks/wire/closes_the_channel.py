"""Closes its channel and goes on living."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os
import time


def solve(n):
    os.close(3)
    time.sleep(30)
