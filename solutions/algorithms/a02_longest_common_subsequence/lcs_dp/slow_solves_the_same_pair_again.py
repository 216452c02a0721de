"""Misconception: the recurrence is the program.

Right, but different calls ask for the same pair of beginnings, exponentially often.
"""


def lcs_length(a: str, b: str) -> int:
    if not a or not b:
        return 0
    if a[-1] == b[-1]:
        return lcs_length(a[:-1], b[:-1]) + 1
    return max(lcs_length(a[:-1], b), lcs_length(a, b[:-1]))


def lcs(a: str, b: str) -> str:
    if not a or not b:
        return ""
    if a[-1] == b[-1]:
        return lcs(a[:-1], b[:-1]) + a[-1]
    return max(lcs(a[:-1], b), lcs(a, b[:-1]), key=len)


def _longest(a: str, b: str) -> set[str]:
    if not a or not b:
        return {""}
    if a[-1] == b[-1]:
        return {head + a[-1] for head in _longest(a[:-1], b[:-1])}
    found = _longest(a[:-1], b) | _longest(a, b[:-1])
    length = max(map(len, found))
    return {text for text in found if len(text) == length}


def all_lcs(a: str, b: str) -> list[str]:
    return sorted(_longest(a, b))
