"""Misconception: if all neighbours are in order, nothing else can be wrong.

Rows that were lost or changed leave neighbours that are in order.
"""


def keeps_ties(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> bool:
    place = {tag: at for at, (_, tag) in enumerate(before)}
    keys = [(number, place.get(tag, 0)) for number, tag in after]
    return all(first <= second for first, second in zip(keys, keys[1:], strict=False))
