"""The field of battle: what an attack could harm or learn around the judge, and whether it did.

    a folder outside the box that anybody may write, with a file in it
    a file outside the box that anybody may read, with a secret
    an environment variable with a secret, and secrets in suites
    listeners on loopback: TCP, and a unix socket with a path
    a bystander: a process of the worker's user
"""

from __future__ import annotations

import os
import random
import secrets
import select
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

PREFIX = "kata40canary"
VARIABLE = "KATA40_SECRET"
MARK = "kata40-attack"  # in the command line of what an attack starts
NOBODY = 65534
_GONE_S = 5.0


def token() -> str:
    """Return a secret that is told by its beginning, as a scan of memory would find it."""
    return f"{PREFIX}-{secrets.token_hex(8)}"


class Field:
    """Sets everything up in a folder; a context manager that takes it down again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.outside = folder, folder / "outside"
        self.outside.mkdir()
        self.outside.chmod(0o777)
        self.numbers = [random.SystemRandom().randrange(10**8, 10**9) for _ in range(6)]
        self.secrets = {"file": token(), "environment": token(), "suite": token(),
                        "hidden_input": token(), "hidden_expected": token()}
        self.secret_file = folder / "secret"
        self.secret_file.write_text(self.secrets["file"])
        self.secret_file.chmod(0o644)
        os.environ[VARIABLE] = self.secrets["environment"]
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix_path = folder / "listener"
        self.unix.bind(str(self.unix_path))
        self.unix.listen()
        self.unix_path.chmod(0o777)
        self.bystander = _bystander()
        self.known = {
            "outside": str(self.outside), "secret": str(self.secret_file),
            "suite": str(folder / "test_target.py"), "port": str(self.tcp.getsockname()[1]),
            "unix": str(self.unix_path), "variable": VARIABLE, "mark": MARK, "prefix": PREFIX}
        self.reset()

    def __enter__(self) -> Field:
        return self

    def __exit__(self, *about: object) -> None:
        self.bystander.kill()
        self.bystander.wait()
        self.tcp.close()
        self.unix.close()
        os.environ.pop(VARIABLE, None)  # two fields may be open at once

    def reset(self) -> None:
        """Make the folder outside as it was, and the bystander live."""
        if self.bystander.poll() is not None:
            self.bystander = _bystander()
        self.known["bystander"] = str(self.bystander.pid)
        self.outside.chmod(0o777)
        for each in self.outside.iterdir():
            each.unlink()
        canary = self.outside / "canary"
        canary.write_text("as it was")
        canary.chmod(0o666)

    def fill(self, text: str) -> str:
        """Return an attack's text with what it is told."""
        for name, value in self.known.items():
            text = text.replace(f"@{name}@", value)
        return text

    def suite(self, text: str) -> str:
        """Return a suite's text with this run's numbers."""
        said = {"input": self.secrets["hidden_input"], "expected": self.secrets["hidden_expected"]}
        return text.format(*self.numbers, **said)

    def harms(self, shown: str) -> Iterator[str]:
        """Yield what has come to harm since `reset`; `shown` is all that the learner sees."""
        for name, secret in self.secrets.items():
            if secret in shown:
                yield f"shows the learner a secret ({name})"
        if stat.S_IMODE(self.outside.stat().st_mode) != 0o777:
            yield "changed the rights of a folder outside its box"
            self.outside.chmod(0o777)
        files = {each.name: each.read_text() for each in self.outside.iterdir() if each.is_file()}
        if files != {"canary": "as it was"}:
            yield "changed a file outside its box"
        for listener, name in ((self.tcp, "TCP"), (self.unix, "unix")):
            while select.select([listener], [], [], 0)[0]:
                listener.accept()[0].close()
                yield f"connected to a {name} listener outside"
        if self.bystander.poll() is not None:
            yield "killed another process"
        if _marked():
            yield "left a process behind"


def _bystander() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "9999"], preexec_fn=_as_worker)


def _as_worker() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _marked() -> list[int]:
    """Return what attacks have started and what still runs; it has a moment to be reaped."""
    deadline_s = time.monotonic() + _GONE_S
    while True:
        found = [each.pid for each in psutil.process_iter() if MARK in _title(each)]
        if not found or time.monotonic() > deadline_s:
            return found
        time.sleep(0.05)


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
