"""Misconception: the two binary searches differ in speed or style only.

They differ at equal values: to the right, an equal value follows; to the left, it replaces.
"""

from bisect import bisect_left, bisect_right


def lis_length(seq: list[int], strict: bool = True) -> int:
    place = bisect_right if strict else bisect_left
    tails: list[int] = []  # tails[k]: the least end of a subsequence of length k + 1
    for value in seq:
        at = place(tails, value)
        tails[at : at + 1] = [value]
    return len(tails)


def lis(seq: list[int], strict: bool = True) -> list[int]:
    place = bisect_right if strict else bisect_left
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
    lengths: list[int] = []  # of the longest that end at each position
    ways: list[int] = []
    for value in seq:
        longest, number = 0, 1
        for other, length, count in zip(seq, lengths, ways, strict=False):
            if other < value and length >= longest:
                number = count + (number if length == longest else 0)
                longest = length
        lengths.append(longest + 1)
        ways.append(number)
    top = max(lengths, default=0)
    return sum(count for length, count in zip(lengths, ways, strict=True) if length == top)
