"""The judge child: forked by the engine for one job, holds the suite, never learner code.

setsid · own user and network namespace · loopback where declared · Init through the nursery
· memory limit · proxies on the import path · plugins · then pytest's own collection and run
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest

from graders.judge import kernel, proxy, sandbox, seccomp
from graders.judge.link import Link
from graders.judge.plugin import JudgePlugin
from graders.judge.records import Job
from graders.judge.runner import Runner, TreeRunner
from graders.kit import remote
from graders.plain import to_plain

MEMORY_EXTRA_MIB = 3072  # address space beyond what the engine has; a learner's results live here


class Reporter:
    """Writes one JSON line per record to the engine, flushed at once."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __call__(self, record: dict[str, Any]) -> None:
        """Write `record`."""
        data = memoryview(json.dumps(to_plain(record)).encode() + b"\n")
        while data:
            data = data[os.write(self.descriptor, data):]


@dataclass(frozen=True, slots=True)
class Place:
    """What a judge child gets from its engine."""

    requests: socket.socket  # to the nursery
    mapped: socket.socket  # root asks here for its id maps
    engine: int
    factor: float
    layers: list[str]
    binds: sandbox.Binds
    scratch: str  # where boxes lie that cannot be private; the engine empties it


def enter(job: Job, config: pytest.Config, reporter: Reporter, place: Place) -> None:
    """Set this process up; pytest's collection and run follow in the caller.

    Raises OSError or JudgeError when a layer that was found working fails now.
    """
    os.setsid()
    own = sandbox.effective(place.layers, job.layers_off)
    if "namespaces" in own:
        _enter_namespaces(place.mapped, place.engine, job.kata.network or bool(job.kata.services))
    kernel.die_with_parent(place.engine)
    _limit_memory()
    told = options(job, own, place.binds, place.factor)
    if "private_root" not in own:
        told["box"] = _scratch_box(place.scratch)
    runner = TreeRunner(place.requests, told)
    register(job, config, runner, place.factor, reporter)


def register(job: Job, config: pytest.Config, runner: Runner, factor: float,
             reporter: Reporter) -> Link:
    """Put the stand-in module on the import path and the plugins into pytest."""
    link = Link(runner, job.kata, job.source, factor, job.seed)
    sys.meta_path.insert(0, proxy.Finder(proxy.module(job.kata.slug, job.kata.api, link)))
    remote.set_current(link)
    if not config.pluginmanager.is_registered(HOOKS):  # the portable engine
        config.pluginmanager.register(HOOKS)
    HOOKS.judging = JudgePlugin(job, link, reporter)
    HOOKS.closing = Closing(link, reporter, job.kata.slug)
    return link


class Hooks:
    """Pytest plugin that hands on to a job's own ones.

    The engine registers it once: to register three plugins anew takes 3 ms in each judge child.
    """

    judging: JudgePlugin
    closing: Closing

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort."""
        self.judging.pytest_collection_modifyitems(items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Judge."""
        return self.judging.pytest_runtest_protocol(item, nextitem)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, Any]:
        """Keep the outcome."""
        return (yield from self.judging.pytest_runtest_makereport(item, call))

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str]:
        """Explain."""
        return self.judging.comparisons.pytest_assertrepr_compare(op, left, right)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Check."""
        self.closing.pytest_collectreport(report)

    def pytest_collection_finish(self) -> None:
        """Check."""
        self.closing.pytest_collection_finish()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Leave."""
        self.closing.pytest_sessionfinish(exitstatus)


HOOKS = Hooks()


class Closing:
    """Pytest plugin: checks the collection, writes the last record."""

    def __init__(self, link: Link, reporter: Reporter, slug: str) -> None:
        self.link, self.reporter, self.slug = link, reporter, slug

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A suite that cannot be collected is the judge's fault."""
        if report.failed:
            text = str(report.longrepr)[-600:]
            self.reporter({"fault": f"the suite cannot be collected: {text}"})

    def pytest_collection_finish(self) -> None:
        """The suite must have got the stand-in, or learner code would run beside it."""
        if isinstance(sys.modules.get(self.slug), type(sys)) and not hasattr(
                sys.modules[self.slug], "__spec__"):
            self.reporter({"fault": "the suite imported something else than the stand-in"})

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Tell the rest and leave without any exit handler."""
        self.reporter({"done": int(exitstatus), "growth": self.link.growth,
                       "peak_mib": self.link.peak_mib})
        os._exit(0)


def _enter_namespaces(mapped: socket.socket, engine: int, network: bool) -> None:
    uid, gid = os.geteuid(), os.getegid()  # before unshare: unmapped they read 65534
    kernel.unshare(kernel.NEWUSER | kernel.NEWNET)
    if uid == 0:
        mapped.send(b"u")  # only the engine can write `0 0 65536` for us
        if mapped.recv(1) != b"g":
            raise OSError("the engine did not map our ids")
    else:
        kernel.map_self(uid, gid)
    kernel.die_with_parent(engine)
    if network:
        kernel.loopback_up()


def _scratch_box(scratch: str) -> str:
    """Return a new folder that the worker's user owns."""
    box = os.path.join(scratch, str(os.getpid()))
    os.mkdir(box, 0o700)
    if os.geteuid() == 0:
        os.chown(box, sandbox.NOBODY, sandbox.NOBODY)
    return box


def _limit_memory() -> None:
    import resource

    with open("/proc/self/statm") as statm:
        pages = int(statm.read().split()[0])
    limit = pages * resource.getpagesize() + (MEMORY_EXTRA_MIB << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (1, 1))


def options(job: Job, layers: list[str], binds: sandbox.Binds | None,
            factor: float) -> sandbox.Options:
    """Return what Init and worker are told: limits and paths, nothing of the suite."""
    kata = job.kata
    longest_s = max(kata.limits.test_cpu_s, kata.limits.perf_cpu_s, kata.limits.load_cpu_s,
                    *kata.limits.tests.values()) * factor
    return sandbox.Options(
        memory_mib=kata.limits.memory_mib, threads=kata.threads, processes=kata.processes,
        open_files=kata.open_files, cpu_backstop_s=int(3 * longest_s) + 3,
        network=kata.network or bool(kata.services), layers=layers,
        binds=binds.paths if binds else [], links=binds.links if binds else [],
        hidden=binds.hidden if binds else [], box=sandbox.BOX,
        filter=seccomp.program(kata.processes > 0) if "seccomp" in layers else b"")
