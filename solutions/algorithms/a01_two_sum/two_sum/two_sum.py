"""Reference for two_sum: one walk, asking a dict for the value that completes each element."""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    """Return the pair (i, j) with the smallest j, then the smallest i; None if there is none."""
    first_position: dict[int, int] = {}
    for j, value in enumerate(nums):
        i = first_position.get(target - value)
        if i is not None:
            return i, j
        # Noted only now, so that no element meets itself; setdefault keeps the smallest i.
        first_position.setdefault(value, j)
    return None


def count_pairs(nums: list[int], target: int) -> int:
    """Return the number of pairs; 0 if there is none."""
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
