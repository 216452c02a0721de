"""Independent solution of stable_order_check: look up old places, which must rise within ties."""


def keeps_ties(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> bool:
    """Return whether `after` is what a stable sort by the number makes of `before`.

    The same rows, numbers ascending, rows with equal numbers in the order they have in `before`.
    A row is (number, tag); the tags in `before` are all different.

    If (number, old place) rises strictly, no row is there twice; as many rows as before, each
    of them an old one, are then all of them.
    """
    if len(before) != len(after):
        return False
    old = {tag: (number, place) for place, (number, tag) in enumerate(before)}
    last: tuple[int, int] | None = None
    for number, tag in after:
        now = old.get(tag)
        if now is None or now[0] != number or (last is not None and now <= last):
            return False
        last = now
    return True
