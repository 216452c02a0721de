"""Independent solution of divisor_pairs: prime factors first, then all products of their powers."""


def divisors(n: int) -> list[int]:
    """Return all positive divisors of n, ascending, each once; n is from 1 to 10**10."""
    found = [1]
    rest = n
    prime = 2
    while rest > 1:
        if prime * prime > rest:
            prime = rest
        powers = [1]
        while rest % prime == 0:
            rest //= prime
            powers.append(powers[-1] * prime)
        if len(powers) > 1:
            found = [divisor * power for divisor in found for power in powers]
        prime += 1 if prime == 2 else 2
    return sorted(found)
