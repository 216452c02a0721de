"""Misconception: "not after" is the same as "before".

It is, except for a task and itself.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    if sorted(order) != list(range(n)):
        return False
    place = {task: position for position, task in enumerate(order)}
    return all(place[first] <= place[then] for first, then in edges)
