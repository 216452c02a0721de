"""What a command asks of the judge: one submission against one kata's suites."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from graders.model import Kata, Submission
from graders.phrases import phrase


@dataclass(frozen=True, slots=True)
class Request:
    """One submission to judge. `hidden` is the hidden suite's path; None: visible scope only.

    `packages` are distributions that it may import beyond those of its kata: for our own tests,
    which judge libraries by a suite. No file and no option can set it.
    `submission` None with `compile_error` not empty: the file could not even be read.
    """

    kata: Kata
    submission: Submission
    hidden: Path | None = None
    seed: bytes = b""
    compile_error: str = ""
    layers_off: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


SOURCE_CAP = 1 << 20  # bytes: a kata's module is a few hundred lines


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
    if len(data) > SOURCE_CAP:
        return _bad(kata, phrase("{file}: is larger than {most} KiB; a kata's module is a few "
                                 "hundred lines", file=path.name, most=SOURCE_CAP >> 10))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _bad(kata, phrase("{place}: is not UTF-8; save the file as UTF-8",
                                 place=f"{path.name}:{line}"))
    return Request(kata, Submission(kata.slug, data, label or str(path)))


def _bad(kata: Kata, text: str) -> Request:
    return Request(kata, Submission(kata.slug, b""), compile_error=text)
