"""Misconception: the parent of i is i // 2.

That is so when counting begins at 1.
"""


def first_violation(items: list[int]) -> int | None:
    for index in range(1, len(items)):
        if items[index] < items[index // 2]:
            return index
    return None
