"""A service's process under the judge: locked down like a worker, then it serves.

Forked by an Init of its own, which was preloaded and never serves, so nothing that one test did
to a service reaches the next. It holds no suite and no secret; its listening socket was made by
the judge child, which keeps a copy, so that no learner can take the port.
"""

from __future__ import annotations

import os
import signal
import socket

from graders.judge import sandbox
from graders.services import host

preload = host.preload


def main(descriptors: list[int], options: sandbox.Options) -> None:
    """Take over the descriptors, lock down, say hello, serve until the judge child closes.

    `descriptors`: control line, the file for what is printed, events line, listening socket.
    """
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    control, output, events, listener = [os.dup(each) for each in descriptors]
    os.dup2(output, 1)
    os.dup2(output, 2)
    for place, each in enumerate((control, events, listener), 3):
        os.dup2(each, place)
    os.closerange(6, 256)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # a peer that is gone is no reason to die
        signal.signal(number, signal.SIG_IGN)
    sandbox.lock_down(options)
    os.write(3, b"!")  # SO_PASSCRED adds our pid as the judge child sees it
    lines = [socket.socket(fileno=each) for each in (3, 4, 5)]
    url, run = options["upstream"]
    try:
        host.serve(options["service"], (url, run), lines[2], lines[0], lines[1])
    except BaseException as error:  # its last words: shown, never believed
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(70)
    os._exit(0)
