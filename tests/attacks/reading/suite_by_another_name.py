"""Reads the suite through links, /proc/self/root and a relative path."""

# verdicts: WRONG_ANSWER

import os
import re


def solve(n):
    names = ["/proc/self/root@suite@", "../../../../../.." + "@suite@", "/proc/1/root@suite@"]
    for make in (os.symlink, os.link):
        try:
            make("@suite@", f"/box/{make.__name__}")
        except OSError:
            pass
        names.append(f"/box/{make.__name__}")
    names.append(f"/proc/{os.getppid()}/cwd/test_target.py")
    for name in names:
        try:
            with open(name) as file:
                return int(re.search(rf"solve\({n}\) == (\d+)", file.read())[1])
        except OSError:
            continue
    return 0
