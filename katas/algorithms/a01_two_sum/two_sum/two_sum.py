"""Two sum: find, or count, the pairs of positions whose values add up to a target.

A pair is two positions i < j, counted from 0, with nums[i] + nums[j] == target.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    """Return the pair (i, j) with the smallest j, then the smallest i; None if there is none.

    `nums` holds 0 to 100,000 integers from -10**12 to 10**12 and is left as it was.
    """
    raise NotImplementedError


def count_pairs(nums: list[int], target: int) -> int:
    """Return the number of pairs; 0 if there is none.

    `nums` holds 0 to 100,000 integers from -10**12 to 10**12 and is left as it was.
    """
    raise NotImplementedError
