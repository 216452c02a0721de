"""Independent solution of two_sum_program: two pointers over the ordered values, no hash table.

A case is a line with n and target and a line with n values. Its answer is a line with the
positions i j of the pair with the smallest j, then the smallest i; or none.
"""

import sys
from itertools import islice


def find_pair(values: list[int], target: int) -> tuple[int, int] | None:
    """Return (i, j), i < j, with values that add up to target, the smallest j, then i.

    Two different values meet first at the later of their first places. Equal values meet at the
    second place of their value. Equal values stand in the order of their places.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    best: tuple[int, int] | None = None  # (j, i)
    low, high = 0, len(order) - 1
    while low < high:
        small, large = values[order[low]], values[order[high]]
        total = small + large
        if total < target:
            low += 1
        elif total > target:
            high -= 1
        elif small == large:
            pair = (order[low + 1], order[low])
            best = pair if best is None else min(best, pair)
            break
        else:
            while values[order[high - 1]] == large:
                high -= 1
            one, other = order[low], order[high]
            pair = (max(one, other), min(one, other))
            best = pair if best is None else min(best, pair)
            high -= 1
            while values[order[low]] == small and low < high:
                low += 1
    return None if best is None else (best[1], best[0])


def main() -> None:
    """Read all cases, print all answers."""
    numbers = map(int, sys.stdin.buffer.read().split())
    lines: list[str] = []
    for _ in range(next(numbers)):
        count, target = next(numbers), next(numbers)
        pair = find_pair(list(islice(numbers, count)), target)
        lines.append("none" if pair is None else f"{pair[0]} {pair[1]}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
