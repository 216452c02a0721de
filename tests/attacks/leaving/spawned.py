"""Starts a program by posix_spawn, subprocess, os.system and vfork."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os
import subprocess


def solve(n):
    line = ["@mark@", "30"]
    for act in (lambda: os.posix_spawn("/bin/sleep", line, {}),
                lambda: subprocess.Popen(line, executable="/bin/sleep", start_new_session=True),
                lambda: os.system("sleep 0 # @mark@")):
        try:
            act()
        except (OSError, ImportError):
            continue
    return 0
