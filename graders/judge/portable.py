"""The engine for platforms without fork: a fresh judge process per job, a fresh worker per test.

Portable and slow. On Linux the worker still gets its limits and the system-call filter; it has
no namespaces, so it shares the file system, the network and the user with you. What is off is
listed in every Report. `--hidden` and cohort grading refuse this engine.

    client --Popen--> judge process (this module as __main__) --Popen--> portable_worker.py
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from graders.judge import clock, sandbox
from graders.judge.engines import engine_environment
from graders.judge.narrate import narration
from graders.judge.parent import end_with_parent
from graders.judge.records import Job, Narration
from graders.phrases import phrase
from graders.plain import from_plain, to_plain
from graders.scratch import sweep

JOB_WALL_S = 1200.0
_WITHIN_REACH = ("no_new_privs", "landlock", "seccomp", "rlimits", "keyring")


def reachable_layers() -> dict[str, str]:
    """Return {layer: ""} for what a plain child process can have here, {layer: why} otherwise."""
    if sys.platform == "linux":
        found = sandbox.available()
    else:
        none = phrase("{system} has no such layer", system=sys.platform)
        found = dict.fromkeys(sandbox.LAYERS, none)
        try:
            import resource  # noqa: F401
        except ImportError:
            pass  # Windows: no limits at all, and said so above
        else:
            found["rlimits"] = ""
    lacking = phrase("the subprocess engine does not have it")
    return {layer: why if layer in _WITHIN_REACH else lacking for layer, why in found.items()}


def _temporary() -> dict[str, str]:
    """Return where temporary folders lie: on Windows nothing else tells, and Python would guess."""
    return {name: os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if name in os.environ}


class PortableEngine:
    """Runs jobs in child processes, `jobs` at a time; same interface as ForkEngine."""

    def __init__(self, jobs: int, store: Path) -> None:
        found = reachable_layers()
        self.layers = tuple(layer for layer, why in found.items() if not why)
        self.why_off = {layer: why for layer, why in found.items() if why}
        self.factor = clock.machine_factor(store)
        self.store = store
        self._room = threading.Semaphore(jobs)
        self._alone = threading.Lock()
        self._done: queue.Queue[Narration | None] = queue.Queue()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def send(self, job: Job) -> None:
        """Start a thread that waits for room and then for the job's process."""
        threading.Thread(target=self._serve, args=(job,), daemon=True).start()

    def receive(self) -> Narration | None:
        """Wait for the next narration."""
        return self._done.get()

    def hang_up(self) -> None:
        """Kill what is under way; `receive` returns None."""
        self._closed = True
        for process in list(self._processes):
            process.kill()
        self._done.put(None)

    def close(self) -> None:
        """Kill what is under way."""
        self._closed = True
        for process in list(self._processes):
            process.kill()
        sweep()

    def _serve(self, job: Job) -> None:
        with self._room:
            if self._closed:
                return
            began_s = time.monotonic()
            try:
                told = self._judge(job)
            except Exception as error:  # whatever it is: a client waits for this narration
                told = narration(job, b"", f"{type(error).__name__}: {error}", 0)
        if "factor" in told:
            self.factor = clock.faster(self.store, self.factor, told["factor"])
        told["wall_s"] = time.monotonic() - began_s
        told["protections"] = sandbox.protections(self.layers, self.why_off)
        self._done.put(from_plain(Narration, told))

    def _judge(self, job: Job) -> dict[str, Any]:
        """Run the job's process. Raises OSError where none can be started."""
        command = [sys.executable, "-s", "-m", "graders.judge.portable"]
        told = {"job": to_plain(job), "factor": self.factor, "layers": self.layers,
                "parent": os.getpid()}
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   env=engine_environment() | _temporary())
        self._processes.add(process)
        fault = ""
        try:
            text, _ = process.communicate(json.dumps(told).encode(), timeout=JOB_WALL_S)
        except subprocess.TimeoutExpired:
            process.kill()
            text, _ = process.communicate()
            fault = phrase("judged for more than {wall_s} s", wall_s=f"{JOB_WALL_S:.0f}")
        finally:
            process.kill()  # of one that has ended: nothing
            self._processes.discard(process)
        return narration(job, text, fault, process.returncode)


class _Serving:
    """Pytest plugin of the judge process: sets the stand-ins up before collection."""

    def __init__(self, job: Job, factor: float, layers: list[str], reporter: Any) -> None:
        self.job, self.factor, self.layers, self.reporter = job, factor, layers, reporter

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Register, then let pytest collect."""
        from graders.judge import session as judge_session

        self.link = judge_session.prepare(self.job.kata, session.config, self.factor,
                                          self.reporter)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Take up the submission, then let pytest run."""
        from graders.judge import session as judge_session
        from graders.judge.portable_runner import PortableRunner
        from graders.judge.portable_service import PortableServiceRunner
        from graders.judge.services import Services
        from graders.services import host

        own = sandbox.effective(self.layers, self.job.layers_off)
        binds = sandbox.find_binds() if "landlock" in own else None
        runner = PortableRunner(judge_session.options(self.job, own, binds, self.factor))
        services = [PortableServiceRunner(
            judge_session.service_options(self.job, kind, runner.options, binds))
            for kind in host.processes(self.job.kata.services, self.job.lane.is_real)]
        place = judge_session.Place(runner, Services(services))
        judge_session.judge(self.job, self.link, session.items, place, self.reporter)


def main() -> None:
    """Judge the job on standard input; narrate on standard output."""
    from graders.judge.session import Reporter, plugins_off
    from graders.kit import fixtures

    told = json.load(sys.stdin)
    end_with_parent(told["parent"])
    job = from_plain(Job, told["job"])
    out = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    sys.dont_write_bytecode = True
    reporter = Reporter(out)
    serving = _Serving(job, told["factor"], told["layers"], reporter)
    try:
        pytest.main(["-s", "--import-mode=importlib", "--noconftest", "--rootdir",
                     str(job.suite.parent), "-c", os.devnull, *plugins_off(), str(job.suite)],
                    plugins=[serving, fixtures])
    except BaseException as error:
        reporter({"fault": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
