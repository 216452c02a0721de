"""Reads keys, kernel settings and messages."""

# verdicts: WRONG_ANSWER

import ctypes
import os


def solve(n):
    libc = ctypes.CDLL(None)
    buffer = ctypes.create_string_buffer(4096)
    for words in ((250, 11, -4, buffer, 4096), (250, 6, -5, buffer, 4096), (103, 3, buffer, 4096)):
        libc.syscall(*words)
    if ("@prefix@" + "-").encode() in buffer.raw:
        print(buffer.raw)
    for path in ("/proc/kcore", "/proc/kmsg", "/dev/mem", "/etc/shadow", "/root/.ssh/id_rsa"):
        try:
            print(os.open(path, 0))
        except OSError:
            continue
    return 0
