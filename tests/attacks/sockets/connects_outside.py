"""Connects to a TCP listener outside and sends what it knows."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import socket


def solve(n):
    line = socket.socket()
    line.settimeout(0.2)
    try:
        line.connect((b"127.0.0.1", int("@port@")))
    except OSError:
        pass
    return 0
