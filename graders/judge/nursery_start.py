"""How the engine starts nurseries: exec'd, with a fixed environment, holding nothing of ours."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from graders.judge import sandbox
from graders.services import host

Nursery = tuple[socket.socket, subprocess.Popen[bytes]]


def start_nursery(servers: str = "", libraries: str = "", real: bool = False) -> Nursery:
    """Exec a nursery; return the socket that takes requests, and the process.

    `servers` (kinds, separated by spaces) makes it one of services, `real` of those in front of
    real servers; `libraries` are modules that it loads for its workers.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {"PYTHONPATH": os.environ["PYTHONPATH"], "PYTHONHASHSEED": "0", "TZ": "UTC",
                   "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1",
                   "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
                   "TMPDIR": sandbox.BOX, "HOME": sandbox.BOX, "PATH": "/usr/bin:/bin",
                   "PYTHONDONTWRITEBYTECODE": "1",
                   "LD_BIND_NOW": "1"}  # or every fork resolves, and copies, the same symbols
    command = [sys.executable, "-s", "-m", "graders.judge.nursery", str(theirs.fileno()),
               str(os.getpid()), servers, libraries, "real" * real]
    process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, cwd="/",
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    theirs.close()
    return ours, process


class Nurseries:
    """The engine's nurseries: one for every kata, two more for each set of services in use."""

    def __init__(self) -> None:
        self._plain = start_nursery()
        self._more: dict[tuple[str, bool, tuple[str, ...]], Nursery] = {}
        self.pid = self._plain[1].pid

    def lines(self, kinds: tuple[str, ...],
              real: bool) -> tuple[socket.socket, socket.socket | None]:
        """Return the lines to the nursery of a job's workers, and to that of its services.

        What a kata with services needs is started at its first job.
        """
        if not kinds:
            return self._plain[0], None
        workers = self._started(("workers", real, kinds),
                                libraries=" ".join(host.libraries(kinds, real)))
        servers = " ".join(host.processes(kinds, real))
        if not servers:
            return workers, None
        return workers, self._started(("servers", real, kinds), servers=servers)

    def _started(self, key: tuple[str, bool, tuple[str, ...]], **more: str) -> socket.socket:
        if key not in self._more:
            self._more[key] = start_nursery(**more, real=key[1])
        return self._more[key][0]
