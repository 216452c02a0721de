"""Asks the kernel to send SIGIO and SIGURG for its channel to other processes."""

# verdicts: WRONG_ANSWER

import fcntl
import os


def solve(n):
    for pid in (os.getppid(), 1, int("@bystander@")):
        try:
            fcntl.fcntl(3, fcntl.F_SETOWN, pid)
            fcntl.fcntl(3, fcntl.F_SETFL, os.O_ASYNC)
            fcntl.fcntl(3, 10, 9)
        except OSError:
            continue
    return 0
