"""What the cohort was given and must not change: suites, kata.toml, graders, noxfile.

Known by git's ids of their contents: those of the instructor's work tree, and of every version in
its history, since a learner may not have taken the newest update yet. Files that a learner added
to graders/ or beside a suite are told as well: pytest would load a conftest.py from there.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.cohort.bounded_git import Bounds, run
from graders.cohort.keep import blob_id
from graders.cohort.snapshots import Change
from graders.errors import GraderError
from graders.model import Kata

ALWAYS = ("graders/", "noxfile.py", "katas/conftest.py")
_HISTORY = Bounds(wall_s=300.0, cpu_s=240, file_mib=512)


@dataclass(frozen=True, slots=True)
class Shipped:
    """`present`: path to id in the work tree. `known`: all ids that a path ever had."""

    watched: tuple[str, ...]
    present: Mapping[str, str]
    known: Mapping[str, frozenset[str]]

    def changes(self, found: Mapping[str, str]) -> tuple[Change, ...]:
        """Return what is not as it was shipped in a tree whose watched files are `found`."""
        told = [Change(path, "changed" if path in self.known else "added")
                for path, blob in found.items()
                if blob not in self.known.get(path, ()) and not _made(path)]
        # What is missing below graders/ is the learner's loss alone; the template leaves out some.
        told += [Change(path, "removed") for path in self.present
                 if path not in found and not path.startswith(ALWAYS[0])]
        return tuple(sorted(told, key=lambda each: each.path))


def shipped(root: Path, katas: Sequence[Kata]) -> Shipped:
    """Return what the repository at `root` ships for these katas."""
    own = []
    for kata in katas:
        folder = kata.folder.relative_to(root).as_posix()
        own += [f"{folder}/{name}" for name in (kata.suite.name, "kata.toml", "conftest.py")]
    watched = (*ALWAYS, *own)
    present = {path: blob_id((root / path).read_bytes()) for path in _files(root, watched)}
    known = {path: {blob} for path, blob in present.items()}
    for path, blob in _history(root, watched):
        known.setdefault(path, set()).add(blob)
    return Shipped(watched, present, {path: frozenset(ids) for path, ids in known.items()})


def _files(root: Path, watched: Iterable[str]) -> list[str]:
    found = []
    for each in watched:
        path = root / each
        if not each.endswith("/"):
            found += [each] if path.is_file() else []
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if name != "__pycache__"]
            here = Path(folder).relative_to(root).as_posix()
            found += [f"{here}/{name}" for name in names if not _made(f"{here}/{name}")]
    return found


def _made(path: str) -> bool:
    return "__pycache__/" in path or path.endswith((".pyc", ".DS_Store"))


def _history(root: Path, watched: Sequence[str]) -> list[tuple[str, str]]:
    """Return (path, id) of all versions in the history; nothing where there is none."""
    try:
        told = run(["-C", str(root), "log", "--all", "--format=", "--raw", "-z", "--no-abbrev",
                    "--no-renames", "-m", "--full-history", "--", *watched], _HISTORY)
    except GraderError:
        return []  # no repository, or none with a commit: the work tree is all there is
    found = []
    parts = told.split(b"\0")
    for facts, path in itertools.pairwise(parts):
        if facts.startswith(b":"):
            words = facts.decode("ascii", "replace").split()
            found += [(os.fsdecode(path), blob) for blob in words[2:4] if blob.strip("0")]
    return found
