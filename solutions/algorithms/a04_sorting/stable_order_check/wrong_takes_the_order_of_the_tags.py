"""Misconception: keeping the order of ties means that all rows keep their order.

Then nothing could be sorted that is not in order already.
"""


def keeps_ties(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> bool:
    place = {tag: at for at, (_, tag) in enumerate(before)}
    places = [place.get(tag, -1) for _, tag in after]
    return sorted(before) == sorted(after) and places == sorted(places)
