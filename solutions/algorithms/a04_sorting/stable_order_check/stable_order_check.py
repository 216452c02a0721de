"""Reference for stable_order_check: there is one stable order, so make it and compare."""


def keeps_ties(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> bool:
    """Return whether `after` is what a stable sort by the number makes of `before`."""
    # Python promises that `sorted` is stable; the key keeps the tags out of the comparison.
    return after == sorted(before, key=lambda row: row[0])
