"""Misconception: copies are items, so they may be listed one by one.

Right, but two thousand copies are two thousand items; eleven bundles do.
"""


def _check(capacity: int) -> None:
    if capacity < 0:
        raise ValueError(f"capacity must not be negative, not {capacity}")


def _with_item(row: list[int], weight: int, value: int) -> list[int]:
    """Return the best values once an item may be packed as well, once."""
    packed = [best + value for best in row[: max(0, len(row) - weight)]]
    return row[:weight] + list(map(max, row[weight:], packed))


def best_01(capacity: int, items: list[tuple[int, int]]) -> tuple[int, list[int]]:
    _check(capacity)
    rows = [[0] * (capacity + 1)]
    for weight, value in items:
        rows.append(_with_item(rows[-1], weight, value))
    packed, room = [], capacity
    for at in range(len(items) - 1, -1, -1):
        if rows[at + 1][room] != rows[at][room]:
            packed.append(at)
            room -= items[at][0]
    return rows[-1][capacity], packed[::-1]


def best_unbounded(capacity: int, items: list[tuple[int, int]]) -> int:
    _check(capacity)
    return best_bounded(capacity, [(*item, capacity) for item in items])


def best_bounded(capacity: int, items: list[tuple[int, int, int]]) -> int:
    _check(capacity)
    row = [0] * (capacity + 1)
    for weight, value, count in items:
        for _ in range(min(count, capacity // weight)):
            row = _with_item(row, weight, value)
    return row[capacity]
