"""Arms timers and handlers, so that its process would end the test by itself."""

# verdicts: RUNTIME_ERROR

import os
import signal


def solve(n):
    signal.signal(signal.SIGALRM, lambda *a: os._exit(0))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    while True:
        pass
