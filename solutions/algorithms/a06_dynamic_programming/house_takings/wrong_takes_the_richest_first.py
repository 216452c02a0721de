"""Misconception: the richest house that is still allowed is always part of a best choice.

It shuts out two neighbours, which together may be worth more.
"""


def best_takings(amounts: list[int]) -> int:
    free = set(range(len(amounts)))
    total = 0
    for at in sorted(free, key=lambda at: -amounts[at]):
        if at in free:
            total += amounts[at]
            free -= {at - 1, at, at + 1}
    return total
