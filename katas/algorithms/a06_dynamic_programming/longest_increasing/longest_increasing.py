"""Longest increasing subsequence: its length, one of them, and how many there are.

A subsequence keeps the order of a list and may leave out any of its elements.
"""


def lis_length(seq: list[int], strict: bool = True) -> int:
    """Return the length of the longest increasing subsequences, 0 for an empty list.

    Each element must be larger than the one before it; if `strict` is False it may be equal.
    """
    raise NotImplementedError


def lis(seq: list[int], strict: bool = True) -> list[int]:
    """Return the values of a longest increasing subsequence in their order, any will do.

    `strict` means what it means for lis_length. `seq` is left as it was.
    """
    raise NotImplementedError


def count_lis(seq: list[int]) -> int:
    """Return how many strictly increasing subsequences have the greatest length.

    Subsequences that differ in a position are different, even if their values are equal. An
    empty list has 0. There are up to 1,000 elements.
    """
    raise NotImplementedError
