"""One command at a time in a cohort's folder: a lock that the kernel drops with its process.

Git's own locks are files, and stay where it was killed: `sweep` removes them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graders.errors import GraderError
from graders.phrases import phrase

FILE = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for a block; raises GraderError while another command holds it.

    Where there are no such locks (Windows) nobody is kept out.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise GraderError(phrase("{folder}: another command is at work in this cohort; wait "
                                     "for its end", folder=folder)) from error
        yield
    finally:
        os.close(descriptor)


def sweep(repository: Path) -> None:
    """Remove the locks that a killed git has left in a repository that only we write.

    Call this while the folder is `locked`, before git: whose lock it would be is dead.
    """
    for each in (*repository.glob("*.lock"), *(repository / "refs").rglob("*.lock")):
        each.unlink(missing_ok=True)
