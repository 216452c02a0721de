"""Misconception: n numbers are n tasks.

One of them may stand there twice in place of another, or be no task at all.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    if len(order) != n:
        return False
    place = {task: position for position, task in enumerate(order)}
    return all(place.get(first, n) < place.get(then, -1) for first, then in edges)
