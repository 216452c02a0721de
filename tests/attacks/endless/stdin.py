"""Waits for input that never comes."""

# verdicts: RUNTIME_ERROR

import sys


def solve(n):
    while True:
        line = sys.stdin.readline()
        if line:
            return line
        input_closed = sys.stdin.read()
        if not input_closed:
            raise EOFError("nothing to read")
