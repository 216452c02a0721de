"""Becomes another program that ends with 0."""

# verdicts: WRONG_ANSWER

import os


def solve(n):
    for path in ("/bin/true", "/usr/bin/true"):
        try:
            os.execv(path, ["true"])
        except OSError:
            continue
    return 0
