"""Misconception: a best value so far may begin with 0.

Then 0 wins although no three elements make it; begin with a sum that exists, or with infinity.
"""


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    ordered = sorted(nums)
    triples = []
    for at, low in enumerate(ordered):
        if at and low == ordered[at - 1]:
            continue
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
                while left < right and ordered[left] == ordered[left - 1]:
                    left += 1
    return triples


def closest_sum(nums: list[int], target: int) -> int:
    if len(nums) < 3:
        raise ValueError("three elements are needed")
    ordered = sorted(nums)
    best = 0
    for at, low in enumerate(ordered):
        left, right = at + 1, len(ordered) - 1
        while left < right:
            total = low + ordered[left] + ordered[right]
            if (abs(total - target), total) < (abs(best - target), best):
                best = total
            if total > target:
                right -= 1
            else:
                left += 1
    return best
