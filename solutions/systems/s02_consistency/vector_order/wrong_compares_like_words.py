"""Misconception: vectors are ordered like tuples, the first difference decides."""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    nodes = sorted(a.keys() | b.keys())
    left, right = ([vector.get(node, 0) for node in nodes] for vector in (a, b))
    if left == right:
        return "equal"
    return "before" if left < right else "after"
