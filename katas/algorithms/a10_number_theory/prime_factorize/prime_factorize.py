"""Prime factors of 64-bit numbers: is it prime, and if not, what is it made of?"""


def is_prime(n: int) -> bool:
    """Return whether n is prime, without error or chance; n is less than 2**64.

    Numbers below 2, negative ones included, are not prime.
    """
    raise NotImplementedError


def factorize(n: int) -> list[tuple[int, int]]:
    """Return (prime, exponent) for each prime that divides n, ascending; 1 gives [].

    n is less than 2**64. Raises ValueError if n < 1.
    """
    raise NotImplementedError


def totient(n: int) -> int:
    """Return how many of 1 .. n have no factor in common with n; n is less than 2**64.

    Raises ValueError if n < 1.
    """
    raise NotImplementedError
