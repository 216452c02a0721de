"""The judge child: forked by the engine for one job, holds the suite, never learner code.

setsid · own user and network namespace · loopback where declared · Init through the nursery
· memory limit · proxies on the import path · plugins · then pytest's own collection and run
"""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from graders.judge import bytecode, kernel, sandbox, session
from graders.judge.records import Job
from graders.judge.tree_runner import TreeRunner

MEMORY_EXTRA_MIB = 3072  # address space beyond what the engine has; a learner's results live here


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


def enter(job: Job, config: pytest.Config, reporter: session.Reporter, place: Place) -> None:
    """Set this process up; pytest's collection and run follow in the caller.

    Raises OSError or JudgeError when a layer that was found working fails now.
    """
    os.setsid()
    use_bytecode_of(job.suite)
    own = sandbox.effective(place.layers, job.layers_off)
    if "namespaces" in own:
        _enter_namespaces(place.mapped, place.engine, job.kata.network or bool(job.kata.services))
    kernel.die_with_parent(place.engine)
    _limit_memory()
    told = session.options(job, own, place.binds, place.factor)
    if "private_root" not in own:
        told["box"] = _scratch_box(place.scratch)
    runner = TreeRunner(place.requests, told)
    session.register(job, config, runner, place.factor, reporter)


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
