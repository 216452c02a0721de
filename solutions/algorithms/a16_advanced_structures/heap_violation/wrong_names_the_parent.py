"""Misconception: the parent that is too large is the one at fault.

Asked for was the index of the child.
"""


def first_violation(items: list[int]) -> int | None:
    for index in range(1, len(items)):
        if items[index] < items[(index - 1) // 2]:
            return (index - 1) // 2
    return None
