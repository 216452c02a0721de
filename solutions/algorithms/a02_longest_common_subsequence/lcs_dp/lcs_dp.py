"""Reference for lcs_dp: one table of lengths, filled row by row and walked back."""

from collections.abc import Iterator
from functools import cache


def _rows(a: str, b: str) -> Iterator[list[int]]:
    """Yield row 0 to row len(a) of the table: entry j of row i is the length for a[:i], b[:j]."""
    row = [0] * (len(b) + 1)
    yield row
    for letter in a:
        above, row, left = row, [0], 0
        for j, other in enumerate(b):
            if letter == other:
                left = above[j] + 1
            elif above[j + 1] > left:
                left = above[j + 1]
            row.append(left)
        yield row


def lcs_length(a: str, b: str) -> int:
    """Return the length of the longest common subsequences; two rows are alive at a time."""
    for row in _rows(a, b):
        last = row
    return last[-1]


def lcs(a: str, b: str) -> str:
    """Return a longest common subsequence: walk back from the last entry of the whole table."""
    table = list(_rows(a, b))
    i, j = len(a), len(b)
    backwards = []
    while table[i][j]:
        if a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
            backwards.append(a[i])
        elif table[i - 1][j] == table[i][j]:
            i -= 1
        else:
            j -= 1
    return "".join(reversed(backwards))


def all_lcs(a: str, b: str) -> list[str]:
    """Return all longest common subsequences, each once, sorted: the same walk with memory."""
    table = list(_rows(a, b))

    @cache
    def longest(i: int, j: int) -> frozenset[str]:
        if not table[i][j]:
            return frozenset({""})
        if a[i - 1] == b[j - 1]:
            return frozenset(head + a[i - 1] for head in longest(i - 1, j - 1))
        neighbours = [(i - 1, j), (i, j - 1)]
        return frozenset().union(
            *(longest(k, m) for k, m in neighbours if table[k][m] == table[i][j])
        )

    return sorted(longest(len(a), len(b)))
