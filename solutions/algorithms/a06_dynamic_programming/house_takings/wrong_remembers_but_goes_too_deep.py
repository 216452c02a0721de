"""Misconception: a recursion that remembers its answers may be as long as the input.

The answers are few, but the first call waits for the last one: Python stops at 1,000 calls.
"""


def best_takings(amounts: list[int]) -> int:
    known: dict[int, int] = {}

    def best_from(at: int) -> int:
        if at >= len(amounts):
            return 0
        if at not in known:
            known[at] = max(best_from(at + 1), amounts[at] + best_from(at + 2))
        return known[at]

    return best_from(0)
