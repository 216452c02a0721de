"""Looks for the expected value in the frames of its callers."""

# verdicts: WRONG_ANSWER

import sys


def solve(n):
    frame = sys._getframe()
    while frame is not None:
        for each in (*frame.f_locals.values(), *frame.f_code.co_consts):
            if type(each) is int and 10**8 <= each < 10**9:
                return each
        frame = frame.f_back
    return 0
