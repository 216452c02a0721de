"""Misconception: loops over a table start at 1, so the loops over the strings do.

Without an extra row and column for the empty string, the first characters are never compared.
"""


def _table(a: str, b: str) -> list[list[int]]:
    table = [[0] * max(1, len(b)) for _ in range(max(1, len(a)))]
    for i in range(1, len(a)):
        for j in range(1, len(b)):
            if a[i] == b[j]:
                table[i][j] = table[i - 1][j - 1] + 1
            else:
                table[i][j] = max(table[i - 1][j], table[i][j - 1])
    return table


def lcs_length(a: str, b: str) -> int:
    return _table(a, b)[-1][-1]


def lcs(a: str, b: str) -> str:
    table = _table(a, b)
    i, j = len(table) - 1, len(table[0]) - 1
    backwards = []
    while table[i][j]:
        if a[i] == b[j]:
            backwards.append(a[i])
            i, j = i - 1, j - 1
        elif table[i - 1][j] == table[i][j]:
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
