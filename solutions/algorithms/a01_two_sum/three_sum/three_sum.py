"""Reference for three_sum: sort, fix the smallest value, let two pointers meet behind it."""

from math import inf


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    """Return each triple of values that adds up to the target once, in ascending order."""
    ordered = sorted(nums)
    triples = []
    for at, low in enumerate(ordered):
        if at and low == ordered[at - 1]:
            continue  # every triple that begins with this value has been found
        left, right = at + 1, len(ordered) - 1
        while left < right:
            total = low + ordered[left] + ordered[right]
            if total > target:
                right -= 1
            elif total < target:
                left += 1
            else:
                triples.append((low, ordered[left], ordered[right]))
                left += 1
                # An equal middle value would only find the same triple; right follows by itself.
                while left < right and ordered[left] == ordered[left - 1]:
                    left += 1
    return triples


def closest_sum(nums: list[int], target: int) -> int:
    """Return the sum of three elements that is closest to the target; on a tie the smaller."""
    if len(nums) < 3:
        raise ValueError("three elements are needed")
    ordered = sorted(nums)
    below, above = -inf, inf  # the nearest sums seen: not above the target, and above it
    for at, low in enumerate(ordered):
        left, right = at + 1, len(ordered) - 1
        while left < right:
            total = low + ordered[left] + ordered[right]
            if total > target:
                if total < above:
                    above = total
                right -= 1
            else:
                if total > below:
                    below = total
                left += 1
    return below if target - below <= above - target else above
