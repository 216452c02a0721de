"""Who is who below a command, and what of it is left when it has ended.

The runner is the subreaper of all that it starts, so an orphan becomes its child: nothing that a
command leaves behind can hide.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import time

_SUBREAPER = 36
ROLES = ("command", "engine", "nursery", "judge_child", "joiner", "init", "worker")
GONE_S = 20.0  # within so many seconds nothing may be left


def become_subreaper() -> None:
    """Adopt every orphan below this process."""
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl subreaper")


def children(pid: int) -> list[int]:
    """Return the children of all threads of a process; empty when it is gone."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as listing:
                found += [int(child) for child in listing.read().split()]
    return found


def state(pid: int) -> str:
    """Return the letter of /proc/PID/stat; X for a process that is gone."""
    try:
        with open(f"/proc/{pid}/stat") as line:
            return line.read().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return "X"


def _is(pid: int, module: str) -> bool:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as line:
            return module.encode() in line.read()
    except OSError:
        return False


def roles(command: int) -> dict[str, list[int]]:
    """Return the living processes of one command by the part they play."""
    found: dict[str, list[int]] = {role: [] for role in ROLES}
    found["command"] = [command]
    for engine in children(command):
        if not _is(engine, "graders.judge.engine"):
            continue
        found["engine"].append(engine)
        for child in children(engine):
            part = "nursery" if _is(child, "graders.judge.nursery") else "judge_child"
            found[part].append(child)
    for nursery in found["nursery"]:
        found["joiner"] += children(nursery)
    for joiner in found["joiner"]:
        found["init"] += children(joiner)
    for init in found["init"]:
        found["worker"] += children(init)
    return {role: [pid for pid in pids if state(pid) not in "ZX"] for role, pids in found.items()}


def below(pid: int) -> list[int]:
    """Return everything below a process, zombies left out."""
    found: list[int] = []
    queue = children(pid)
    while queue:
        each = queue.pop()
        queue += children(each)
        if state(each) not in "ZX":
            found.append(each)
    return found


def namespaces(pids: list[int]) -> set[str]:
    """Return the pid namespaces of some processes that are not our own."""
    found = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            found.add(os.readlink(f"/proc/{pid}/ns/pid"))
    return found - {os.readlink("/proc/self/ns/pid")}


def left_over(born: set[str]) -> int:
    """Wait until all that we started is gone; return how many processes stay.

    `born`: pid namespaces seen during the run; a process in one of them counts wherever it is.
    """
    deadline_s = time.monotonic() + GONE_S
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        stay = set(below(os.getpid()))
        if born:
            every = [int(each) for each in os.listdir("/proc") if each.isdigit()]
            stay |= {pid for pid in every if namespaces([pid]) & born and state(pid) not in "ZX"}
        if not stay or time.monotonic() > deadline_s:
            return len(stay)
        time.sleep(0.02)
