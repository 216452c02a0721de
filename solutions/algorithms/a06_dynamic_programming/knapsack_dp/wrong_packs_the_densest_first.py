"""Misconception: what is worth most for its weight belongs into the load.

That holds where items may be cut; whole ones leave room that others would have filled.
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
    packed, total = [], 0
    for at in sorted(range(len(items)), key=lambda at: -items[at][1] / items[at][0]):
        if items[at][0] <= capacity:
            packed.append(at)
            capacity -= items[at][0]
            total += items[at][1]
    return total, sorted(packed)


def best_unbounded(capacity: int, items: list[tuple[int, int]]) -> int:
    _check(capacity)
    row = [0] * (capacity + 1)
    for weight, value in items:
        # Upwards: the entry that is read may hold the item already.
        for room in range(weight, capacity + 1):
            if row[room - weight] + value > row[room]:
                row[room] = row[room - weight] + value
    return row[capacity]


def best_bounded(capacity: int, items: list[tuple[int, int, int]]) -> int:
    _check(capacity)
    row = [0] * (capacity + 1)
    for weight, value, count in items:
        # Bundles of 1, 2, 4, ... and a rest add up to each number up to `count`, none above.
        bundle, left = 1, min(count, capacity // weight)
        while left:
            copies = min(bundle, left)
            row = _with_item(row, copies * weight, copies * value)
            left -= copies
            bundle *= 2
    return row[capacity]
