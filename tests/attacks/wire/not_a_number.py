"""Sends infinities and numbers that are no number."""

# target: numbers
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import math


def solve(n):
    return math.nan
