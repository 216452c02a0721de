"""Misconception: taking the earliest out of the list, again and again, is as good as sorting.

`min` and `remove` walk through the list each time: a selection sort.
"""


def smallest_gap(times: list[int]) -> int:
    left = list(times)
    smallest, last = None, None
    while left:
        earliest = min(left)
        left.remove(earliest)
        if last is not None and (smallest is None or earliest - last < smallest):
            smallest = earliest - last
        last = earliest
    return smallest
