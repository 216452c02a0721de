"""The stub of a kata as it was shipped, found again when a solution stands in its place.

The first of these that holds a version which katas/manifest.json knows by its hash, so that
nothing but a stub is ever taken for one:

    the history of this branch, then of all branches here; the newest first
    the template that the repository was made from (_src_path of .copier-answers.yml)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from graders import git, settings, stubs
from graders.errors import GraderError, Withheld
from graders.judge.cache import default_store
from graders.learn.answer_source import template_address
from graders.model import Kata
from graders.phrases import phrase

_BRANCHES = ("starter", "main", "master")
_MOST = 1000  # versions to look at: a long life of one module


def stub(root: Path, kata: Kata) -> bytes:
    """Return the stub. Raises Withheld, with how to get it, where none can be had."""
    known = stubs.known_stubs(root / "katas").get(kata.slug, frozenset())
    for data in _versions(root, kata):
        if stubs.stub_hash(data) in known:
            return data
    raise Withheld(phrase(
        "{slug}: its stub is not in the history of this repository, and cannot be had from its "
        "template; get it by: git fetch ADDRESS starter:starter", slug=kata.slug))


def _versions(root: Path, kata: Kata) -> Iterator[bytes]:
    # By name wherever it lies: a topic's folder may have been called otherwise.
    pattern = f"katas/**/{kata.slug}.py"
    for revisions in (["HEAD"], ["--branches", "--remotes"]):
        for found in git.versions(root, pattern, revisions)[:_MOST]:
            with suppress(GraderError):  # a clone without all of its history
                yield git.blob(root, found)
    yield from _of_template(root, kata)


def _of_template(root: Path, kata: Kata) -> Iterator[bytes]:
    address = template_address(settings.read(root).get("_src_path", "").strip())
    if not address:
        return
    name = hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    cache = default_store() / "stubs" / f"{name}.git"
    folder = kata.folder.relative_to(root).as_posix()
    for branch in _BRANCHES:
        with suppress(GraderError):  # no such branch, or no network: then the one from before
            git.fetch(cache, address, branch)
        with suppress(GraderError):
            commit = git.commit(cache, [f"refs/heads/{branch}"])
            if commit:
                yield from (git.content(cache, each) for each in git.files(cache, commit, folder)
                            if each.path == f"{folder}/{kata.slug}.py")
