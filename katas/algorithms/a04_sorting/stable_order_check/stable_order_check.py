"""Was the sort stable? Compare a table before and after it was sorted by its number."""


def keeps_ties(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> bool:
    """Return whether `after` is what a stable sort by the number makes of `before`.

    The same rows, numbers ascending, rows with equal numbers in the order they have in `before`.
    A row is (number, tag); the tags in `before` are all different.
    """
    raise NotImplementedError
