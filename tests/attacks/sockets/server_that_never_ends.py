"""Serves the suite's client one byte at a time, for ever."""

# target: network
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import socket
import threading


def serve(port):
    server = socket.socket()
    server.bind((b"127.0.0.1", port))
    server.listen()
    line, _ = server.accept()
    while True:
        line.send(b"x")


def solve(port):
    if port < 0:
        threading.Thread(target=serve, args=(-port,), daemon=True).start()
    return 0
