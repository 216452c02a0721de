"""Reads address zero."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import ctypes


def solve(n):
    ctypes.string_at(0)
