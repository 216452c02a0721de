"""Raises an error whose text takes for ever, and which holds a huge value."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

class Slow(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def solve(n):
    raise Slow("x" * (8 << 20), [0] * 100_000)
