"""Start here: buses stop at your street; how soon after one another do two of them come?"""


def smallest_gap(times: list[int]) -> int:
    """Return the smallest difference between two of the times; 0 where two are equal.

    `times` holds 2 to 50,000 whole numbers from 0 to 10**9, in any order.
    """
    raise NotImplementedError
