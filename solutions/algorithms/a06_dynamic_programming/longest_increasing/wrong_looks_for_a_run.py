"""Misconception: a subsequence is a piece of the list.

Its elements may be parted by others.
"""


def lis_length(seq: list[int], strict: bool = True) -> int:
    return len(lis(seq, strict))


def lis(seq: list[int], strict: bool = True) -> list[int]:
    best: list[int] = []
    run: list[int] = []
    for value in seq:
        if run and (value < run[-1] or (strict and value == run[-1])):
            run = []
        run.append(value)
        best = max(best, run[:], key=len)
    return best


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
