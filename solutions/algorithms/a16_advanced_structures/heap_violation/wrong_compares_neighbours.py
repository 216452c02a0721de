"""Misconception: a heap is a sorted list.

Only parent and child are in order; brothers and cousins are not.
"""


def first_violation(items: list[int]) -> int | None:
    for index in range(1, len(items)):
        if items[index] < items[index - 1]:
            return index
    return None
