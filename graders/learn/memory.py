"""What this checkout remembers of its learner: hints seen, and the last verdict of each kata.

    .kata40/.gitignore       keeps the folder out of every commit
    .kata40/progress.json    {"format": 1, "katas": {"two_sum": {"hints": 1, …}}}
    .kata40/learner.json     {"format": 1, "id": "…"}: whose variants of the questions these are

A convenience and no mark. Nothing here is ever an error: what cannot be read counts as empty,
what cannot be written is not remembered.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.model import FORMAT, Verdict
from graders.plain import from_plain, to_plain

FOLDER = ".kata40"
_FILE, _LEARNER = "progress.json", "learner.json"
_MAX_BYTES = 1 << 20  # 140 katas take 20 KiB; more is some other file


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one kata. `sha256` is that of the module the verdict was for."""

    hints: int = 0
    verdict: Verdict | None = None  # None: not judged in this checkout
    sha256: str = ""
    answered: str = ""  # the ISO date on which the answer was first shown; "": never
    gave_up: str = ""  # the ISO date on which it was given up for the answer; "": never


def read(root: Path) -> dict[str, Memory]:
    """Return what is remembered, by slug; empty where there is nothing that can be read."""
    return _parse(_load(root / FOLDER / _FILE)) or {}


def update(root: Path, changes: Mapping[str, Mapping[str, Any]]) -> bool:
    """Change fields of some katas' memories; return whether that was stored.

    Two runs at once lose nothing: each reads and replaces the file while it holds a lock.
    """
    folder = root / FOLDER
    try:
        _make(folder)
        with _locked(folder) as alone:
            if alone:
                _tidy(folder)
            data = _load(folder / _FILE)
            if data is not None and _newer(data):
                return False  # written by newer graders, which know more
            known = _parse(data) or {}
            for slug, fields in changes.items():
                known[slug] = dataclasses.replace(known.get(slug, Memory()), **fields)
            katas = {slug: to_plain(known[slug]) for slug in sorted(known)}
            _replace(folder / _FILE, json.dumps({"format": FORMAT, "katas": katas}, indent=1))
    except OSError:
        return False  # a read-only checkout, or a full disk
    return True


def learner(root: Path) -> str:
    """Return the random id of this checkout's learner, made at the first call.

    Where nothing can be stored it is made from the checkout's place, so that it stays the same.
    """
    folder = root / FOLDER
    made = secrets.token_hex(8)
    try:
        _make(folder)
        with _locked(folder):
            data = _load(folder / _LEARNER)
            known = data.get("id") if isinstance(data, dict) else None
            if isinstance(known, str) and known:
                return known
            _replace(folder / _LEARNER, json.dumps({"format": FORMAT, "id": made}))
    except OSError:  # a read-only checkout, or a full disk
        return hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return made


def _load(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            return json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def _parse(data: Any) -> dict[str, Memory] | None:
    try:
        if data["format"] != FORMAT:
            return None
        return {slug: from_plain(Memory, fields) for slug, fields in data["katas"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _newer(data: Any) -> bool:
    version = data.get("format") if isinstance(data, dict) else None
    return isinstance(version, int) and version > FORMAT


def _make(folder: Path) -> None:
    if folder.is_symlink():  # it came with the repository and leads somewhere else
        raise OSError(f"{folder} is a link")
    folder.mkdir(exist_ok=True)
    if not (folder / ".gitignore").exists():
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
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


def _tidy(folder: Path) -> None:
    """Remove what a run left that was killed while it wrote; nobody else writes now."""
    for path in folder.glob(f"{_FILE}?*"):
        path.unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    """Write a file so that readers see the old or the new one, never a half."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=_FILE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:  # Ctrl-C as well
        with suppress(OSError):
            os.unlink(name)
        raise
