"""Prime sieve: all primes up to n, all smallest factors up to n, the primes of a stretch."""


def primes_upto(n: int) -> list[int]:
    """Return the primes up to n, n included, ascending; n is at most 1,000,000."""
    raise NotImplementedError


def smallest_factor(n: int) -> list[int]:
    """Return a list of n + 1 entries: at x >= 2 the smallest prime that divides x.

    Entries 0 and 1 are 0 and 1. For negative n the list is empty. n is at most 300,000.
    """
    raise NotImplementedError


def primes_between(lo: int, hi: int) -> list[int]:
    """Return the primes p with lo <= p < hi, ascending.

    hi is at most 10**12 + 10**6, and hi - lo at most 100,000.
    """
    raise NotImplementedError
