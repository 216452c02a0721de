"""Misconception: later means a larger count at every node.

Whoever has seen one more event of one node is later already.
"""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    nodes = a.keys() | b.keys()
    if all(a.get(node, 0) == b.get(node, 0) for node in nodes):
        return "equal"
    if all(a.get(node, 0) < b.get(node, 0) for node in nodes):
        return "before"
    if all(a.get(node, 0) > b.get(node, 0) for node in nodes):
        return "after"
    return "concurrent"
