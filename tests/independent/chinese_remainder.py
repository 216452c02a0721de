"""Independent solution of chinese_remainder: congruences merged pairwise in rounds, like a cup.

`garner` takes its digits from the merged number by repeated division.
"""

import math


class NoSolution(ValueError):
    """No integer leaves all of these remainders."""


def _check(residues: list[int], moduli: list[int]) -> None:
    if len(residues) != len(moduli):
        raise ValueError("as many residues as moduli are needed")
    for modulus in moduli:
        if modulus < 1:
            raise ValueError(f"a modulus must be at least 1, not {modulus}")


def _merge(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    """Return the congruence that says what both say."""
    (r, m), (s, k) = first, second
    common = math.gcd(m, k)
    times, rest = divmod(s - r, common)
    if rest:
        raise NoSolution(f"{r} modulo {m} and {s} modulo {k} exclude each other")
    k //= common
    return r + m * (times * pow(m // common, -1, k) % k), m * k


def crt(residues: list[int], moduli: list[int]) -> tuple[int, int]:
    """Return (r, step): the integers that fit are r, r + step, r - step, …, and 0 <= r < step.

    `step` is the least common multiple of the moduli; (0, 1) for empty lists. Raises NoSolution
    if nothing fits, ValueError if the lists differ in length or a modulus is less than 1.
    """
    _check(residues, moduli)
    left = [(r % m, m) for r, m in zip(residues, moduli, strict=True)] or [(0, 1)]
    while len(left) > 1:
        merged = [_merge(left[i], left[i + 1]) for i in range(0, len(left) - 1, 2)]
        if len(left) % 2:
            merged.append(left[-1])
        left = merged
    return left[0]


def garner(residues: list[int], moduli: list[int]) -> list[int]:
    """Return digits d with x == d[0] + d[1]*m[0] + d[2]*m[0]*m[1] + …, 0 <= d[i] < m[i].

    x is the smallest number from 0 on that leaves all the remainders. Raises ValueError if any
    two moduli have a common factor, if the lists differ in length, or if a modulus is below 1.
    """
    _check(residues, moduli)
    if math.lcm(*moduli) != math.prod(moduli):
        raise ValueError("two moduli have a common factor")
    x, _ = crt(residues, moduli)
    digits: list[int] = []
    for modulus in moduli:
        x, digit = divmod(x, modulus)
        digits.append(digit)
    return digits
