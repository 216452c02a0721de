"""Misconception: the list of least ends is itself a longest increasing subsequence.

Its length is right; a late small value has replaced one that the longer ones build on.
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
    for value in seq:
        at = place(tails, value)
        tails[at : at + 1] = [value]
    return tails


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
