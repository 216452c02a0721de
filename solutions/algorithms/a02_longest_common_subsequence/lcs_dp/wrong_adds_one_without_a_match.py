"""Misconception: the three neighbours are combined as in the edit distance.

The step along the diagonal counts only if the characters are equal; otherwise it gives the
length of the shorter string.
"""


def _table(a: str, b: str) -> list[list[int]]:
    table = [[0] * (len(b) + 1)]
    for _ in a:
        above, row = table[-1], [0]
        for j in range(len(b)):
            row.append(max(above[j + 1], row[j], above[j] + 1))
        table.append(row)
    return table


def lcs_length(a: str, b: str) -> int:
    return _table(a, b)[-1][-1]


def lcs(a: str, b: str) -> str:
    table = _table(a, b)
    i, j = len(a), len(b)
    backwards = []
    while i and j:
        if a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
            backwards.append(a[i])
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return "".join(reversed(backwards))


def _subsequences(text: str) -> set[str]:
    found = {""}
    for letter in text:
        found |= {head + letter for head in found}
    return found


def all_lcs(a: str, b: str) -> list[str]:
    common = _subsequences(a) & _subsequences(b)
    longest = max(map(len, common))
    return sorted(text for text in common if len(text) == longest)
