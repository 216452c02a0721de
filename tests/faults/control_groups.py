"""Limits for a whole tree of processes, by control groups (version 1 or 2, root only)."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults import processes
from tests.faults.hits import Target

_MOUNT = Path("/sys/fs/cgroup")


def _home(controller: str) -> Path | None:
    """Return the folder of our own group for a controller; None where there is none to use."""
    with open("/proc/self/cgroup") as lines:
        for line in lines:
            _, names, path = line.rstrip("\n").split(":", 2)
            if controller in names.split(","):
                folder = _MOUNT / controller / path.lstrip("/")
                return folder if os.access(folder, os.W_OK) else None
            if not names and controller in _offered(_MOUNT / path.lstrip("/")):
                return _MOUNT / path.lstrip("/")
    return None


def _offered(folder: Path) -> list[str]:
    try:
        return (folder / "cgroup.subtree_control").read_text().split()
    except OSError:
        return []


def missing(controller: str) -> Callable[[], str]:
    """Return a function that says why groups of this controller cannot be made; "" if they can."""
    return lambda: "" if _home(controller) else f"no writable control group for {controller}"


def _group(target: Target, controller: str) -> Path:
    home = _home(controller)
    assert home is not None
    folder = home / f"kata40-faults-{target.pid}"
    folder.mkdir()
    for _ in range(2):  # who was started while we looked is in by the second round
        for pid in [target.pid, *processes.below(target.pid)]:
            with contextlib.suppress(OSError):
                (folder / "cgroup.procs").write_text(str(pid))
    return folder


def dissolve(target: Target) -> None:
    """Remove the groups of a run that is over."""
    for controller in ("pids", "memory"):
        home = _home(controller)
        folder = home / f"kata40-faults-{target.pid}" if home else None
        if folder and folder.is_dir():
            for _ in range(50):
                with contextlib.suppress(OSError):
                    folder.rmdir()
                if not folder.is_dir():
                    break
                time.sleep(0.02)


def no_processes(target: Target) -> bool:
    """Let the whole tree start only a few more processes."""
    if not target.one("worker"):
        return False
    folder = _group(target, "pids")
    now = int((folder / "pids.current").read_text())
    (folder / "pids.max").write_text(str(now + target.chance.randrange(4)))
    return True


def no_memory(target: Target) -> bool:
    """Let the kernel kill for memory: the whole tree may have only a little more than it has."""
    if not target.one("worker"):
        return False
    folder = _group(target, "memory")
    held = [folder / "memory.limit_in_bytes", folder / "memory.max"]
    limit = next(each for each in held if each.exists())
    mib = target.chance.choice((4, 8, 16, 24, 32, 48, 64, 96))
    with contextlib.suppress(OSError):
        limit.write_text(str(mib << 20))
    return True
