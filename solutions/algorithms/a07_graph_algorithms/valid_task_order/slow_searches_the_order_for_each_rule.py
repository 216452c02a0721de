"""Misconception: list.index is one step.

It reads the list up to the place that it finds, twice for each rule.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    if sorted(order) != list(range(n)):
        return False
    return all(order.index(first) < order.index(then) for first, then in edges)
