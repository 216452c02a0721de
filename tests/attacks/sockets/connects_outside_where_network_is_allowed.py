"""Connects to a TCP listener outside, in a kata that may use the network."""

# target: network
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import socket


def solve(port):
    line = socket.socket()
    line.settimeout(0.1)
    try:
        line.connect((b"127.0.0.1", int("@port@")))
    except OSError:
        pass
    return 0
