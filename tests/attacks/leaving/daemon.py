"""Leaves a daemon behind."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os
import sys


def solve(n):
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execv("/bin/sleep", ["@mark@", "30"])
            os._exit(0)
    except OSError:
        pass
    return 0
