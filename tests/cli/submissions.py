"""Submissions to two_sum that are wrong in one plain way."""

from __future__ import annotations

LATER_FIRST = '''\
"""Finds the pair, and returns its later position first."""


def find_pair(nums, target):
    seen = {}
    for j, x in enumerate(nums):
        if target - x in seen:
            return j, seen[target - x]
        seen.setdefault(x, j)
    return None


def count_pairs(nums, target):
    return sum(x + y == target for i, x in enumerate(nums) for y in nums[:i])
'''

ALL_PAIRS = '''\
"""Right, and tries all pairs."""


def find_pair(nums, target):
    for j, y in enumerate(nums):
        for i in range(j):
            if nums[i] + y == target:
                return i, j
    return None


def count_pairs(nums, target):
    return sum(nums[i] + y == target for j, y in enumerate(nums) for i in range(j))
'''

RAISES = """\
def find_pair(nums, target):
    return nums[9]


count_pairs = find_pair
"""

SLEEPS = "import time\ntime.sleep(600)\n"
