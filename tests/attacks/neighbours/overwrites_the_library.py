"""Writes into the library of the interpreter that all others share."""

# verdicts: WRONG_ANSWER

import os


def solve(n):
    for name in ("zz_kata40.pth", "zz_kata40.py"):
        path = os.path.join(os.path.dirname(os.__file__), name)
        try:
            with open(path, "x") as file:
                file.write("")
            os.remove(path)
            with open("@outside@/library", "w") as file:
                file.write("could be written")
        except OSError:
            continue
    return 0
