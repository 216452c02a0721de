"""Takes memory that no address space limit counts: memfd, shared and System V memory."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import ctypes
import mmap
import os


def solve(n):
    held = []
    for _ in range(4):
        try:
            number = os.memfd_create("x")
            os.ftruncate(number, 1 << 20)
            held.append(number)
        except OSError:
            pass
        libc = ctypes.CDLL(None)
        made = libc.shmget(0, 1 << 20, 0o1600)
        if made >= 0:
            libc.shmctl(made, 0, None)
    held.append(mmap.mmap(-1, 1 << 20))
    return len(held) * 0
