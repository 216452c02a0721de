"""Ends itself by signals that a parent may take for a normal end."""

# verdicts: RUNTIME_ERROR

import os
import signal


def solve(n):
    os.kill(os.getpid(), signal.SIGTERM if n == 3 else signal.SIGINT)
