"""Longest common subsequence: its length, one of them, all of them.

A subsequence of a string keeps the order of the characters and may leave out any of them.
"""


def lcs_length(a: str, b: str) -> int:
    """Return the length of the longest common subsequences; up to 600 characters each."""
    raise NotImplementedError


def lcs(a: str, b: str) -> str:
    """Return a longest common subsequence, any if there are several; up to 600 characters each."""
    raise NotImplementedError


def all_lcs(a: str, b: str) -> list[str]:
    """Return all longest common subsequences, each once, sorted; up to 12 characters each.

    [""] means that the strings have nothing in common.
    """
    raise NotImplementedError
