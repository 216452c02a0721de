"""Temporary folders that no killed run leaves for good.

    $TMPDIR/kata40-run-XXXXXXXX/     locked while a process that made it, or was forked, lives

A killed process cannot tidy up, but the kernel drops its lock: the next run finds the folder
without one and removes it. Where there are no such locks (Windows) nothing is ever removed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from graders import removal

PREFIX = "kata40-run-"


class Scratch:
    """One such folder."""

    def __init__(self, mode: int = 0o700) -> None:
        """Make a folder of that mode. Raises OSError."""
        while True:
            self.path = tempfile.mkdtemp(prefix=PREFIX)
            self._lock = _lock(self.path, wait=True)
            if os.path.isdir(self.path):  # else another run removed it before it was locked
                break
        os.chmod(self.path, mode)

    def remove(self) -> None:
        """Remove it with all that it holds."""
        discard(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


@contextmanager
def scratch(mode: int = 0o700) -> Iterator[str]:
    """Make one for a block, after those of killed runs have been removed."""
    sweep()
    held = Scratch(mode)
    try:
        yield held.path
    finally:
        held.remove()


def sweep() -> list[str]:
    """Remove what killed runs of this user have left; return what that was."""
    found = []
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if entry.name.startswith(PREFIX) and _ours(entry):
                lock = _lock(entry.path, wait=False)
                if lock is not None:
                    discard(entry.path)
                    os.close(lock)
                    found.append(entry.path)
    return found


def _ours(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and hasattr(os, "geteuid") and (
        entry.stat(follow_symlinks=False).st_uid == os.geteuid())


def _lock(path: str, wait: bool) -> int | None:
    """Return a descriptor that holds the folder's lock; None if another has it, or nobody can."""
    try:
        import fcntl
    except ImportError:
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def discard(path: str) -> None:
    """Remove the folder at `path`; what cannot be removed stays for `sweep` of a later run."""
    with suppress(OSError):
        removal.remove(path)
