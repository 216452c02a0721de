"""Misconception: sorted is sorted; equal numbers can not be told apart.

The numbers can not, the rows can, and that is what stability is about.
"""


def keeps_ties(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> bool:
    numbers = [number for number, _ in after]
    return sorted(before) == sorted(after) and numbers == sorted(numbers)
