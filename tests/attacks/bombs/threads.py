"""Starts threads without end."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import threading
import time


def solve(n):
    for _ in range(300):
        threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
    return 0
