"""Misconception: where two neighbours are equal, either of them leads to all answers.

Each leads to some of them; all of them need both ways.
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
    return "".join(reversed(backwards))


def _longest(a: str, b: str, table: list[list[int]], i: int, j: int) -> set[str]:
    if not table[i][j]:
        return {""}
    if a[i - 1] == b[j - 1]:
        return {head + a[i - 1] for head in _longest(a, b, table, i - 1, j - 1)}
    if table[i - 1][j] >= table[i][j - 1]:
        return _longest(a, b, table, i - 1, j)
    return _longest(a, b, table, i, j - 1)


def all_lcs(a: str, b: str) -> list[str]:
    return sorted(_longest(a, b, _table(a, b), len(a), len(b)))
