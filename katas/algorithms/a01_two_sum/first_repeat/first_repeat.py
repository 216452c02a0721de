"""First repeat: where does a list bring a value for the second time?"""


def first_repeat(nums: list[int]) -> int | None:
    """Return the first position whose value has occurred before it; None if there is none.

    Positions count from 0; `nums` holds up to 100,000 integers and is left as it was.
    """
    raise NotImplementedError
