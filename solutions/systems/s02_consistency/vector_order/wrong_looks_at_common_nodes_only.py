"""Misconception: a node that only one vector mentions cannot be compared.

It can: the other has seen none of its events.
"""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    common = a.keys() & b.keys()
    behind = any(a[node] < b[node] for node in common)
    ahead = any(a[node] > b[node] for node in common)
    if behind and ahead:
        return "concurrent"
    if behind:
        return "before"
    return "after" if ahead else "equal"
