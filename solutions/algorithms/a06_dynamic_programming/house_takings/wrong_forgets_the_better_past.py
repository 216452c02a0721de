"""Misconception: what was best one house ago is what ends at that house.

Not visiting this house does not mean that the one before was visited.
"""


def best_takings(amounts: list[int]) -> int:
    taken = skipped = 0
    for amount in amounts:
        taken, skipped = skipped + amount, taken
    return max(taken, skipped)
