"""Makes a process by raw clone and clone3, with and without new namespaces."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import ctypes
import os

libc = ctypes.CDLL(None)


def solve(n):
    for words in ((56, 17, 0, 0, 0, 0), (56, 0x10000000 | 17, 0, 0, 0, 0), (57,)):
        made = libc.syscall(*words)
        if made == 0:
            try:
                os.execv("/bin/sleep", ["@mark@", "30"])
            finally:
                os._exit(0)
    return 0
