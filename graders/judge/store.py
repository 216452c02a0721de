"""Small JSON files in the store: private, replaced whole, absent where they cannot be read.

The store (`~/.cache/kata40`, or KATA_STORE) lies outside any checkout. Nothing in it is needed:
what cannot be read is worked out again, what cannot be written is not kept.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from graders.model import FORMAT


def read(path: Path) -> dict[str, Any] | None:
    """Return the object kept at `path`; None if it is missing, damaged or of another format."""
    try:
        held = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) and held.pop("format", None) == FORMAT else None


def write(path: Path, held: dict[str, Any]) -> None:
    """Keep `held` at `path`, or nothing where that fails; folders made for it are ours alone."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        make(path.parent)
        temporary.write_text(json.dumps({"format": FORMAT, **held}))
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()


def make(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the owner alone."""
    if not folder.is_dir():
        make(folder.parent)
        with contextlib.suppress(FileExistsError):  # another run made it just now
            folder.mkdir(mode=0o700)
