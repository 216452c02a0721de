"""Misconception: the formula with the product of the moduli holds for any moduli.

With a common factor there is no such inverse, and what Euclid returns instead is no answer.
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
    product = 1
    for modulus in moduli:
        product *= modulus
    total = 0
    for residue, modulus in zip(residues, moduli, strict=True):
        others = product // modulus
        total += residue * others * _coefficient(others, modulus)
    return total % product, product


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
        digits.append((residue - value) * pow(weight, -1, modulus) % modulus)
    return digits


def _coefficient(a: int, m: int) -> int:
    g, rest, x, next_x = a, m, 1, 0
    while rest:
        quotient = g // rest
        g, rest, x, next_x = rest, g - quotient * rest, next_x, x - quotient * next_x
    return x
