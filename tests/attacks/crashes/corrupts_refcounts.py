"""Frees None and True until the interpreter breaks."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import ctypes


def solve(n):
    for each in (None, True, (), ""):
        ctypes.memset(id(each), 0, 8)
    return 0
