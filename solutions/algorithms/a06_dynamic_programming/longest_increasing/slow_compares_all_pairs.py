"""Misconception: the longest that ends here is found by looking at everything before.

Right, and quadratic: the least end for each length says as much, and is sorted.
"""


def lis_length(seq: list[int], strict: bool = True) -> int:
    return len(lis(seq, strict))


def lis(seq: list[int], strict: bool = True) -> list[int]:
    lengths: list[int] = []
    before: list[int] = []
    for position, value in enumerate(seq):
        best, last = 0, -1
        for at in range(position):
            if lengths[at] > best and (seq[at] < value or (seq[at] == value and not strict)):
                best, last = lengths[at], at
        lengths.append(best + 1)
        before.append(last)
    found = []
    position = max(range(len(seq)), key=lengths.__getitem__, default=-1)
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
