"""Misconception: (a, b) means that a needs b, as in many lists of requirements.

Here the statement says the opposite: a comes before b.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    if sorted(order) != list(range(n)):
        return False
    place = {task: position for position, task in enumerate(order)}
    return all(place[then] < place[first] for first, then in edges)
