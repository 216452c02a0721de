"""Misconception: sequences with equal values are the same sequence.

They are told apart by positions.
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
    best: dict[int, set[tuple[int, ...]]] = {}
    for value in seq:
        before = [each for last, some in best.items() if last < value for each in some]
        longest = max(map(len, before), default=0)
        found = {(*each, value) for each in before if len(each) == longest} or {(value,)}
        best.setdefault(value, set()).update(found)
    every = [each for some in best.values() for each in some]
    longest = max(map(len, every), default=0)
    return sum(len(each) == longest for each in every)
