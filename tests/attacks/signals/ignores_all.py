"""Ignores every signal and then never ends."""

# verdicts: TIME_LIMIT_EXCEEDED

import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue


def solve(n):
    while True:
        pass
