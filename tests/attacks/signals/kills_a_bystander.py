"""Kills a process that has nothing to do with it."""

# verdicts: WRONG_ANSWER

import os
import signal


def solve(n):
    try:
        os.kill(int("@bystander@"), signal.SIGKILL)
    except OSError:
        pass
    return 0
