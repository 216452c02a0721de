"""What is watched: the katas and sheets that were named, or all; and what a saved file concerns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from graders import catalog
from graders.catalog import Catalog
from graders.errors import GraderError
from graders.learn import grade, question
from graders.model import Kata
from graders.phrases import phrase
from graders.question import sheet
from graders.question.place import Place

METADATA = "kata.toml"


class Saved(StrEnum):
    """What kind of file was saved."""

    CODE = "code"  # module or suite
    METADATA = "metadata"  # of a kata
    SHEET = "sheet"  # of answers; its name is that of the topic's folder


@dataclass(frozen=True, slots=True)
class Concern:
    """What one saved file means: a kata by its slug, or a sheet by its topic's folder."""

    kind: Saved
    name: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A kata's files at one moment: their content, and their marks (times, sizes, numbers)."""

    content: tuple[str, ...]
    marks: tuple[tuple[int, ...], ...]


class Scope:
    """The watched part of a tree; read again when the metadata of a kata changes."""

    def __init__(self, root: Path, names: Sequence[str]) -> None:
        """Raises GraderError for a name that is unknown, and where the tree has a fault."""
        self.names = list(names)
        self._read(catalog.load(root))

    def _read(self, tree: Catalog) -> None:
        katas = {kata.slug: kata for kata in grade.choose(tree, self.names)}
        sheets = {place.topic_folder: place for place in question.choose(tree, self.names)}
        self.catalog, self.katas, self.sheets = tree, katas, sheets
        self._files = {place.folder / sheet.FILE: Concern(Saved.SHEET, name)
                       for name, place in sheets.items()}
        for slug, kata in katas.items():
            for path in (kata.stub, kata.suite):
                self._files[path] = Concern(Saved.CODE, slug)
            self._files[kata.folder / METADATA] = Concern(Saved.METADATA, slug)

    def concern(self, path: Path) -> Concern | None:
        """Return what the saving of `path` concerns; None: nothing that is watched.

        A kata.toml that nobody knows may be that of a new kata.
        """
        found = self._files.get(path)
        if found is None and path.name == METADATA and not self.names:
            return Concern(Saved.METADATA, path.parent.name)
        return found

    def reload(self) -> None:
        """Read the tree again. Raises GraderError and keeps what was known."""
        self._read(catalog.load(self.catalog.root))

    def add(self, kata: Kata) -> None:
        """Watch this kata too."""
        if kata.slug not in self.katas:
            self.names.append(kata.slug)
            self._read(self.catalog)

    def kata(self, slug: str) -> Kata:
        """Return a watched kata; raises GraderError for one that has left the tree."""
        if slug not in self.katas:
            raise GraderError(phrase("{slug}: is no longer here; restore it with git", slug=slug))
        return self.katas[slug]

    def sheet(self, topic_folder: str) -> Place:
        """Return the place of a watched sheet; raises GraderError for one that is gone."""
        if topic_folder not in self.sheets:
            raise GraderError(phrase("{slug}: is no longer here; restore it with git",
                                     slug=topic_folder))
        return self.sheets[topic_folder]


def stamp(kata: Kata) -> Stamp:
    """Return what module, suite and metadata of a kata are now."""
    found = [_file(path) for path in (kata.stub, kata.suite, kata.folder / METADATA)]
    return Stamp(tuple(content for content, _ in found), tuple(marks for _, marks in found))


def _file(path: Path) -> tuple[str, tuple[int, ...]]:
    try:
        held = path.stat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return f"cannot be read: {error.errno}", ()
    return digest, (held.st_mtime_ns, held.st_size, held.st_ino)
