"""Raises its own priority and takes all processors, to make others slow."""

# target: growth
# verdicts: TIME_LIMIT_EXCEEDED

import ctypes
import os

libc = ctypes.CDLL(None)
libc.setpriority(0, 0, -20)
libc.syscall(144, os.getppid(), 3, bytes(4))
libc.syscall(203, 0, 8, bytes([1] + [0] * 7))
