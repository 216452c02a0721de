"""Misconception: difflib.SequenceMatcher finds a longest common subsequence.

It takes the longest common block, then looks left and right of it; short matches that are
better together are lost.
"""

from difflib import SequenceMatcher


def lcs_length(a: str, b: str) -> int:
    return len(lcs(a, b))


def lcs(a: str, b: str) -> str:
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return "".join(a[block.a : block.a + block.size] for block in blocks)


def _subsequences(text: str) -> set[str]:
    found = {""}
    for letter in text:
        found |= {head + letter for head in found}
    return found


def all_lcs(a: str, b: str) -> list[str]:
    common = _subsequences(a) & _subsequences(b)
    longest = max(map(len, common))
    return sorted(text for text in common if len(text) == longest)
