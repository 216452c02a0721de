"""A learner's module as bytes: read with care, and replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from graders.errors import GraderError
from graders.learn import memory_files, progress
from graders.model import Kata
from graders.phrases import phrase

_SAFE_MODES = 0o777


def read(root: Path, kata: Kata) -> bytes:
    """Return the module. Raises GraderError for what is missing, a link or no ordinary file."""
    data = progress.module(kata.stub)
    if data is None:
        raise GraderError(phrase(
            "{file}: is missing, a link or no ordinary file; put a file there first, for example: "
            "git checkout -- {file}", file=shown(root, kata)))
    return data


def replace(root: Path, kata: Kata, new: bytes, old: bytes) -> None:
    """Put `new` in the place of a module that holds `old`. Raises GraderError, with no change.

    Whoever reads sees the one or the other. What an editor writes in the last millisecond before
    may be lost; what it wrote until then is not.
    """
    folder = root / memory_files.FOLDER
    name = ""
    try:
        memory_files.make(folder)
        mode = kata.stub.stat().st_mode & _SAFE_MODES
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=memory_files.LOCAL)
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        if progress.module(kata.stub) != old:
            raise GraderError(phrase("{file}: has changed meanwhile; run the command again",
                                     file=shown(root, kata)))
        os.replace(name, kata.stub)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise GraderError(phrase("{file}: cannot be written ({error}); your module is as it was",
                                 file=shown(root, kata), error=why)) from error
    finally:
        with suppress(OSError):
            if name:
                os.unlink(name)


def shown(root: Path, kata: Kata) -> str:
    """Return the module's path as people know it."""
    return kata.stub.relative_to(root).as_posix()
