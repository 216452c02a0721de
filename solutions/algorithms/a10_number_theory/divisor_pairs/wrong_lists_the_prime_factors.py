"""Misconception: the divisors are the prime factors, with 1 and the number."""


def divisors(n: int) -> list[int]:
    found, rest, d = {1, n}, n, 2
    while d * d <= rest:
        if rest % d == 0:
            found.add(d)
            rest //= d
        else:
            d += 1
    return sorted(found | {rest})
