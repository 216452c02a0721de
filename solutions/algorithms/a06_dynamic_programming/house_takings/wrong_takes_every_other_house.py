"""Misconception: a best choice takes every other house, so there are two to compare.

Two houses in a row may be left out, so that the choice moves from the odd to the even ones.
"""


def best_takings(amounts: list[int]) -> int:
    return max(sum(amounts[::2]), sum(amounts[1::2]))
