import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)


def marked(numbers):
    found = []
    if hasattr(os, "memfd_create"):
        try:
            os.memfd_create("bomb")
            found.append("memfd_create")
        except OSError:
            pass
    if LIBC.shmget(0, 1 << 20, 0o1600) >= 0:
        found.append("shmget")
    if LIBC.syscall(447, 0) >= 0:
        found.append("memfd_secret")
    if LIBC.msgget(0, 0o1600) >= 0:
        found.append("msgget")
    return found or sum(numbers)
