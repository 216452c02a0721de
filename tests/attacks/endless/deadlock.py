"""Waits for a lock that it holds itself."""

# verdicts: TIME_LIMIT_EXCEEDED

import threading


def solve(n):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
