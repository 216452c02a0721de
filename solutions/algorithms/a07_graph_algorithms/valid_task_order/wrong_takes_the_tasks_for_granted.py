"""Misconception: who proposes an order has listed all tasks.

Only what the rules mention is looked at.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    place = {task: position for position, task in enumerate(order)}
    return all(place.get(first, n) < place.get(then, -1) for first, then in edges)
