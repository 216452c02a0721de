"""Misconception: whatever is larger than the last one taken should be taken.

A large value early on shuts out many that come later.
"""


def lis_length(seq: list[int], strict: bool = True) -> int:
    return len(lis(seq, strict))


def lis(seq: list[int], strict: bool = True) -> list[int]:
    found: list[int] = []
    for value in seq:
        if not found or value > found[-1] or (value == found[-1] and not strict):
            found.append(value)
    return found


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
