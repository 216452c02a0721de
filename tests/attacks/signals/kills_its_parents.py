"""Kills the process above it and pid 1 of its namespace."""

# verdicts: WRONG_ANSWER

import os
import signal


def solve(n):
    for pid in {os.getppid(), 1} - {0}:
        try:
            os.kill(pid, signal.SIGTERM)
            if os.getppid() != 1:
                os.kill(os.getppid(), signal.SIGKILL)
        except OSError:
            continue
    return 0
