"""Registers functions for the next fork, where the judge's next worker would run them."""

# verdicts: WRONG_ANSWER

import os

os.register_at_fork(before=lambda: None, after_in_child=lambda: os._exit(0))


def solve(n):
    return 0
