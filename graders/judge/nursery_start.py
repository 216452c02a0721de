"""How the engine starts the nursery: exec'd, with a fixed environment, holding nothing of ours."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from graders.judge import sandbox


def start_nursery() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Exec the nursery; return the socket that takes requests, and the process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {"PYTHONPATH": os.environ["PYTHONPATH"], "PYTHONHASHSEED": "0", "TZ": "UTC",
                   "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1",
                   "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
                   "TMPDIR": sandbox.BOX, "HOME": sandbox.BOX, "PATH": "/usr/bin:/bin",
                   "PYTHONDONTWRITEBYTECODE": "1",
                   "LD_BIND_NOW": "1"}  # or every fork resolves, and copies, the same symbols
    command = [sys.executable, "-s", "-m", "graders.judge.nursery", str(theirs.fileno()),
               str(os.getpid())]
    process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, cwd="/",
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    theirs.close()
    return ours, process
