"""chinese_remainder by sympy: its crt for any moduli; Garner's digits read off the number."""

from itertools import combinations
from math import gcd, lcm

from sympy.ntheory.modular import crt as sympy_crt

PACKAGES = ("sympy", "mpmath")


class NoSolution(ValueError):
    """No integer leaves all of these remainders."""


def _check(residues: list[int], moduli: list[int]) -> None:
    if len(residues) != len(moduli) or any(modulus < 1 for modulus in moduli):
        raise ValueError("lists of different lengths, or a modulus below 1")


def crt(residues: list[int], moduli: list[int]) -> tuple[int, int]:
    """Return the number and the step that sympy finds."""
    _check(residues, moduli)
    if not moduli:
        return 0, 1
    found = sympy_crt(moduli, residues)
    if found is None:
        raise NoSolution
    step = lcm(*moduli)
    return int(found[0]) % step, step


def garner(residues: list[int], moduli: list[int]) -> list[int]:
    """Return the number's digits in the mixed radix of the moduli."""
    _check(residues, moduli)
    if any(gcd(a, b) > 1 for a, b in combinations(moduli, 2)):
        raise ValueError("two moduli have a common factor")
    rest, digits = crt(residues, moduli)[0], []
    for modulus in moduli:
        rest, digit = divmod(rest, modulus)
        digits.append(digit)
    return digits
