"""Misconception: the first two entries of the table are always there.

A street may have one house or none.
"""


def best_takings(amounts: list[int]) -> int:
    best = [amounts[0], max(amounts[0], amounts[1])]
    for amount in amounts[2:]:
        best.append(max(best[-1], best[-2] + amount))
    return best[-1]
