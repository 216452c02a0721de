"""Connects to every port that it can find, to read what the suite's server would tell."""

# target: network
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import socket


def solve(port):
    found = 0
    for each in (abs(port), abs(port) + 1, abs(port) - 1, int("@port@")):
        line = socket.socket()
        line.settimeout(0.05)
        try:
            line.connect((b"127.0.0.1", each))
            line.send(b"get value\n")
            found = int(line.recv(100) or 0)
        except (OSError, ValueError):
            continue
    return found
