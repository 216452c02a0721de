"""Misconception: what is worth most goes first.

It may take up the room of two that are worth more together.
"""

from fractions import Fraction


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
    packed, left = [], capacity
    for at in _by_density(items):
        if items[at][0] <= left:
            packed.append(at)
            left -= items[at][0]
    alone = [[at] for at, (weight, _) in enumerate(items) if weight <= capacity]
    return max([packed, *alone], key=lambda chosen: sum(items[at][1] for at in chosen))


def _by_density(items: list[tuple[int, int]]) -> list[int]:
    return sorted(range(len(items)), key=lambda at: -items[at][1])


def _check(capacity: int, items: list[tuple[int, int]]) -> None:
    if capacity < 0 or any(weight < 1 or value < 1 for weight, value in items):
        raise ValueError("capacity, weight or value out of range")
