"""Three-sum triples: which three values make the target, and how near do three come to it?

Three elements always stand at three different positions; equal values are different elements.
"""


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    """Return each triple of values that adds up to the target once, [] if there is none.

    A triple ascends, and so does the list. `nums` holds up to 800 integers from -10**12 to
    10**12 and is left as it was.
    """
    raise NotImplementedError


def closest_sum(nums: list[int], target: int) -> int:
    """Return the sum of three elements that is closest to the target; on a tie the smaller.

    `nums` is as for unique_triples. Raise ValueError if it holds fewer than three integers.
    """
    raise NotImplementedError
