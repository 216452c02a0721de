"""Misconception: whole items need the table of dynamic programming.

A capacity of 10^15 has no table; half of the best does not need one.
"""

from fractions import Fraction
from functools import cmp_to_key


def fractional(
    capacity: int, items: list[tuple[int, int]]
) -> tuple[tuple[int, int], list[tuple[int, int, int]]]:
    _check(capacity, items)
    total, parts, left = Fraction(0), [], capacity
    for at in _by_density(items):
        if left == 0:
            break
        weight, value = items[at]
        part = Fraction(min(left, weight), weight)
        parts.append((at, part.numerator, part.denominator))
        total += part * value
        left -= min(left, weight)
    return (total.numerator, total.denominator), parts


def greedy_01(capacity: int, items: list[tuple[int, int]]) -> list[int]:
    _check(capacity, items)
    best: list[tuple[int, list[int]]] = [(0, [])] * (capacity + 1)
    for at, (weight, value) in enumerate(items):
        for room in range(capacity, weight - 1, -1):
            worth, chosen = best[room - weight]
            if worth + value > best[room][0]:
                best[room] = (worth + value, [*chosen, at])
    return best[capacity][1]


def _by_density(items: list[tuple[int, int]]) -> list[int]:
    crosswise = cmp_to_key(lambda a, b: items[b][1] * items[a][0] - items[a][1] * items[b][0])
    return sorted(range(len(items)), key=crosswise)


def _check(capacity: int, items: list[tuple[int, int]]) -> None:
    if capacity < 0 or any(weight < 1 or value < 1 for weight, value in items):
        raise ValueError("capacity, weight or value out of range")
