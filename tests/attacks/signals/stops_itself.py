"""Stops itself, so that its CPU clock stands still."""

# verdicts: TIME_LIMIT_EXCEEDED

import os
import signal


def solve(n):
    os.kill(os.getpid(), signal.SIGSTOP)
