"""Independent solution of three_sum: pairs of distinct values, the third one is looked up."""

from bisect import bisect_left
from collections import Counter


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    """Return each triple of values that adds up to the target once, [] if there is none.

    A triple ascends, and so does the list. `nums` is left as it was. For each pair of distinct
    values a <= b there is one c; it counts if it is not less than b and occurs often enough.
    """
    count = Counter(nums)
    values = sorted(count)
    found: list[tuple[int, int, int]] = []
    for i, a in enumerate(values):
        if 3 * a > target:
            break
        rest = target - a
        for b in values[i if count[a] > 1 else i + 1 :]:
            c = rest - b
            if c < b:
                break
            if c in count and count[c] >= 1 + (c == b) + (c == a):
                found.append((a, b, c))
    return found


def closest_sum(nums: list[int], target: int) -> int:
    """Return the sum of three elements that is closest to the target; on a tie the smaller.

    `nums` is left as it was. Raise ValueError if it holds fewer than three integers. For each
    pair of positions the best third one is found by binary search behind them.
    """
    size = len(nums)
    if size < 3:
        raise ValueError("three elements are needed")
    row = sorted(nums)
    best = sum(row[:3])
    distance = abs(best - target)
    for i in range(size - 2):
        for j in range(i + 1, size - 1):
            pair = row[i] + row[j]
            k = bisect_left(row, target - pair, j + 1)
            for third in row[max(k - 1, j + 1) : k + 1]:
                total = pair + third
                off = abs(total - target)
                if off < distance or (off == distance and total < best):
                    best, distance = total, off
    return best
