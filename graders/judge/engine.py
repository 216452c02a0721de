"""The engine: warm pytest that forks judge children, inside its own collection.

An exec'd, single-threaded process. It imports pytest once, pays configuration once and never
leaves `pytest_collection`; a forked template falls through into the normal collection, and its
judge children into the normal run. A suite that cannot be shared gets no template: its judge
children are forked by the engine and collect it themselves.

    client --jobs (JSON lines)--> engine --jobs--> template --fork--> judge child
    client <--narrations (JSON lines)-- engine <-- template <--narration (JSON lines)--+
                                        engine --exec--> nursery
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from _pytest import config as pytest_config

from graders.judge import bytecode, child, clock, kernel, sandbox
from graders.judge import session as judge_session
from graders.judge.link import Link
from graders.judge.narrate import narration
from graders.judge.nursery_start import Nurseries
from graders.judge.records import Job
from graders.judge.templates import Stamp, Template, Templates, can_be_shared, open_files
from graders.phrases import phrase
from graders.plain import from_plain
from graders.scratch import Scratch, discard, sweep

JOB_WALL_S = 1200.0  # a job that takes this long is a fault of the judge: its limits are CPU time
NARRATION_CAP = 64 << 20  # bytes of narration one judge child may send


@dataclass
class Running:
    """One judge child under way."""

    job: Job
    pid: int
    report: int
    mapping: socket.socket | None
    began_s: float
    text: bytearray = field(default_factory=bytearray)


class Engine:
    """Pytest plugin that serves jobs from inside the hooks, in the engine and in templates."""

    def __init__(self, client: socket.socket, jobs: int, store: Path) -> None:
        self.client, self.jobs, self.store = client, jobs, store
        self.factor = clock.machine_factor(store)
        found = sandbox.available()
        self.layers = [layer for layer, why in found.items() if not why]
        self.why_off = {layer: why for layer, why in found.items() if why}
        self.binds = sandbox.find_binds()
        self.nurseries = Nurseries()
        self.queue: list[Job] = []
        self.running: dict[int, Running] = {}
        self.templates = Templates()
        self.inbox = bytearray()
        self.closed = False
        self.scratch: Scratch | None = None  # for boxes that cannot be private
        self.forked: child.Forked | None = None  # None: this is the engine itself
        self.link: Link | None = None
        self.place: judge_session.Place | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Serve until the client closes; in a forked process return, and pytest collects."""
        gc.collect()
        gc.freeze()
        self._send({"ready": os.getpid(), "nursery": self.nurseries.pid, "factor": self.factor,
                    "layers": self.layers, "why_off": self.why_off})
        forked = self._serve()
        if forked is None:
            self._tidy()
            os._exit(0)
        with child.told(forked):
            if forked.place is not None:
                self.place = child.enter(forked.job, forked.place)
            self.files = open_files()
            self.link = child.collect(forked.job, session.config, self.factor, forked.reporter)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """In a template serve as the engine does; in a judge child return, and pytest runs."""
        forked, link = self.forked, self.link
        assert forked is not None and link is not None
        if forked.place is None:
            if session.testsfailed or not can_be_shared(self.files):
                os._exit(0)
            bytecode.seal()
            judge_session.foresee(forked.job.kata, session.items)
            gc.collect()
            gc.freeze()
            self._send({"template": os.getpid()})
            forked = self._serve()
            if forked is None or forked.place is None:
                os._exit(0)
            with child.told(forked):
                self.place = child.enter(forked.job, forked.place)
        assert self.place is not None
        link.factor = self.factor  # of now: an earlier job may have mended it
        with child.told(forked):
            judge_session.judge(forked.job, link, session.items, self.place, forked.reporter)

    def _serve(self) -> child.Forked | None:
        """Serve until the client closes: None. In a forked process return at once what it is."""
        while self.queue or not self.closed or self._under_way():
            if self._start_next():
                return self.forked
            self._wait()
        return None

    def _tidy(self) -> None:
        """Leave nothing behind: of us, and of runs that were killed."""
        if self.scratch:
            self.scratch.remove()
        bytecode.seal()
        sweep()

    # -- starting --------------------------------------------------------------------------
    def _start_next(self) -> bool:
        """Start jobs while there is room; True in a process that was forked for one."""
        while self.queue and len(self._under_way()) < self.jobs:
            if self._under_way() and (self.queue[0].alone or any(self._under_way())):
                return False
            job = self.queue.pop(0)
            stamp = self.templates.stamp(job) if self.link is None else None
            if stamp is not None:
                template = self.templates.find(job, stamp) or self._fork_template(job, stamp)
                if template is None:
                    return True
                template.send(self.templates.placed(replace(job, factor=self.factor)))
            elif self._fork(job):
                return True
        return False

    def _under_way(self) -> list[bool]:
        """Return for each job under way whether nothing may run beside it."""
        return [*(each.job.alone for each in self.running.values()),
                *(job.alone for job in self.templates.under_way())]

    def _fork_template(self, job: Job, stamp: Stamp) -> Template | None:
        """Fork the process that collects the job's suite; None in that process."""
        ours, theirs = socket.socketpair()
        engine = os.getpid()
        pid = os.fork()
        if pid:
            theirs.close()
            return self.templates.add(job, stamp, pid, ours)
        ours.close()
        self._leave_behind()
        kernel.die_with_parent(engine)
        self.client = theirs
        self.queue.clear()
        self.inbox.clear()
        self.forked = child.Forked(job, child.decline)
        return None

    def _fork(self, job: Job) -> bool:
        """Fork a judge child; True in it."""
        own = sandbox.effective(self.layers, job.layers_off)
        if not self.scratch and ("private_root" not in own or job.lane.is_real):
            self.scratch = Scratch(0o711)
        lines = self.nurseries.lines(job.kata.services, job.lane.is_real)
        read, write = os.pipe()
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            os.close(write)
            theirs.close()
            self.running[read] = Running(job, pid, read, ours, time.monotonic())
            return False
        ours.close()
        os.close(read)
        self._leave_behind()
        place = child.Place(*lines, theirs, parent, self.factor, self.layers, self.binds,
                            self.scratch.path if self.scratch else "")
        self.forked = child.Forked(job, judge_session.Reporter(write), place)
        return True

    def _leave_behind(self) -> None:
        """Close what belongs to the process we were forked from."""
        for each in self.running.values():
            os.close(each.report)
            if each.mapping:
                each.mapping.close()
        self.running.clear()
        self.templates.close()
        self.client.close()

    # -- serving ---------------------------------------------------------------------------

    def _wait(self) -> None:
        mappings = [each.mapping for each in self.running.values() if each.mapping]
        watched: list[Any] = [*self.running, *mappings, *self.templates.alive]
        if not self.closed:
            watched.append(self.client)
        for ready in select.select(watched, [], [], 1.0)[0]:
            if ready is self.client:
                self._read_client()
            elif ready in self.running:
                self._read_report(ready)
            elif ready in self.templates.alive:
                self._read_template(self.templates.alive[ready])
            else:
                self._map_ids(ready)
        self._end_what_is_stuck(time.monotonic())

    def _end_what_is_stuck(self, now_s: float) -> None:
        for each in list(self.running.values()):
            if now_s - each.began_s > JOB_WALL_S:
                self._finish(each, phrase("judged for more than {wall_s} s",
                                          wall_s=f"{JOB_WALL_S:.0f}"))
        for template in list(self.templates.alive.values()):
            if not template.ready and now_s - template.began_s > JOB_WALL_S:
                self._lose(template, phrase("judged for more than {wall_s} s",
                                            wall_s=f"{JOB_WALL_S:.0f}"))

    def _read_client(self) -> None:
        data = self.client.recv(1 << 20)
        if not data:
            self.closed = True
            self.queue.clear()
            for each in self.running.values():
                os.kill(each.pid, signal.SIGKILL)  # not reaped yet: cannot be another process
            for template in list(self.templates.alive.values()):
                self.templates.end(template)
            return
        self.inbox += data
        while b"\n" in self.inbox:
            line, _, rest = self.inbox.partition(b"\n")
            self.inbox = bytearray(rest)
            self.queue.append(from_plain(Job, json.loads(line)))
            self.factor = min(self.factor, self.queue[-1].factor or self.factor)

    def _read_template(self, template: Template) -> None:
        """Hand on narrations; the first line of a template only says that it is ready."""
        lines = template.read()
        if lines is None and template.ready:
            self._lose(template, phrase("the judge child is gone"))  # with its template
        elif lines is None:  # the judge children collect it themselves, or say why they cannot
            self.queue[:0] = template.jobs.values()
            self.templates.decline(template)
        else:
            for line in lines:
                told = json.loads(line)
                template.ready = True
                if "id" in told:
                    del template.jobs[told["id"]]
                    self._mend_factor(told)
                    self._send(told)

    def _lose(self, template: Template, fault: str) -> None:
        for job in template.jobs.values():
            told = narration(job, b"", fault, 0)
            told["protections"] = sandbox.protections(tuple(self.layers), self.why_off)
            self._send(told)
        self.templates.end(template)

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
            discard(f"{self.scratch.path}/{each.pid}")
        told = narration(each.job, bytes(each.text), fault,
                         os.waitstatus_to_exitcode(status))
        self._mend_factor(told)
        told["judge_cpu_s"] = usage.ru_utime + usage.ru_stime
        told["wall_s"] = time.monotonic() - each.began_s
        told["protections"] = sandbox.protections(tuple(self.layers), self.why_off)
        self._send(told)

    def _mend_factor(self, told: dict[str, Any]) -> None:
        if "factor" in told:  # a job found the machine faster than it was known to be
            self.factor = clock.faster(self.store, self.factor, told["factor"])

    def _send(self, record: dict[str, Any]) -> None:
        data = memoryview(json.dumps(record).encode() + b"\n")
        try:
            while data:
                data = data[self.client.send(data):]
        except OSError:
            self.closed = True


def main(descriptor: int, parent: int, jobs: int, store: str) -> None:
    """Serve the client behind `descriptor` until it closes."""
    kernel.die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the client decides what Ctrl-C means
    bytecode.use(Path(store) / "bytecode" / "engine")
    for name in pytest_config.default_plugins:
        importlib.import_module(f"_pytest.{name}")
    from graders.kit import fixtures

    engine = Engine(socket.socket(fileno=descriptor), jobs, Path(store))
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    options = ["-s", "--import-mode=importlib", "--noconftest", "--rootdir=/",
               "-c", os.devnull, *judge_session.plugins_off()]
    pytest.main([*options, str(Path(__file__).with_name("rehearsal.py"))], plugins=[fixtures])
    pytest.main([*options, os.devnull], plugins=[engine, fixtures, judge_session.HOOKS])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
