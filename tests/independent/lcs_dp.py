"""Independent solution of lcs_dp: a different algorithm for each function, no table of lengths.

Written to the statement: Hunt and Szymanski (CACM 1977) for the length, Hirschberg (CACM
1975) for one string, plain enumeration for all of them. It shows that the suite accepts any
longest common subsequence and any algorithm within the limits.
"""

from bisect import bisect_left
from collections import defaultdict
from itertools import combinations


def lcs_length(a: str, b: str) -> int:
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for position, letter in enumerate(b):
        positions[letter].insert(0, position)
    ends: list[int] = []  # ends[k]: where in b a common subsequence of k + 1 can end earliest
    for letter in a:
        for position in positions[letter]:
            at = bisect_left(ends, position)
            ends[at : at + 1] = [position]
    return len(ends)


def _beginnings(a: str, b: str) -> list[int]:
    """Return the lengths for `a` and each beginning of `b`, with one row of memory."""
    row = [0] * (len(b) + 1)
    for letter in a:
        diagonal = 0
        for j, other in enumerate(b, start=1):
            above = row[j]
            row[j] = diagonal + 1 if letter == other else max(above, row[j - 1])
            diagonal = above
    return row


def lcs(a: str, b: str) -> str:
    if len(a) <= 1:
        return a if a in b else ""
    middle = len(a) // 2
    front = _beginnings(a[:middle], b)
    back = _beginnings(a[: middle - 1 : -1], b[::-1])[::-1]
    cut = max(range(len(b) + 1), key=lambda j: front[j] + back[j])
    return lcs(a[:middle], b[:cut]) + lcs(a[middle:], b[cut:])


def all_lcs(a: str, b: str) -> list[str]:
    for length in range(min(len(a), len(b)), 0, -1):
        common = set(combinations(a, length)) & set(combinations(b, length))
        if common:
            return sorted("".join(letters) for letters in common)
    return [""]
