"""Opens sockets past the network namespace: vsock, netlink, packet, and raw ones."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import socket


def solve(n):
    opened = []
    for family, kind in ((40, 1), (16, 3), (17, 3), (2, 3), (38, 5)):
        try:
            opened.append(socket.socket(family, kind))
        except OSError:
            continue
    return len(opened) * 0
