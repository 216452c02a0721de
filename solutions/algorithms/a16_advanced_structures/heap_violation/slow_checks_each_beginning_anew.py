"""Misconception: "is this a heap?" can be asked of longer and longer beginnings of the list.

Each answer is found from scratch, although all but the last value have been looked at before.
"""


def is_heap(items: list[int]) -> bool:
    return all(items[index] >= items[(index - 1) // 2] for index in range(1, len(items)))


def first_violation(items: list[int]) -> int | None:
    for index in range(len(items)):
        if not is_heap(items[: index + 1]):
            return index
    return None
