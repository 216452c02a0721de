"""Misconception: an order is right if no two tasks that stand side by side are in the wrong order.

That would do for a rule between any two tasks; here most pairs have none, so a broken rule can
be hidden by what stands between.
"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    if sorted(order) != list(range(n)):
        return False
    rules = set(edges)
    if any((task, task) in rules for task in order):
        return False
    return all((then, first) not in rules for first, then in zip(order, order[1:]))
