"""Misconception: a subsequence is a piece of the string.

The count starts again at every mismatch: that is the longest common substring.
"""


def _runs(a: str, b: str) -> list[list[int]]:
    table = [[0] * (len(b) + 1)]
    for letter in a:
        above = table[-1]
        table.append([0] + [above[j] + 1 if letter == b[j] else 0 for j in range(len(b))])
    return table


def lcs_length(a: str, b: str) -> int:
    return max(map(max, _runs(a, b)))


def lcs(a: str, b: str) -> str:
    return all_lcs(a, b)[0]


def all_lcs(a: str, b: str) -> list[str]:
    table = _runs(a, b)
    length = max(map(max, table))
    return sorted({a[i - length : i] for i, row in enumerate(table) if length in row})
