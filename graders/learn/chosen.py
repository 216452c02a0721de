"""The learning path that was chosen in this checkout.

    .kata40/path.json        {"format": 1, "path": "sprint"}

Like all that is remembered there: what cannot be read counts as none chosen.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from graders.learn import memory
from graders.model import FORMAT

_FILE = "path.json"
_MAX_BYTES = 4096


def path(root: Path) -> str:
    """Return the name of the path that was chosen; "" where none was."""
    try:
        with (root / memory.FOLDER / _FILE).open("rb") as file:
            data = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return ""
    name = data.get("path") if isinstance(data, dict) and data.get("format") == FORMAT else ""
    return name if isinstance(name, str) else ""


def choose(root: Path, name: str) -> bool:
    """Remember the path of this name; return whether that was stored."""
    if not memory.update(root, {}):  # makes the folder, and sees that git leaves it out
        return False
    place = root / memory.FOLDER / _FILE
    written = place.with_name(f"{_FILE}.{os.getpid()}")
    try:
        written.write_text(json.dumps({"format": FORMAT, "path": name}), encoding="utf-8")
        os.replace(written, place)
    except OSError:
        with suppress(OSError):
            written.unlink()
        return False
    return True
