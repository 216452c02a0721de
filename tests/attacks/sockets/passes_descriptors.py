"""Sends descriptors, credentials and out-of-band bytes over the judge's channel."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import array
import os
import socket


def solve(n):
    line = socket.socket(fileno=os.dup(3))
    null = os.open("/dev/null", os.O_RDONLY)
    held = array.array("i", [null] * 50)
    for act in (lambda: line.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, held)]),
                lambda: line.send(b"x", socket.MSG_OOB)):
        try:
            act()
        except OSError:
            continue
    return 0
