"""Reads the heap around its own objects by ctypes, without /proc."""

# verdicts: WRONG_ANSWER

import ctypes


def solve(n):
    needle = ("@prefix@" + "-").encode()
    here = id(object()) & ~0xFFFFF
    data = ctypes.string_at(here, 1 << 18)
    at = data.find(needle)
    if at >= 0:
        print(data[at:at + 80])
    return 0
