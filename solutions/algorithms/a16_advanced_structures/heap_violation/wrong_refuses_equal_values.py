"""Misconception: a parent must be smaller than its children.

It must not be larger; equal values are in order.
"""


def first_violation(items: list[int]) -> int | None:
    for index in range(1, len(items)):
        if items[index] <= items[(index - 1) // 2]:
            return index
    return None
