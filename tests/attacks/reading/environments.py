"""Prints its own environment and that of every process it can name."""

# verdicts: RUNTIME_ERROR

import os


def solve(n):
    print(dict(os.environ))
    for pid in [os.getppid(), *(each for each in os.listdir("/proc") if each.isdigit())]:
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                found = [each for each in file.read().split(b"\0") if b"@variable@" in each]
        except OSError:
            continue
        if found:
            print(found)
            break
    return 0
