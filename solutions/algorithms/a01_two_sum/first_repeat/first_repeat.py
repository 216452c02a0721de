"""First repeat: a set of what was passed answers what an inner loop would look for."""


def first_repeat(nums: list[int]) -> int | None:
    """Return the first position whose value has occurred before it; None if there is none."""
    passed: set[int] = set()
    for position, value in enumerate(nums):
        if value in passed:
            return position
        passed.add(value)
    return None
