"""Leaves work for later in the places that systems look at."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    for path in ("~/.bashrc", "~/.profile", "~/x.pth", "@outside@/x.pth"):
        try:
            with open(os.path.expanduser(path), "a") as file:
                file.write("")
        except OSError:
            continue
    return 0
