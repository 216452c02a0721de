"""Connects to a unix socket outside, by its path."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import socket


def solve(n):
    try:
        socket.socket(socket.AF_UNIX).connect("@unix@")
    except OSError:
        pass
    return 0
