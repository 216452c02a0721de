"""The judge child: forked for one job, holds the suite, never learner code.

    collect  compiled suite · proxies on the import path · plugins, then pytest's own collection;
             in a template for all jobs of a suite, else in the judge child after `enter`
    enter    setsid · own user and network namespace · loopback where declared · memory limit
             · Init through the nursery
"""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graders.judge import bytecode, kernel, processors, sandbox, session, user
from graders.judge.link import Link
from graders.judge.records import Job
from graders.judge.service_runner import TreeServiceRunner
from graders.judge.services import Services
from graders.judge.tree_runner import TreeRunner
from graders.services import host

MEMORY_EXTRA_MIB = 3072  # address space beyond what the engine has; a learner's results live here


@dataclass(frozen=True, slots=True)
class Place:
    """What a judge child gets from its parent, the engine or a template."""

    requests: socket.socket  # to the nursery
    servers: socket.socket | None  # to the nursery of services
    mapped: socket.socket  # root asks here for its id maps
    parent: int
    factor: float
    layers: list[str]
    binds: sandbox.Binds
    scratch: str  # where boxes lie that cannot be private; the engine empties it


@dataclass
class Forked:
    """What a process was forked for: to judge a job at a place, or as a template without one."""

    job: Job
    reporter: session.Tell
    place: Place | None = None


def decline(record: dict[str, Any]) -> None:
    """Whatever a suite has to tell while it is collected, each judge child tells for itself."""
    os._exit(0)


@contextmanager
def told(forked: Forked) -> Iterator[None]:
    """Tell what goes wrong while a forked process gets ready, and end it."""
    try:
        yield
    except BaseException as error:
        forked.reporter({"fault": f"{type(error).__name__}: {error}"})
        os._exit(1)


def collect(job: Job, config: pytest.Config, factor: float, reporter: session.Tell) -> Link:
    """Make the job's suite the one that pytest collects next, in the caller."""
    use_bytecode_of(job.suite)
    config.args[:] = [str(job.suite)]
    # The root as well: importlib mode imports a package for each folder between the two.
    config.pluginmanager._confcutdir = job.suite.parent
    config._rootpath = job.suite.parent
    return session.prepare(job.kata, config, factor, reporter)


def enter(job: Job, place: Place) -> session.Place:
    """Set this process up to judge `job`; return what starts its workers and services.

    Raises OSError or JudgeError when a layer that was found working fails now.
    """
    os.setsid()
    processors.keep_to(job.processor)
    own = sandbox.effective(place.layers, job.layers_off)
    if "namespaces" in own:
        _enter_namespaces(place.mapped, place.parent, job.kata.network or bool(job.kata.services))
    kernel.die_with_parent(place.parent)
    _limit_memory()
    told = session.options(job, own, place.binds, place.factor)
    runners = []
    for kind in host.processes(job.kata.services, job.lane.is_real):
        assert place.servers is not None  # the engine has started it for this job
        its = session.service_options(job, kind, told, place.binds)
        if "private_root" not in its["layers"]:
            its["box"] = _scratch_box(place.scratch, kind)
        runners.append(TreeServiceRunner(place.servers, its))
    if "private_root" not in own:
        told["box"] = _scratch_box(place.scratch, "worker")
    runner = TreeRunner(place.requests, told)
    kernel.prctl("dumpable", 0)  # only now: setns to an undumpable process is refused
    return session.Place(runner, Services(runners))


def use_bytecode_of(suite: Path) -> None:
    """Keep a suite's compiled form under the hash of its text.

    By time and size alone, as Python does, a suite edited within a second would be the old one.
    """
    if sys.pycache_prefix and not sys.dont_write_bytecode:
        digest = hashlib.sha256(suite.read_bytes()).hexdigest()[:24]
        bytecode.use(Path(sys.pycache_prefix).with_name(digest))
        try:  # pytest gives up collecting where it cannot make this folder
            os.makedirs(os.path.join(sys.pycache_prefix, *suite.parts[1:-1]), exist_ok=True)
        except OSError:
            sys.dont_write_bytecode = True


def _enter_namespaces(mapped: socket.socket, parent: int, network: bool) -> None:
    as_root = user.is_root()
    uid, gid = os.geteuid(), os.getegid()  # before unshare: unmapped they read 65534
    kernel.unshare(kernel.NEWUSER | kernel.NEWNET)
    if as_root:
        mapped.send(b"u")  # only our parent can write `0 0 65536` for us
        if mapped.recv(1) != b"g":
            raise OSError("our ids were not mapped")
    else:
        kernel.map_self(uid, gid)
    kernel.die_with_parent(parent)
    if network:
        kernel.loopback_up()


def _scratch_box(scratch: str, name: str) -> str:
    """Return a new folder that the worker's user owns."""
    own = os.path.join(scratch, str(os.getpid()))
    os.makedirs(own, 0o711, exist_ok=True)
    box = os.path.join(own, name)
    os.mkdir(box, 0o700)
    if user.is_root():
        os.chown(box, user.NOBODY, user.NOBODY)
    return box


def _limit_memory() -> None:
    import resource

    with open("/proc/self/statm") as statm:
        pages = int(statm.read().split()[0])
    limit = pages * resource.getpagesize() + (MEMORY_EXTRA_MIB << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
