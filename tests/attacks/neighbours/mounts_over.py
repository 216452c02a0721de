"""Unmounts and remounts what is read-only."""

# verdicts: WRONG_ANSWER

import ctypes

libc = ctypes.CDLL(None)


def solve(n):
    libc.mount(None, b"/", None, 32, None)
    libc.umount2(b"/box", 2)
    libc.unshare(0x10000000 | 0x20000)
    libc.mount(b"none", b"/box", b"tmpfs", 0, None)
    return 0
