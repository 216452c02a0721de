"""What can be done to a command under way. Each returns whether it was really done."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import processes


@dataclass
class Target:
    """One command under way."""

    pid: int
    store: Path
    chance: random.Random
    born: set[str] = field(default_factory=set)

    def alive(self) -> bool:
        """Whether the command still runs."""
        return processes.state(self.pid) not in "ZX"

    def look(self) -> dict[str, list[int]]:
        """Return who is who now, and remember the namespaces of all."""
        found = processes.roles(self.pid)
        self.born |= processes.namespaces(found["init"] + found["worker"])
        return found

    def one(self, role: str) -> int:
        """Wait for a process of that role, then a random moment of its life; 0: none came."""
        while self.alive():
            if found := self.look()[role]:
                time.sleep(self.chance.choice((0.0, 0.0, self.chance.uniform(0, 0.03))))
                pid = self.chance.choice(found)
                if processes.state(pid) not in "ZX":
                    return pid
            time.sleep(0.002)
        return 0


Hit = Callable[[Target], bool]


def _send(pid: int, number: int) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def kill(role: str) -> Hit:
    """SIGKILL to a process of that role, in one run of four to a second one as well."""

    def hit(target: Target) -> bool:
        pid = target.one(role)
        done = bool(pid) and _send(pid, signal.SIGKILL)
        if done and role != "command" and target.chance.random() < 0.25:
            time.sleep(target.chance.uniform(0, 0.6))
            again = target.one(role)
            if again:
                _send(again, signal.SIGKILL)
        return done

    return hit


def kill_tree(target: Target) -> bool:
    """SIGKILL to everything at once, in random order."""
    every = [pid for pids in target.look().values() for pid in pids]
    target.chance.shuffle(every)
    return any([_send(pid, signal.SIGKILL) for pid in every])  # noqa: C419 - all, not until one


def signal_command(number: int) -> Hit:
    """One signal to the command's process group, as a terminal or a scheduler sends it."""

    def hit(target: Target) -> bool:
        target.look()
        try:
            os.killpg(target.pid, number)
        except ProcessLookupError:
            return False
        return True

    return hit


def pause(role: str, longest_s: float = 3.0) -> Hit:
    """SIGSTOP, and SIGCONT a while later; `tree`: all of it, as a frozen container is."""

    def hit(target: Target) -> bool:
        every = [pid for pids in target.look().values() for pid in pids]
        pids = every if role == "tree" else [target.one(role)]
        stopped = [pid for pid in pids if pid and _send(pid, signal.SIGSTOP)]
        time.sleep(target.chance.uniform(0.2, longest_s))
        for pid in reversed(stopped):
            _send(pid, signal.SIGCONT)
        return bool(stopped)

    return hit


def _limit(pid: int, kind: int, value: int) -> bool:
    try:
        resource.prlimit(pid, kind, (value, value))
    except (ProcessLookupError, PermissionError):  # another's limits take CAP_SYS_RESOURCE
        return False
    return True


def no_files(role: str) -> Hit:
    """Leave a process, and what it starts from now on, only a few descriptors."""

    def hit(target: Target) -> bool:
        pid = target.one(role)
        try:
            opened = max(int(each) for each in os.listdir(f"/proc/{pid}/fd")) if pid else 0
        except (OSError, ValueError):
            return False
        few = opened + 1 + target.chance.randrange(12)
        return bool(pid) and _limit(pid, resource.RLIMIT_NOFILE, few)

    return hit


def no_processes(target: Target) -> bool:
    """Leave the nursery and all below it only a few processes and threads."""
    pid = target.one("nursery")
    return bool(pid) and _limit(pid, resource.RLIMIT_NPROC, target.chance.randrange(6))


def no_memory(role: str) -> Hit:
    """Leave a process only a little more address space than it has."""

    def hit(target: Target) -> bool:
        pid = target.one(role)
        try:
            with open(f"/proc/{pid}/statm") as statm:
                size = int(statm.read().split()[0]) * resource.getpagesize()
        except (OSError, IndexError):
            return False
        more = int(2 ** target.chance.uniform(12, 25))
        return bool(pid) and _limit(pid, resource.RLIMIT_AS, size + more)

    return hit


def fill_disk(target: Target) -> bool:
    """Write into the store until nothing fits."""
    with contextlib.suppress(OSError), open(target.store / "filler", "wb", buffering=0) as filler:
        while filler.write(bytes(1 << 12)):
            pass
    return target.alive()


def remove_store(target: Target) -> bool:
    """Take the store away."""
    gone = target.store.with_name("store-gone")
    with contextlib.suppress(OSError):
        target.store.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
    return target.alive()


def spoil_store(target: Target) -> bool:
    """Change, cut or blank random bytes of the files in the store."""
    files = [path for path in target.store.rglob("*") if path.is_file()]
    for path in files:
        if target.chance.random() < 0.5:
            with contextlib.suppress(OSError):
                spoil(path, target.chance)
    return bool(files) and target.alive()


def spoil(path: Path, chance: random.Random) -> None:
    """Do to one file what a failing disk may do."""
    data = bytearray(path.read_bytes())
    match chance.randrange(4):
        case 0:
            data = data[: chance.randrange(len(data) + 1)]
        case 1:
            data[:] = chance.randbytes(len(data))
        case 2 if data:
            at = chance.randrange(len(data))
            data[at:] = bytes(len(data) - at)
        case _ if data:
            for _ in range(chance.randrange(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
