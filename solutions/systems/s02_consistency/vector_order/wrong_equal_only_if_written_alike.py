"""Misconception: two dicts that differ are two different vectors.

An entry of 0 and no entry say the same.
"""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    if a == b:
        return "equal"
    if all(b.get(node, 0) >= count for node, count in a.items()):
        return "before"
    if all(a.get(node, 0) >= count for node, count in b.items()):
        return "after"
    return "concurrent"
