"""Misconception: the characters come out of the table in the order of the string.

The walk begins at the end, so what it collects has to be turned round.
"""


def _table(a: str, b: str) -> list[list[int]]:
    table = [[0] * (len(b) + 1)]
    for letter in a:
        above, row = table[-1], [0]
        for j, other in enumerate(b):
            row.append(above[j] + 1 if letter == other else max(above[j + 1], row[j]))
        table.append(row)
    return table


def lcs_length(a: str, b: str) -> int:
    return _table(a, b)[-1][-1]


def lcs(a: str, b: str) -> str:
    table = _table(a, b)
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
    return "".join(backwards)


def _subsequences(text: str) -> set[str]:
    found = {""}
    for letter in text:
        found |= {head + letter for head in found}
    return found


def all_lcs(a: str, b: str) -> list[str]:
    common = _subsequences(a) & _subsequences(b)
    longest = max(map(len, common))
    return sorted(text for text in common if len(text) == longest)
