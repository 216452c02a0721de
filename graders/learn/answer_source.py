"""Where answers are read from: the first of these that has them.

    solutions/                                 a clone of the maintainers' main
    reference-solutions, origin's               branches of this repository
    answers_from of .copier-answers.yml         an address, or else
    _src_path                                   where copier made this repository from

The branch of an address is fetched into a bare repository in the store, anew after a day; without
a network the one from before serves. Hidden suites and keys of questions are never read.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graders import git, settings
from graders.errors import GraderError, Withheld
from graders.judge.cache import default_store
from graders.phrases import phrase

BRANCH = "reference-solutions"
_HERE = (f"refs/heads/{BRANCH}", f"refs/remotes/origin/{BRANCH}")
_ADDRESS = re.compile(r"(https|ssh|file)://[^\s-]\S*|[\w.][\w.-]*@[\w.][\w.-]*:[^\s:-]\S*")
_SHORT = {"gh": "https://github.com/", "gl": "https://gitlab.com/"}  # as copier writes them
_FRESH_S = 24 * 3600
_MAX_BYTES = 256 * 1024  # a long analysis has 10 KiB

Wanted = Callable[[str], bool]  # by a file's name, without folder


@dataclass(frozen=True, slots=True)
class Solutions:
    """Files of one folder of solutions, by name."""

    files: Mapping[str, bytes]


def read(root: Path, folder: str, wanted: Wanted) -> Solutions:
    """Return the files that are `wanted` in a folder ("solutions/systems/s03_cache").

    Raises Withheld, with how to get them, where none can be had.
    """
    if (root / "solutions").is_dir():
        return _found(_of_tree(root / folder, wanted), folder)
    here = git.commit(root, _HERE)
    if here and (files := _of_commit(root, here, folder, wanted)):
        return Solutions(files)
    address = _address(root)
    if not address:
        raise Withheld(phrase(
            "{folder}: the answers are not in this repository and its settings name no place; "
            "get the branch from your instructor: git fetch ADDRESS {branch}:{branch}",
            folder=folder, branch=BRANCH))
    cache = _fetched(address)
    return _found(_of_commit(cache, git.commit(cache, _HERE), folder, wanted), folder)


def _found(files: Mapping[str, bytes], folder: str) -> Solutions:
    if not files:
        raise Withheld(phrase("{folder}: no answer is there yet; ask again after an update",
                              folder=folder))
    return Solutions(files)


def _of_tree(folder: Path, wanted: Wanted) -> dict[str, bytes]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(each.name for each in entries
                           if wanted(each.name) and each.is_file(follow_symlinks=False)
                           and each.stat().st_size <= _MAX_BYTES)
        return {name: (folder / name).read_bytes() for name in names}
    except FileNotFoundError:
        return {}


def _of_commit(repository: Path, commit: str, folder: str, wanted: Wanted) -> dict[str, bytes]:
    if not commit:
        return {}
    found = {blob.path.rpartition("/")[2]: blob for blob in git.files(repository, commit, folder)}
    return {name: git.content(repository, blob) for name, blob in found.items()
            if wanted(name) and blob.size <= _MAX_BYTES}


def _address(root: Path) -> str:
    """Return where to fetch from, or "". Raises GraderError for a setting that is no address."""
    held = settings.read(root)
    if own := held.get("answers_from", "").strip():
        if not _ADDRESS.fullmatch(own):
            raise GraderError(phrase(
                "{file}: answers_from is '{setting}'; write an address that begins with https://, "
                "ssh:// or file://", file=settings.FILE, setting=own[:200]))
        return own
    return template_address(held.get("_src_path", "").strip())


def template_address(made_from: str) -> str:
    """Return the address that copier's `_src_path` stands for, or ""."""
    prefix, _, rest = made_from.partition(":")
    if prefix in _SHORT and rest:
        made_from = f"{_SHORT[prefix]}{rest.strip('/').removesuffix('.git')}.git"
    made_from = made_from.removeprefix("git+")
    if _ADDRESS.fullmatch(made_from):
        return made_from
    with suppress(OSError, RuntimeError, ValueError):  # no such user, a null byte
        path = Path(made_from).expanduser()
        if path.is_absolute() and path.is_dir():
            return path.as_uri()
    return ""


def _fetched(address: str) -> Path:
    """Return the bare repository that holds the branch of `address`. Raises Withheld."""
    name = hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    cache = default_store() / "answers" / f"{name}.git"
    stamp = cache / "fetched"
    with suppress(OSError):
        if 0 <= time.time() - stamp.stat().st_mtime < _FRESH_S:
            return cache
    try:
        git.fetch(cache, address, BRANCH)
        with suppress(OSError):
            stamp.touch()
    except GraderError as error:
        if not git.commit(cache, _HERE):
            raise Withheld(phrase(
                "{address}: the answers cannot be fetched ({text}); with a network and leave to "
                "read it, get them by: git fetch {address} {branch}:{branch}",
                address=address, text=str(error), branch=BRANCH)) from error
    return cache
