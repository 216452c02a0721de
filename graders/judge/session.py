"""A pytest session under the judge, alike in both engines: stand-ins, plugins, narration.

Knows nothing of how the worker came to be (runner.py) or of the process it runs in (child.py,
portable.py).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator
from typing import Any, NamedTuple, cast

import pytest

from graders.judge import bytecode, packages, proxy, sandbox, seccomp
from graders.judge.link import Link
from graders.judge.plugin import JudgePlugin, place_of
from graders.judge.program import ProgramLink
from graders.judge.records import Job
from graders.judge.runner import Runner
from graders.judge.services import MEMORY_MIB, Services
from graders.kit import remote
from graders.model import Kata, Kind
from graders.phrases import phrase
from graders.plain import to_plain
from graders.services import host

_PLUGINS_OFF = ("cacheprovider doctest junitxml pastebin faulthandler unraisableexception "
                "threadexception logging stepwise setuponly setupplan debugging terminal "
                "warnings recwarn tmpdir legacypath pytester")


def plugins_off() -> list[str]:
    """Return pytest's options that leave out what a judge has no use for."""
    return [word for name in _PLUGINS_OFF.split() for word in ("-p", f"no:{name}")]


SERVICE_FILES = 256  # 200 connections, and its own few

_PRIVATE = ("namespaces", "private_root", "capabilities")

Tell = Callable[[dict[str, Any]], None]


class Reporter:
    """Writes one JSON line per record to the engine, flushed at once."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __call__(self, record: dict[str, Any]) -> None:
        """Write `record`."""
        data = memoryview(json.dumps(to_plain(record)).encode() + b"\n")
        while data:
            data = data[os.write(self.descriptor, data):]


def prepare(kata: Kata, config: pytest.Config, factor: float, reporter: Tell) -> Link:
    """Put the stand-in module on the import path and the plugins into pytest; then collect."""
    link = ProgramLink(kata, factor) if kata.kind is Kind.PROGRAM else Link(kata, factor)
    sys.meta_path.insert(0, proxy.Finder(proxy.module(kata.slug, kata.api, link)))
    remote.set_current(link)
    if not config.pluginmanager.is_registered(HOOKS):  # the portable engine
        config.pluginmanager.register(HOOKS)
    HOOKS.closing = Closing(link, reporter, kata.slug)
    return link


def foresee(kata: Kata, items: list[pytest.Item]) -> None:
    """Work out in a template what its judge children would work out anew, each."""
    _filter(kata)
    for item in items:
        place_of(item)


class Place(NamedTuple):
    """Where a job's tests run: what starts their workers, and the services beside them."""

    runner: Runner
    services: Services


def judge(job: Job, link: Link, items: list[pytest.Item], place: Place, reporter: Tell) -> None:
    """Put the collected tests into the judge's order and tell them; then pytest runs them."""
    link.services = place.services
    link.serve(place.runner, job.source, job.seed)
    HOOKS.closing.reporter = reporter
    HOOKS.judging = JudgePlugin(job, link, reporter)
    HOOKS.judging.order(items)


class Hooks:
    """Pytest plugin that hands on to a job's own ones.

    The engine registers it once: to register three plugins anew takes 3 ms in each judge child.
    """

    judging: JudgePlugin
    closing: Closing

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

    def __init__(self, link: Link, reporter: Tell, slug: str) -> None:
        self.link, self.reporter, self.slug = link, reporter, slug

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A suite that cannot be collected is the judge's fault."""
        if report.failed:
            text = str(report.longrepr)[-600:]
            self.reporter({"fault": phrase("the suite cannot be collected: {error}",
                                            error=text)})

    def pytest_collection_finish(self) -> None:
        """The suite must have got the stand-in, or learner code would run beside it."""
        if isinstance(sys.modules.get(self.slug), type(sys)) and not hasattr(
                sys.modules[self.slug], "__spec__"):
            self.reporter({"fault": phrase("the suite imported something else than the stand-in")})

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Tell the rest and leave without any exit handler."""
        self.reporter({"done": int(exitstatus), "growth": self.link.growth,
                       "peak_mib": self.link.peak_mib})
        bytecode.seal()
        os._exit(0)


def options(job: Job, layers: list[str], binds: sandbox.Binds | None,
            factor: float) -> sandbox.Options:
    """Return what Init and worker are told: limits and paths, nothing of the suite."""
    kata = job.kata
    longest_s = max(kata.limits.test_cpu_s, kata.limits.perf_cpu_s, kata.limits.load_cpu_s,
                    *kata.limits.tests.values()) * factor
    clients = host.clients(kata.services, job.lane.is_real)
    own = packages.paths((*kata.packages, *job.packages, *clients)) if binds else []
    return sandbox.Options(
        memory_mib=kata.limits.memory_mib, threads=kata.threads, processes=kata.processes,
        open_files=kata.open_files, cpu_backstop_s=int(3 * longest_s) + 3,
        network=kata.network or bool(kata.services), program=kata.kind is Kind.PROGRAM,
        layers=layers, service="", upstream=["", ""],
        libraries=host.libraries(kata.services, job.lane.is_real), clerk="sql" in kata.services,
        binds=[*binds.paths, *own] if binds else [],
        folders=sorted({os.path.dirname(each) for each in own}), links=binds.links if binds else [],
        hidden=binds.hidden if binds else [], box=sandbox.BOX,
        processor=job.processor,
        filter=_filter(kata) if "seccomp" in layers else b"")


def _filter(kata: Kata) -> bytes:
    return seccomp.program(kata.processes > 0, threads=kata.threads > 0)


def service_options(job: Job, kind: str, options: sandbox.Options,
                    binds: sandbox.Binds | None) -> sandbox.Options:
    """Return what a service of the job is told, by what its workers are: it gets less.

    In a real lane it connects to a server outside, so it has no namespaces of its own; what the
    learner's code connects to is still a socket in a private network.
    """
    real = job.lane.is_real
    own = packages.paths(host.distributions(kind, real)) if binds else []
    layers = [each for each in options["layers"] if not real or each not in _PRIVATE]
    changed = {
        "service": kind, "upstream": [job.lane.url(kind), job.lane.run], "layers": layers,
        "memory_mib": MEMORY_MIB, "threads": 0, "processes": 0, "open_files": SERVICE_FILES,
        "program": False, "clerk": False, "libraries": [],
        "network": real,  # an embedded one has no use for any: its socket was made for it
        "binds": [*binds.paths, *own] if binds else [],
        "folders": sorted({os.path.dirname(each) for each in own}),
        "filter": seccomp.program(False, threads=False) if options["filter"] else b""}
    return cast(sandbox.Options, {**options, **changed})
