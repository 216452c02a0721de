"""Small JSON files in the store: private, replaced whole, absent where they cannot be read.

The store (`~/.cache/kata40`, or KATA_STORE) lies outside any checkout. Nothing in it is needed:
what cannot be read is worked out again, what cannot be written is not kept.

    {"format": 1, "sha256": "<of all that follows>", …}

The sum is there because a disk that fails changes digits as well: a limit, a factor, a mark.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from graders.model import FORMAT

_HEAD = f'{{"format": {FORMAT}, "sha256": "'
_DIGITS = 64


def read(path: Path) -> dict[str, Any] | None:
    """Return the object kept at `path`; None if it is missing, damaged or of another format."""
    try:
        data = path.read_bytes()
        head, rest = data[: len(_HEAD)], data[len(_HEAD) + _DIGITS:]
        if head != _HEAD.encode() or data[len(_HEAD): -len(rest)] != _sum(rest):
            return None
        held = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return None
    return {name: value for name, value in held.items() if name not in ("format", "sha256")}


def write(path: Path, held: dict[str, Any]) -> None:
    """Keep `held` at `path`, or nothing where that fails; folders made for it are ours alone."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    rest = b'", ' + json.dumps(held).encode()[1:]
    try:
        make(path.parent)
        temporary.write_bytes(_HEAD.encode() + _sum(rest) + rest)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()


def left_by_a_killed_run(name: str) -> bool:
    """Whether this is the name of a temporary file whose writer is gone."""
    _, _, pid = name.rpartition(".json.")
    if not pid.isdigit() or sys.platform == "win32":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _sum(rest: bytes) -> bytes:
    return hashlib.sha256(rest).hexdigest().encode()


def make_private(folder: Path) -> None:
    """Make one of our own folders, or close to all others one that was made wider."""
    make(folder)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def make(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the owner alone."""
    if not folder.is_dir():
        make(folder.parent)
        with contextlib.suppress(FileExistsError):  # another run made it just now
            folder.mkdir(mode=0o700)
