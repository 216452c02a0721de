"""What a command asks of the judge: one submission against one kata's suites."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from graders.model import Kata, Submission
from graders.phrases import phrase


@dataclass(frozen=True, slots=True)
class Request:
    """One submission to judge. `hidden` is the hidden suite's path; None: visible scope only.

    `packages` are distributions that it may import beyond those of its kata: for our own tests,
    which judge libraries by a suite. No file and no option can set it.
    `whole` asks for every hidden test, whatever the visible suite has found: for proofs.
    `submission` None with `compile_error` not empty: the file could not even be read.
    """

    kata: Kata
    submission: Submission
    hidden: Path | None = None
    seed: bytes = b""
    compile_error: str = ""
    layers_off: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    whole: bool = False


SOURCE_CAP = 1 << 20  # bytes: a kata's module is a few hundred lines
# Limits are set where services are embedded. A real server's client takes more of the worker's own
# CPU: for pages over five shards, which log in five times each, up to 18 times what sqlite3 takes.
# On a busy machine right solutions came to one and a half times their limits.
REAL_LANE_LIMITS = 3.0


def takes_turns(kata: Kata) -> bool:
    """Whether either a suite or its submission runs, never both at once (processors.py)."""
    return not (kata.threads or kata.processes or kata.network or kata.services)


def in_real_lane(request: Request) -> Request:
    """Return the request with the CPU limits that hold where its services are real servers."""
    limits = request.kata.limits.times(REAL_LANE_LIMITS, REAL_LANE_LIMITS)
    return replace(request, kata=replace(request.kata, limits=limits))


def read_submission(kata: Kata, path: Path, label: str = "") -> Request:
    """Return a Request for the file at `path`; what is wrong with the file goes into it.

    Only regular files of at most SOURCE_CAP bytes of UTF-8 are read; links are not followed.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
                             | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return _bad(kata, phrase("{file}: is missing; restore it with git, or write it anew",
                                 file=path.name))
    except OSError as error:
        if path.is_symlink():
            return _bad(kata, phrase(
                "{file}: is a symbolic link; a submission is a regular file", file=path.name))
        return _bad(kata, phrase("{file}: cannot be read ({error}); check its permissions",
                                 file=path.name, error=error.strerror))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return _bad(kata, phrase("{file}: is not a regular file; put the module in its place",
                                 file=path.name))
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(SOURCE_CAP + 1)
    return submitted(kata, data, path.name, label or str(path))


def submitted(kata: Kata, data: bytes, name: str, label: str) -> Request:
    """Return a Request for the content of a file called `name`; what is wrong goes into it."""
    if len(data) > SOURCE_CAP:
        return _bad(kata, phrase("{file}: is larger than {most} KiB; a kata's module is a few "
                                 "hundred lines", file=name, most=SOURCE_CAP >> 10))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _bad(kata, phrase("{place}: is not UTF-8; save the file as UTF-8",
                                 place=f"{name}:{line}"))
    return Request(kata, Submission(kata.slug, data, label))


def _bad(kata: Kata, text: str) -> Request:
    return Request(kata, Submission(kata.slug, b""), compile_error=text)
