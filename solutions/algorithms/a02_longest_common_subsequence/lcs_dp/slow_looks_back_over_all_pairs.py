"""Misconception: an entry has to say which pair of characters comes last.

As for the longest increasing subsequence, each pair looks back over all earlier pairs. Asking
for the best of two beginnings, wherever it ends, needs three neighbours only.
"""


def _ending_at(a: str, b: str) -> dict[tuple[int, int], int]:
    """Return, for each pair of equal characters, the longest length that ends with it."""
    lengths: dict[tuple[int, int], int] = {}
    for i, letter in enumerate(a):
        for j, other in enumerate(b):
            if letter == other:
                before = (n for (k, m), n in lengths.items() if k < i and m < j)
                lengths[i, j] = max(before, default=0) + 1
    return lengths


def lcs_length(a: str, b: str) -> int:
    return max(_ending_at(a, b).values(), default=0)


def lcs(a: str, b: str) -> str:
    lengths = _ending_at(a, b)
    i, j = len(a), len(b)
    found = ""
    for length in range(max(lengths.values(), default=0), 0, -1):
        i, j = next((k, m) for (k, m), n in lengths.items() if n == length and k < i and m < j)
        found = a[i] + found
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
