"""Listens on ports before the suite can, and answers the suite's server itself."""

# target: network
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import socket


def solve(port):
    if port > 0:
        for kind in (socket.SO_REUSEADDR, getattr(socket, "SO_REUSEPORT", 15)):
            try:
                server = socket.socket()
                server.setsockopt(socket.SOL_SOCKET, kind, 1)
                server.bind((b"127.0.0.1", port))
                server.listen()
            except OSError:
                continue
        return 0
    held.extend(socket.socket() for _ in range(3))
    return 0


held = []
