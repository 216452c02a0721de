"""Trees and contents of commits in the cohort's store, a learner's among them.

Sizes come first: what is too large is never read. A tree that is too long, or holds a path that no
checkout should meet, is refused.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graders import stubs
from graders.cohort.bounded_git import Bounds, run
from graders.cohort.fetch import contents
from graders.cohort.files import manifest_name
from graders.cohort.merge import Tree
from graders.errors import GraderError
from graders.phrases import phrase

FILES_CAP = 50_000  # of one learner; a copy of everything has some thousands
READ_CAP = 1 << 20  # bytes of a file that is looked at; longer ones are work, or conflicts
_LIST = Bounds(file_mib=32)
_NEVER = ("", ".", "..")


@dataclass(frozen=True, slots=True)
class Listed:
    """A tree, and the size of each content in it by its id."""

    tree: Tree
    sizes: Mapping[str, int]


def listed(store: Path, commit: str) -> Listed:
    """Return the tree of a commit. Raises GraderError for one that is refused."""
    told = run(["-C", str(store), "ls-tree", "-r", "-l", "-z", "--full-tree", commit], _LIST)
    lines = told.split(b"\0")[:-1]
    if len(lines) > FILES_CAP:
        raise GraderError(phrase("more than {most} files; ask the learner to remove what is no "
                                 "part of the katas", most=FILES_CAP))
    tree, sizes = {}, {}
    for line in lines:
        facts, _, name = line.partition(b"\t")
        mode, _, blob, size = facts.decode("ascii", "replace").split()
        path = os.fsdecode(name)
        if any(part in _NEVER or part.casefold() == ".git" for part in path.split("/")):
            raise GraderError(phrase("{path}: is no path that a checkout may have; ask the learner "
                                     "to remove it", path=ascii(path)[:200]))
        tree[path] = (mode, blob)
        sizes[blob] = int(size) if size.isdigit() else 0
    return Listed(tree, sizes)


@dataclass
class Contents:
    """Answers `merge`'s questions by the contents in the store.

    `known` are the hashes of every stub ever shipped, by the newest version's manifest.
    """

    store: Path
    known: Mapping[str, frozenset[str]]
    sizes: dict[str, int] = field(default_factory=dict)
    read: dict[str, bytes] = field(default_factory=dict)

    def load(self, blobs: Iterable[str]) -> None:
        """Read what will be asked for, at once; what is too long is left out."""
        wanted = [each for each in dict.fromkeys(blobs)
                  if each not in self.read and self.sizes.get(each, READ_CAP + 1) <= READ_CAP]
        self.read |= contents(str(self.store), wanted, sum(self.sizes[each] for each in wanted))

    def content(self, blob: str) -> bytes:
        """Return what is in a file. Raises GraderError where it is too long to be ours."""
        self.load([blob])
        if blob not in self.read:
            raise GraderError(phrase("a file to change has more than {count} bytes; ask the "
                                     "learner to put the shipped one back", count=READ_CAP))
        return self.read[blob]

    def is_stub(self, path: str, blob: str) -> bool:
        """Whether a piece of work is as some version shipped it; too long is none."""
        self.load([blob])
        data = self.read.get(blob)
        return data is not None and (
            stubs.stub_hash(data) in self.known.get(manifest_name(path), ()))

    def merged(self, mine: str, base: str, theirs: str) -> str:
        """Store the three contents merged and return its id, "" for a conflict or no text."""
        self.load([mine, base, theirs])
        texts = [self.read.get(each) for each in (mine, base, theirs)]
        if any(text is None or b"\0" in text for text in texts):
            return ""
        with tempfile.TemporaryDirectory(prefix="kata40-merge-") as folder:
            names = [str(Path(folder, name)) for name in ("mine", "base", "theirs")]
            for name, text in zip(names, texts, strict=True):
                Path(name).write_bytes(text or b"")
            try:
                data = run(["merge-file", "-p", "-q", *names])
            except GraderError:
                return ""  # as many conflicts as the exit code says
        return run(["-C", str(self.store), "hash-object", "-w", "--no-filters", "--stdin"],
                   data=data).decode().strip()
