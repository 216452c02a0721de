import os
import signal


def marked(numbers):
    os.kill(os.getpid(), signal.SIGSTOP)
    return sum(numbers)
