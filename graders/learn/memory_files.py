"""The files that hold what is remembered of katas, and how they are written: whole, and by one.

    .kata40/.gitignore       keeps the folder out of every commit
    .kata40/progress.json    {"format": 1, "katas": {"two_sum": {"hints": 1, …}}}
    progress.jsonl           {"format": 1}
                             {"kata": "two_sum", "hints": 1, …}      one line a kata, sorted

The second stands in the root for git to carry: `.gitattributes` has it merged by union, so a merge
may leave two lines of one kata, and even marks of a conflict do no harm. Knows files and plain
data; what the fields mean is `memory`'s.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.model import FORMAT

FOLDER, LOCAL, COMMITTED = ".kata40", "progress.json", "progress.jsonl"
_MAX_BYTES = 1 << 20  # 140 katas take 60 KiB; more is some other file


@dataclass(frozen=True, slots=True)
class Raw:
    """What stands in one of the files: (slug, fields) pairs; of a slug maybe several.

    `closed`: not to be written, because it is newer graders', a link or some other large file.
    """

    entries: tuple[tuple[str, Any], ...] = ()
    present: bool = False
    closed: bool = False


def local(root: Path) -> Raw:
    """Return what .kata40/progress.json holds; one that cannot be understood holds nothing."""
    data = load(root / FOLDER / LOCAL)
    if not isinstance(data, dict):
        return Raw(present=data is not None)
    if _is_newer(data.get("format")):
        return Raw(present=True, closed=True)
    katas = data.get("katas") if data.get("format") == FORMAT else None
    return Raw(tuple(katas.items()) if isinstance(katas, dict) else (), present=True)


def committed(root: Path) -> Raw:
    """Return what progress.jsonl holds; lines that are no entries count for nothing."""
    path = root / COMMITTED
    try:
        found = path.lstat()
    except OSError:
        return Raw()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _MAX_BYTES:
        return Raw(present=True, closed=True)
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return Raw(present=True, closed=True)
    entries = []
    for line in lines:
        data = _parsed(line)
        if not isinstance(data, dict):
            continue
        if _is_newer(data.get("format")):
            return Raw(present=True, closed=True)
        if isinstance(slug := data.pop("kata", None), str):
            entries.append((slug, data))
    return Raw(tuple(entries), present=True)


def write_local(root: Path, katas: Mapping[str, Any]) -> None:
    """Write .kata40/progress.json. Raises OSError."""
    text = json.dumps({"format": FORMAT, "katas": dict(sorted(katas.items()))}, indent=1)
    replace(root / FOLDER / LOCAL, text)


def write_committed(root: Path, entries: Iterable[tuple[str, Any]]) -> None:
    """Write progress.jsonl, unless that would change nothing. Raises OSError."""
    rows = [json.dumps({"kata": slug, **fields}, ensure_ascii=False) for slug, fields in entries]
    text = "\n".join([json.dumps({"format": FORMAT}), *sorted(rows), ""])
    path = root / COMMITTED
    with suppress(OSError):
        if path.read_bytes() == text.encode():
            return
    replace(path, text, 0o644)


def load(path: Path) -> Any:
    """Return the data of a JSON file; None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def make(folder: Path) -> None:
    """Make the folder, kept out of git. Raises OSError."""
    if folder.is_symlink():  # it came with the repository and leads somewhere else
        raise OSError(f"{folder} is a link")
    folder.mkdir(exist_ok=True)
    if not (folder / ".gitignore").exists():
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock; yield whether the system has such a thing."""
    try:
        import fcntl
    except ImportError:  # Windows: the last of two runs wins
        yield False
        return
    with (folder / "lock").open("w") as lock:
        alone = False
        with suppress(OSError):  # a file system without locks
            fcntl.flock(lock, fcntl.LOCK_EX)
            alone = True
        yield alone


def tidy(folder: Path) -> None:
    """Remove what a run left that was killed while it wrote; nobody else writes now."""
    for path in folder.glob(f"{LOCAL}?*"):
        path.unlink(missing_ok=True)


def replace(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file so that readers see the old or the new one, never a half. Raises OSError.

    Half a file would lie in .kata40/ beside it, or below it.
    """
    folder = path.parent if path.parent.name == FOLDER else path.parent / FOLDER
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=LOCAL)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:  # Ctrl-C as well
        with suppress(OSError):
            os.unlink(name)
        raise


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_newer(version: object) -> bool:
    return isinstance(version, int) and version > FORMAT
