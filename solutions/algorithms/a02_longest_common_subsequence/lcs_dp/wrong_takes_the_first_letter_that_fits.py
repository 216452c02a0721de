"""Misconception: what can be matched now should be matched now.

Greedy is right for asking whether one string is a subsequence of another, not for the longest
common one: an early letter may lie late in the other string.
"""


def lcs_length(a: str, b: str) -> int:
    return len(lcs(a, b))


def lcs(a: str, b: str) -> str:
    found = ""
    start = 0
    for letter in a:
        position = b.find(letter, start)
        if position >= 0:
            found += letter
            start = position + 1
    return found


def _subsequences(text: str) -> set[str]:
    found = {""}
    for letter in text:
        found |= {head + letter for head in found}
    return found


def all_lcs(a: str, b: str) -> list[str]:
    common = _subsequences(a) & _subsequences(b)
    longest = max(map(len, common))
    return sorted(text for text in common if len(text) == longest)
