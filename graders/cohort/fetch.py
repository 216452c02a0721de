"""What stands in a learner's repository: fetched into one of ours, read by exact paths.

    address --fetch, depth 1--> <quarantine>/<n>.git     ls-tree, cat-file; removed afterwards
                                        |
                                Fetched: commit, files as bytes, what else stands in the tree

The quarantine is a fresh bare repository for each fetch. Nothing is checked out and nothing of
the learner's is run: not their hooks, settings, attributes or filters. What is wanted is asked
for by its whole path, so two files whose names differ by case only are no trouble, and only
regular files are read, their size first. Raises GraderError for a repository that cannot be had;
owns no decision about what a strange file means.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from graders.cohort.bounded_git import Bounds, run
from graders.errors import GraderError
from graders.git import PROTOCOLS
from graders.judge.request import SOURCE_CAP
from graders.phrases import phrase

HEAD = "HEAD"
FETCH = Bounds(wall_s=90.0, cpu_s=30)
LISTED_CAP = 20_000  # files of one folder that are listed; graders/ has some hundreds
_REF = "refs/heads/fetched"
_REGULAR = ("100644", "100755")
_LIST = Bounds(file_mib=4)  # bytes of a listing: twenty thousand long paths


class State(StrEnum):
    """What stands in the place of a file."""

    TAKEN = "taken"
    MISSING = "missing"
    LINK = "link"
    FOLDER = "folder"
    SUBMODULE = "submodule"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class File:
    """One wanted file. `blob` is git's id of its content, also where it is not taken."""

    path: str
    state: State
    blob: str = ""
    size: int = 0
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One repository as it was when we fetched it.

    `written` is the date that the commit bears: the learner's word, only ever shown.
    `others` are regular files (path to git's id of the content) of the watched places.
    """

    commit: str
    written: str
    files: tuple[File, ...]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read: files by path; `watched` paths and all below those that end in "/"."""

    files: tuple[str, ...]
    watched: tuple[str, ...] = ()


def located(address: str, base: Path) -> str:
    """Return what git is given for an address of a roster: a URL, or of a path its file:// form.

    A path counts from `base`. Raises GraderError for what git could take for an option or for a
    helper to run; whatever else is wrong with an address shows when it is fetched.
    """
    if address.startswith("-") or "::" in address.split("/", 1)[0]:
        raise GraderError(phrase("{address}: is no address that is fetched from; use https, ssh, "
                                 "file, user@host:path or a path", address=address[:200]))
    scheme = address.partition("://")[0]
    if "://" in address:
        if scheme not in PROTOCOLS:
            raise GraderError(phrase("{address}: is no address that is fetched from; use https, "
                                     "ssh, file, user@host:path or a path", address=address[:200]))
        return address
    if ":" in address.split("/", 1)[0]:
        return address  # user@host:path, by ssh
    path = Path(base, address)
    if not path.is_dir():
        raise GraderError(phrase("{folder}: no such repository; create it, or mend the roster",
                                 folder=path))
    return f"file://{path.resolve()}"


def fetch(quarantine: Path, address: str, wanted: Wanted, ref: str = HEAD,
          variables: Mapping[str, str] | None = None) -> Fetched:
    """Fetch one repository and read what is wanted of it. Raises GraderError.

    `variables` let git in where a token is needed (see `access`).
    """
    quarantine.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=quarantine, suffix=".git") as folder:
        run(["init", "--quiet", "--bare", "--template=", folder])
        at = ["-C", folder]
        run([*at, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules",
             "--no-write-fetch-head", "--no-auto-maintenance", "--", address, f"+{ref}:{_REF}"],
            FETCH, protocols=PROTOCOLS, variables=variables)
        told = run([*at, "log", "-1", "--no-show-signature", "--format=%H %cI", _REF, "--"])
        commit, _, written = told.decode("ascii", "replace").strip().partition(" ")
        entries = _entries(folder, wanted.files)
        found = [_file(path, entries) for path in wanted.files]
        texts = contents(folder, [each.blob for each in found if each.state is State.TAKEN],
                         sum(each.size for each in found))
        files = tuple(replace(each, data=texts[each.blob]) if each.state is State.TAKEN else each
                      for each in found)
        return Fetched(commit, written[:40], files, _watched(folder, wanted.watched))


def contents(folder: str, blobs: Iterable[str], most: int) -> dict[str, bytes]:
    """Return the content of files by their ids; `most` bytes in all. Raises GraderError."""
    asked = list(dict.fromkeys(blobs))
    if not asked:
        return {}
    told = run(["-C", folder, "cat-file", "--batch", "--buffer"],
               Bounds(wall_s=120.0, file_mib=(most >> 20) + 8), "\n".join(asked).encode())
    found: dict[str, bytes] = {}
    at = 0
    for blob in asked:
        head, _, _ = told[at: at + 200].partition(b"\n")
        words = head.split()
        if len(words) != 3 or words[1] != b"blob":
            raise GraderError(phrase("{folder}: the content {blob} is not there; collect again",
                                     folder=folder, blob=blob))
        begin = at + len(head) + 1
        at = begin + int(words[2])
        found[blob] = told[begin:at]
        at += 1
    return found


def _entries(folder: str, paths: Iterable[str]) -> dict[str, tuple[str, str, int]]:
    """Return mode, id and size of what stands at the paths, or at a folder on the way to one."""
    asked = list(dict.fromkeys(
        each for path in paths for each in (*_parents(path), path)))
    found: dict[str, tuple[str, str, int]] = {}
    listed = run(["-C", folder, "ls-tree", "-z", "-l", "--full-tree", _REF, "--", *asked], _LIST)
    for line in listed.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, blob, size = facts.decode("ascii", "replace").split()
        found[os.fsdecode(path)] = (mode, blob, int(size) if size.isdigit() else 0)
    return found


def _parents(path: str) -> list[str]:
    words = path.split("/")
    return ["/".join(words[:count]) for count in range(1, len(words))]


def _file(path: str, entries: Mapping[str, tuple[str, str, int]]) -> File:
    for each in (*_parents(path), path):
        mode, blob, size = entries.get(each, ("", "", 0))
        if mode == "120000":
            return File(path, State.LINK, blob)
        if mode == "160000":
            return File(path, State.SUBMODULE, blob)
    if mode == "040000":
        return File(path, State.FOLDER, blob)
    if mode not in _REGULAR:
        return File(path, State.MISSING)
    if size > SOURCE_CAP:
        return File(path, State.TOO_LARGE, blob, size)
    return File(path, State.TAKEN, blob, size)


def _watched(folder: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the regular files at the watched places. Too many of them are a GraderError."""
    asked = list(paths)
    if not asked:
        return {}
    listed = run(["-C", folder, "ls-tree", "-z", "-r", "--full-tree", _REF, "--", *asked], _LIST)
    lines = listed.split(b"\0")[:-1]
    if len(lines) > LISTED_CAP:
        raise GraderError(phrase("{folder}: more than {most} files; ask the learner to remove what "
                                 "is no part of the katas", folder=", ".join(asked)[:200],
                                 most=LISTED_CAP))
    found = {}
    for line in lines:
        facts, _, path = line.partition(b"\t")
        mode, _, blob = facts.decode("ascii", "replace").split()
        found[os.fsdecode(path)] = blob if mode in _REGULAR else f"{mode} {blob}"
    return found
