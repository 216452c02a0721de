"""Opens descriptors without end."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    held = []
    try:
        while len(held) < 5000:
            held.append(os.pipe())
    except OSError:
        pass
    return 0
