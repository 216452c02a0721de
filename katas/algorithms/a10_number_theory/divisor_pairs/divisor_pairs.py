"""Divisor pairs: all divisors of a number, without trying out every number below it."""


def divisors(n: int) -> list[int]:
    """Return all positive divisors of n, ascending, each once; n is from 1 to 10**10."""
    raise NotImplementedError
