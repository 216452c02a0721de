"""What a test's child process begins with that is to be killed at its N-th effect."""

# Set `left` to N, and wrap what counts as an effect in `counted`.
COUNTED = """
import os, signal, sys
def counted(real):
    def call(*given, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call
"""
