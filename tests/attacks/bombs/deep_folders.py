"""Makes folders within folders, deeper than a path may be long."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    return 0
