"""Calls abort and raises illegal instructions."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import ctypes
import signal


def solve(n):
    if n == 3:
        ctypes.CDLL(None).abort()
    signal.raise_signal(signal.SIGILL)
