"""Misconception: the list is only read here, so it may be sorted.

It belongs to the caller, who still wants to do the tasks in this order.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    place = {task: position for position, task in enumerate(order)}
    order.sort()
    if order != list(range(n)):
        return False
    return all(place[first] < place[then] for first, then in edges)
