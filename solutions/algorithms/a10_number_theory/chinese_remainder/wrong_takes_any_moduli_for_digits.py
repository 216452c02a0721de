"""Misconception: what crt returns has digits for any moduli.

With a common factor the product exceeds the least common multiple, and digits are not unique.
"""

from math import gcd


class NoSolution(ValueError):
    """No integer leaves all of these remainders."""


def _check(residues: list[int], moduli: list[int]) -> None:
    if len(residues) != len(moduli):
        raise ValueError("as many residues as moduli are needed")
    if any(modulus < 1 for modulus in moduli):
        raise ValueError("a modulus is at least 1")


def crt(residues: list[int], moduli: list[int]) -> tuple[int, int]:
    _check(residues, moduli)
    r, step = 0, 1
    for residue, modulus in zip(residues, moduli, strict=True):
        common = gcd(step, modulus)
        missing, rest = divmod(residue - r, common)
        if rest:
            raise NoSolution(f"nothing leaves {residue} modulo {modulus} as well")
        modulus //= common
        r += step * (missing * pow(step // common, -1, modulus) % modulus)
        step *= modulus
    return r, step


def garner(residues: list[int], moduli: list[int]) -> list[int]:
    x, _ = crt(residues, moduli)
    digits = []
    for modulus in moduli:
        x, digit = divmod(x, modulus)
        digits.append(digit)
    return digits
