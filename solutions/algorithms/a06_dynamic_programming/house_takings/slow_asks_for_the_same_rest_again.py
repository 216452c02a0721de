"""Misconception: the recurrence is the program.

Right, but the answer for the first houses is worked out again for every way that leads there.
"""


def best_takings(amounts: list[int]) -> int:
    def best_of_first(count: int) -> int:
        if count <= 0:
            return 0
        return max(best_of_first(count - 1), amounts[count - 1] + best_of_first(count - 2))

    return best_of_first(len(amounts))
