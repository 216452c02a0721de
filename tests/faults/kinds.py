"""The kinds of faults: what is done before a run, while it runs, and after it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults import control_groups, hits
from tests.faults.hits import Hit, Target


def _nothing(target: Target) -> bool:
    return True


@contextmanager
def plain(store: Path) -> Iterator[None]:
    """Change nothing around the run."""
    yield


@contextmanager
def small_disk(store: Path) -> Iterator[None]:
    """Put the store on a disk of its own of 512 KiB; what it held stays below."""
    _mount("-t", "tmpfs", "-o", "size=512k,nr_inodes=400", "none", str(store))
    try:
        yield
    finally:
        _unmount(store)


@contextmanager
def read_only(store: Path) -> Iterator[None]:
    """Make the store read-only, with what it holds."""
    _mount("--bind", str(store), str(store))
    _mount("-o", "remount,ro,bind", str(store))
    try:
        yield
    finally:
        _unmount(store)


@contextmanager
def spoilt(store: Path) -> Iterator[None]:
    """Change random bytes of the store before the run."""
    import random
    import zlib

    seed = zlib.crc32(b"".join(sorted(str(each).encode() for each in store.rglob("*"))))
    hits.spoil_store(Target(os.getpid(), store, random.Random(seed)))
    yield


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def _unmount(store: Path) -> None:
    with suppress(subprocess.CalledProcessError):
        subprocess.run(["umount", "-l", str(store)], check=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault. `prefix` stands before the command; `root`: only root can do it.

    `spoils`: files of the store may be unreadable afterwards; they must count as absent.
    """

    hit: Hit = _nothing
    around: Callable[[Path], object] = plain
    prefix: tuple[str, ...] = ()
    root: bool = False
    spoils: bool = False
    ends: bool = False  # the command itself is hit: it need not tell anything
    grade: bool = False  # the command is `grade` in a learner's checkout
    usable: Callable[[], str] = lambda: ""  # why it cannot be done on this machine


_TIME = ("unshare", "--time", "--monotonic", "86400", "--boottime", "86400", "--")

KINDS: dict[str, Kind] = {
    "kill_engine": Kind(hits.kill("engine")),
    "kill_nursery": Kind(hits.kill("nursery")),
    "kill_joiner": Kind(hits.kill("joiner")),
    "kill_init": Kind(hits.kill("init")),
    "kill_judge_child": Kind(hits.kill("judge_child")),
    "kill_worker": Kind(hits.kill("worker")),
    "kill_command": Kind(hits.kill("command"), ends=True),
    "kill_tree": Kind(hits.kill_tree, ends=True),
    "kill_grade": Kind(hits.kill("command"), ends=True, grade=True),
    "terminate": Kind(hits.signal_command(signal.SIGTERM), ends=True),
    "ctrl_c": Kind(hits.signal_command(signal.SIGINT), ends=True),
    "ctrl_c_grade": Kind(hits.signal_command(signal.SIGINT), ends=True, grade=True),
    "pause_engine": Kind(hits.pause("engine")),
    "pause_judge_child": Kind(hits.pause("judge_child")),
    "pause_worker": Kind(hits.pause("worker")),
    "pause_tree": Kind(hits.pause("tree", 5.0)),
    "full_disk": Kind(hits.fill_disk, small_disk, root=True),
    "read_only_store": Kind(around=read_only, root=True),
    "spoilt_store": Kind(around=spoilt, spoils=True),
    "spoilt_under_way": Kind(hits.spoil_store, spoils=True),
    "removed_store": Kind(hits.remove_store, spoils=True),
    "no_files_engine": Kind(hits.no_files("engine")),
    "no_files_child": Kind(hits.no_files("judge_child")),
    "no_files_command": Kind(hits.no_files("command"), ends=True),
    "no_processes": Kind(hits.no_processes),
    "no_processes_group": Kind(control_groups.no_processes, root=True,
                               usable=control_groups.missing("pids")),
    "no_memory_engine": Kind(hits.no_memory("engine")),
    "no_memory_child": Kind(hits.no_memory("judge_child")),
    "oom": Kind(control_groups.no_memory, root=True, ends=True,
                usable=control_groups.missing("memory")),
    "other_clock": Kind(prefix=_TIME, root=True),
}
