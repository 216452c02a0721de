"""Misconception: to count the longest ones they have to be met one by one.

Right, but there may be 2**500 of them; their number is a sum of numbers.
"""

from bisect import bisect_left, bisect_right


def lis_length(seq: list[int], strict: bool = True) -> int:
    place = bisect_left if strict else bisect_right
    tails: list[int] = []  # tails[k]: the least end of a subsequence of length k + 1
    for value in seq:
        at = place(tails, value)
        tails[at : at + 1] = [value]
    return len(tails)


def lis(seq: list[int], strict: bool = True) -> list[int]:
    place = bisect_left if strict else bisect_right
    tails: list[int] = []
    ends: list[int] = []  # ends[k]: the position in seq of tails[k]
    before: list[int] = []  # for each position the one before it in its subsequence, or -1
    for position, value in enumerate(seq):
        at = place(tails, value)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [position]
        before.append(ends[at - 1] if at else -1)
    found = []
    position = ends[-1] if ends else -1
    while position >= 0:
        found.append(seq[position])
        position = before[position]
    return found[::-1]


def count_lis(seq: list[int]) -> int:
    size, found = lis_length(seq), 0
    waiting = [(0, size, None)]
    while waiting:
        start, missing, last = waiting.pop()
        found += bool(seq) and not missing
        for at in range(start, len(seq) - missing + 1) if missing else ():
            if last is None or seq[at] > last:
                waiting.append((at + 1, missing - 1, seq[at]))
    return found
