"""Replaces its work folder by a link to a folder outside."""

# target: crash
# verdicts: WRONG_ANSWER

import os
import shutil


def solve(path, text):
    folder = os.path.dirname(path)
    try:
        shutil.rmtree(folder)
        os.rename(folder, folder + "2")
    except OSError:
        pass
    try:
        os.symlink("@outside@", folder)
    except OSError:
        pass
