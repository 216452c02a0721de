"""Misconception: whoever has seen more events is later.

More is not all: a sum makes a full order out of a partial one.
"""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    left, right = sum(a.values()), sum(b.values())
    if left == right:
        return "equal" if a == b else "concurrent"
    return "before" if left < right else "after"
