"""Misconception: any walk through the tree meets the smallest index first.

A walk down the left branch meets larger indices before it has seen the right one.
"""


def first_violation(items: list[int]) -> int | None:
    waiting = [0]
    while waiting:
        index = waiting.pop()
        if index >= len(items):
            continue
        if index and items[index] < items[(index - 1) // 2]:
            return index
        waiting += [2 * index + 2, 2 * index + 1]
    return None
