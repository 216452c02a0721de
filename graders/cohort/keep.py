"""COHORT/collected.git: what we took of each learner's repository, in commits of our own.

    refs/collected/<learner>/<collection>    a commit that holds the taken files and nothing else

A bare repository that only we write. Equal contents are stored once. A ref is made last, in one
step, so a run that was killed leaves at most objects that nothing names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graders import git
from graders.cohort import fetch
from graders.cohort.bounded_git import Bounds, run
from graders.cohort.fetch import File, State

NAME = "collected.git"
_WRITE = Bounds(wall_s=120.0, file_mib=512)


def open_store(cohort: Path) -> Path:
    """Return the repository of a cohort, made if it is missing. Raises GraderError."""
    folder = cohort / NAME
    if not (folder / "HEAD").exists():
        run(["init", "--quiet", "--bare", "--template=", str(folder)])
        folder.chmod(0o700)
    return folder


def ref_of(learner: str, collection: int) -> str:
    """Return the ref of what one collection took of a learner."""
    return f"refs/collected/{learner}/{collection}"


@dataclass(frozen=True, slots=True)
class About:
    """A commit's message, its time as a Unix time stamp (ours), and the commit that it follows."""

    words: str
    at_s: int
    parent: str = ""


def keep(store: Path, ref: str, files: Iterable[File], about: About) -> str:
    """Store the taken files under `ref`; return the id of the commit.

    The same files and the same `about` give the same id. Raises GraderError.
    """
    words = about.words.encode()
    stream = bytearray(b"feature done\n")
    stream += b"commit %s\n" % ref.encode()
    stream += b"committer kata40 <kata40@localhost> %d +0000\n" % about.at_s
    stream += b"data %d\n%s\n" % (len(words), words)
    if about.parent:
        stream += b"from %s\ndeleteall\n" % about.parent.encode()
    for file in files:
        if file.state is State.TAKEN:
            stream += b"M 100644 inline %s\n" % file.path.encode()
            stream += b"data %d\n%s\n" % (len(file.data), file.data)
    stream += b"\ndone\n"
    run(["-C", str(store), "fast-import", "--quiet", "--force", "--date-format=raw"], _WRITE,
        bytes(stream))
    return git.commit(store, [ref])


def read(store: Path, blobs: Iterable[str], most: int) -> dict[str, bytes]:
    """Return the kept contents by their ids; they have `most` bytes in all. Raises GraderError."""
    return fetch.contents(str(store), blobs, most)


def blob_id(data: bytes) -> str:
    """Return git's id of a content (git-hash-object)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
