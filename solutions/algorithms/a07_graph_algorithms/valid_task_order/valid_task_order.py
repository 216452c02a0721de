"""Valid task order: a permutation of the tasks in which every edge points forward."""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    """Return whether `order` lists each of the tasks 0 .. n-1 once and keeps all rules."""
    if sorted(order) != list(range(n)):
        return False
    place = {task: position for position, task in enumerate(order)}
    return all(place[first] < place[then] for first, then in edges)
