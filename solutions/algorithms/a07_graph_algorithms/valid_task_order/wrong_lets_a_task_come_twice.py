"""Misconception: if the set of tasks is right, the list is.

A set forgets how often something was there.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    if set(order) != set(range(n)):
        return False
    place = {task: position for position, task in enumerate(order)}
    return all(place[first] < place[then] for first, then in edges)
