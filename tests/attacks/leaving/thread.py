"""Has a thread that answers after the test has ended."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os
import threading
import time


def answer():
    while True:
        time.sleep(0.005)
        os.write(3, b"\x0b\x00\x00\x00t\x02\x00\x00\x00s\x02\x00\x00\x00ok")


def solve(n):
    threading.Thread(target=answer, daemon=True).start()
    return 0
