"""Deletes and overwrites what lies outside its box."""

# verdicts: WRONG_ANSWER

import os
import shutil


def solve(n):
    for act in (lambda: open("@outside@/canary", "w").close(), lambda: os.chmod("@outside@", 0),
                lambda: os.remove("@outside@/canary"), lambda: os.rename("@outside@", "/box/x"),
                lambda: shutil.rmtree("@outside@")):
        try:
            act()
        except OSError:
            continue
    return 0
