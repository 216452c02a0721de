"""Puts a link in the place of its work folder's file, for the judge to write through."""

# target: crash
# verdicts: WRONG_ANSWER

import os


def solve(path, text):
    os.remove(path)
    os.symlink("@outside@/canary", path)
