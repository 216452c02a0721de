"""Greedy knapsack: by value per weight, compared crosswise so that nothing is rounded."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cmp_to_key


def fractional(
    capacity: int, items: list[tuple[int, int]]
) -> tuple[tuple[int, int], list[tuple[int, int, int]]]:
    """Return the greatest value of parts of items that fit, and one way to get it."""
    _check(capacity, items)
    total, parts, left = Fraction(0), [], capacity
    for at in _by_density(range(len(items)), items):
        if left == 0:
            break
        weight, value = items[at]
        part = Fraction(min(left, weight), weight)
        parts.append((at, part.numerator, part.denominator))
        total += part * value
        left -= min(left, weight)
    return (total.numerator, total.denominator), parts


def greedy_01(capacity: int, items: list[tuple[int, int]]) -> list[int]:
    """Return indices of whole items that fit and have at least half of the greatest value."""
    _check(capacity, items)
    fitting = [at for at, (weight, _) in enumerate(items) if weight <= capacity]
    packed, left = [], capacity
    for at in _by_density(fitting, items):
        if items[at][0] <= left:
            packed.append(at)
            left -= items[at][0]
    alone = [max(fitting, key=lambda at: items[at][1])] if fitting else []
    return max(packed, alone, key=lambda chosen: sum(items[at][1] for at in chosen))


def _by_density(indices: Iterable[int], items: list[tuple[int, int]]) -> list[int]:
    """Return the indices by value per weight, greatest first."""
    crosswise = cmp_to_key(lambda a, b: items[b][1] * items[a][0] - items[a][1] * items[b][0])
    return sorted(indices, key=crosswise)


def _check(capacity: int, items: list[tuple[int, int]]) -> None:
    if capacity < 0:
        raise ValueError(f"capacity {capacity} is negative")
    for weight, value in items:
        if weight < 1 or value < 1:
            raise ValueError(f"item ({weight}, {value}): weight and value are at least 1")
