"""The engine: warm pytest that forks a judge child for every job, inside its own collection.

An exec'd, single-threaded process. It imports pytest once, pays configuration once and never
leaves `pytest_collection`; the forked child falls through into the normal collection and run.

    client --jobs (JSON lines)--> engine --fork--> judge child --narration (JSON lines)--> engine
    client <--narrations (JSON lines)-- engine      engine --exec--> nursery
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest import config as pytest_config

from graders.judge import bytecode, child, clock, kernel, sandbox
from graders.judge import session as judge_session
from graders.judge.narrate import narration
from graders.judge.records import Job
from graders.phrases import phrase
from graders.plain import from_plain
from graders.scratch import Scratch, sweep

JOB_WALL_S = 1200.0  # a job that takes this long is a fault of the judge: its limits are CPU time
NARRATION_CAP = 64 << 20  # bytes of narration one judge child may send



@dataclass
class Running:
    """One judge child under way."""

    id: str
    pid: int
    report: int
    mapping: socket.socket | None
    began_s: float
    alone: bool
    text: bytearray = field(default_factory=bytearray)


class Engine:
    """Pytest plugin that serves jobs from inside the collection hook."""

    def __init__(self, client: socket.socket, jobs: int, factor: float) -> None:
        self.client, self.jobs, self.factor = client, jobs, factor
        found = sandbox.available()
        self.layers = [layer for layer, why in found.items() if not why]
        self.why_off = {layer: why for layer, why in found.items() if why}
        self.binds = sandbox.find_binds()
        self.requests, self.nursery = _start_nursery()
        self.queue: list[Job] = []
        self.running: dict[int, Running] = {}
        self.inbox = bytearray()
        self.closed = False
        self.scratch: Scratch | None = None  # for boxes that cannot be private

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Serve until the client closes; in a forked judge child return to pytest."""
        gc.collect()
        gc.freeze()
        self._send({"ready": os.getpid(), "nursery": self.nursery.pid, "factor": self.factor,
                    "layers": self.layers, "why_off": self.why_off})
        while not (self.closed and not self.running and not self.queue):
            if self._start_next(session):
                return
            self._wait()
        if self.scratch:
            self.scratch.remove()
        bytecode.seal()
        sweep()
        os._exit(0)

    # -- starting --------------------------------------------------------------------------

    def _start_next(self, session: pytest.Session) -> bool:
        """Fork judge children while there is room; True in the child."""
        while self.queue and len(self.running) < self.jobs:
            if self.running and (self.queue[0].alone or any(
                    each.alone for each in self.running.values())):
                return False
            if self._fork(self.queue.pop(0), session):
                return True
        return False

    def _fork(self, job: Job, session: pytest.Session) -> bool:
        if not (self.scratch or "private_root" in sandbox.effective(self.layers, job.layers_off)):
            self.scratch = Scratch(0o711)
        read, write = os.pipe()
        ours, theirs = socket.socketpair()
        engine = os.getpid()
        pid = os.fork()
        if pid:
            os.close(write)
            theirs.close()
            self.running[read] = Running(job.id, pid, read, ours, time.monotonic(), job.alone)
            return False
        ours.close()
        os.close(read)
        for each in self.running.values():
            os.close(each.report)
            if each.mapping:
                each.mapping.close()
        self.client.close()
        reporter = judge_session.Reporter(write)
        try:
            manager = session.config.pluginmanager
            session.config.args[:] = [str(job.suite)]
            # The root as well: importlib mode imports a package for each folder between the two.
            manager._confcutdir = session.config._rootpath = Path(job.suite).parent
            place = child.Place(self.requests, theirs, engine, self.factor, self.layers,
                                self.binds, self.scratch.path if self.scratch else "")
            child.enter(job, session.config, reporter, place)
        except BaseException as error:
            reporter({"fault": f"{type(error).__name__}: {error}"})
            os._exit(1)
        return True

    # -- serving ---------------------------------------------------------------------------

    def _wait(self) -> None:
        mappings = [each.mapping for each in self.running.values() if each.mapping]
        watched: list[Any] = [*self.running, *mappings]
        if not self.closed:
            watched.append(self.client)
        for ready in select.select(watched, [], [], 1.0)[0]:
            if ready is self.client:
                self._read_client()
            elif isinstance(ready, int):
                self._read_report(ready)
            else:
                self._map_ids(ready)
        now_s = time.monotonic()
        for each in list(self.running.values()):
            if now_s - each.began_s > JOB_WALL_S:
                self._finish(each, phrase("judged for more than {wall_s} s",
                                          wall_s=f"{JOB_WALL_S:.0f}"))

    def _read_client(self) -> None:
        data = self.client.recv(1 << 20)
        if not data:
            self.closed = True
            self.queue.clear()
            for each in self.running.values():
                os.kill(each.pid, signal.SIGKILL)  # not reaped yet: cannot be another process
            return
        self.inbox += data
        while b"\n" in self.inbox:
            line, _, rest = self.inbox.partition(b"\n")
            self.inbox = bytearray(rest)
            self.queue.append(from_plain(Job, json.loads(line)))

    def _map_ids(self, mapping: socket.socket) -> None:
        """Write the id maps of a judge child of root: only we have the power to."""
        each = next((e for e in self.running.values() if e.mapping is mapping), None)
        if each is None:
            return  # it ended within this very round
        if mapping.recv(1) == b"u":
            for name in ("uid_map", "gid_map"):
                kernel.write_file(f"/proc/{each.pid}/{name}", "0 0 65536")
            mapping.send(b"g")
        else:  # the judge child is past that point, or dead: nothing more comes
            mapping.close()
            each.mapping = None

    def _read_report(self, descriptor: int) -> None:
        each = self.running[descriptor]
        data = os.read(descriptor, 1 << 20)
        each.text += data
        if not data:
            self._finish(each, "")
        elif len(each.text) > NARRATION_CAP:
            self._finish(each, phrase("its narration is too long"))

    def _finish(self, each: Running, fault: str) -> None:
        del self.running[each.report]
        os.close(each.report)
        if each.mapping:
            each.mapping.close()
        try:
            os.kill(each.pid, signal.SIGKILL)
        except ProcessLookupError:
            fault = fault or phrase("the judge child is gone")
        _, status, usage = os.wait4(each.pid, 0)
        if self.scratch:
            shutil.rmtree(f"{self.scratch.path}/{each.pid}", ignore_errors=True)
        told = narration(each.id, bytes(each.text), fault, f"wait status {status}")
        told["judge_cpu_s"] = usage.ru_utime + usage.ru_stime
        told["wall_s"] = time.monotonic() - each.began_s
        told["protections"] = sandbox.protections(tuple(self.layers), self.why_off)
        self._send(told)

    def _send(self, record: dict[str, Any]) -> None:
        data = memoryview(json.dumps(record).encode() + b"\n")
        try:
            while data:
                data = data[self.client.send(data):]
        except OSError:
            self.closed = True


def _start_nursery() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Exec the nursery with a fixed environment; it has never held anything of ours."""
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


def main(descriptor: int, parent: int, jobs: int, store: str) -> None:
    """Serve the client behind `descriptor` until it closes."""
    kernel.die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the client decides what Ctrl-C means
    bytecode.use(Path(store) / "bytecode" / "engine")
    for plugin in pytest_config.default_plugins:
        importlib.import_module(f"_pytest.{plugin}")
    from graders.kit import fixtures

    engine = Engine(socket.socket(fileno=descriptor), jobs, clock.machine_factor(Path(store)))
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    options = ["-s", "--import-mode=importlib", "--noconftest", "--rootdir=/",
               "-c", os.devnull, *judge_session.plugins_off()]
    pytest.main([*options, str(Path(__file__).with_name("rehearsal.py"))], plugins=[fixtures])
    pytest.main([*options, os.devnull], plugins=[engine, fixtures, judge_session.HOOKS])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
