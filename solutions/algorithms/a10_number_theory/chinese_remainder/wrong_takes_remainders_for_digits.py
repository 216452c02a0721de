"""Misconception: the digit for a modulus is the remainder for it.

Only the first one is; the next ones count how often the moduli before were taken.
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
    _check(residues, moduli)
    digits: list[int] = []
    for residue, modulus in zip(residues, moduli, strict=True):
        value, weight = 0, 1
        for digit, earlier in zip(digits, moduli, strict=False):
            value = (value + digit * weight) % modulus
            weight = weight * earlier % modulus
        if gcd(weight, modulus) != 1:
            raise ValueError(f"{modulus} has a factor in common with an earlier modulus")
        digits.append(residue % modulus)
    return digits
