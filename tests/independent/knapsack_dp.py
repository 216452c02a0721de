"""Independent solution of knapsack_dp: undominated loads; one row; sliding-window maxima.

Weights are 1 or more, values and counts 0 or more. A negative capacity raises ValueError. The
lists of items are left as they were.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple


class Load(NamedTuple):
    """A load: its weight and value, the item packed last, and the load before that."""

    weight: int
    value: int
    index: int
    before: Load | None


def _check(capacity: int) -> None:
    if capacity < 0:
        raise ValueError("the capacity is negative")


def _extend(front: list[Load], index: int, weight: int, value: int, capacity: int) -> list[Load]:
    """Merge the loads with those that one more item makes of them; keep the undominated ones."""
    longer = [
        Load(load.weight + weight, load.value + value, index, load)
        for load in front
        if load.weight + weight <= capacity
    ]
    result: list[Load] = []
    old = new = 0
    while old < len(front) or new < len(longer):
        if new == len(longer):
            take_old = True
        elif old == len(front):
            take_old = False
        else:
            a, b = front[old], longer[new]
            take_old = a.weight < b.weight or (a.weight == b.weight and a.value >= b.value)
        if take_old:
            load = front[old]
            old += 1
        else:
            load = longer[new]
            new += 1
        if not result or load.value > result[-1].value:
            result.append(load)
    return result


def best_01(capacity: int, items: list[tuple[int, int]]) -> tuple[int, list[int]]:
    """Return the largest value of a load, and the indices of the items of such a load.

    Items are (weight, value); each may be packed once, and the weights packed are at most
    `capacity` together. The indices ascend; any best load will do.
    """
    _check(capacity)
    front = [Load(0, 0, -1, None)]  # weights ascend, and so do values
    for index, (weight, value) in enumerate(items):
        front = _extend(front, index, weight, value, capacity)
    best = front[-1]
    chosen: list[int] = []
    load = best
    while load.before is not None:
        chosen.append(load.index)
        load = load.before
    return best.value, chosen[::-1]


def best_unbounded(capacity: int, items: list[tuple[int, int]]) -> int:
    """Return the largest value of a load if each (weight, value) is there without limit.

    Of several items of one weight only the most valuable counts.
    """
    _check(capacity)
    worth: dict[int, int] = {}
    for weight, value in items:
        if weight <= capacity:
            worth[weight] = max(value, worth.get(weight, 0))
    best = [0]
    for room in range(1, capacity + 1):
        most = best[-1]
        for weight, value in worth.items():
            if weight <= room:
                most = max(most, best[room - weight] + value)
        best.append(most)
    return best[capacity]


def best_bounded(capacity: int, items: list[tuple[int, int, int]]) -> int:
    """Return the largest value of a load if each (weight, value, count) is there `count` times.

    For each remainder modulo the weight, places that are a weight apart form a row. In it, place
    q gets the largest of before[p] + (q - p) * value for the p from q - count to q: the maximum
    in a window that slides.
    """
    _check(capacity)
    best = [0] * (capacity + 1)
    for weight, value, count in items:
        if count == 0 or weight > capacity:
            continue
        for remainder in range(weight):
            window: deque[tuple[int, int]] = deque()  # (place, level), levels descend
            for place, room in enumerate(range(remainder, capacity + 1, weight)):
                level = best[room] - place * value
                while window and window[-1][1] <= level:
                    window.pop()
                window.append((place, level))
                if window[0][0] < place - count:
                    window.popleft()
                best[room] = window[0][1] + place * value
    return best[capacity]
