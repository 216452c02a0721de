"""Trees of learners: what is refused, and what is never read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from graders.cohort import trees
from graders.errors import GraderError
from tests.cohort.small import git


@pytest.fixture
def store(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "store.git")
    return tmp_path / "store.git"


def blob(store: Path, data: bytes) -> str:
    done = subprocess.run(["git", "-C", store, "hash-object", "-w", "--stdin"], input=data,
                          capture_output=True, check=True)
    return done.stdout.decode().strip()


def tree(store: Path, *lines: str) -> str:
    """Store a tree of these lines as `git mktree` reads them; nothing is checked."""
    done = subprocess.run(["git", "-C", store, "mktree", "--missing"],
                          input="".join(f"{line}\n" for line in lines).encode(),
                          capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(store: Path, top: str) -> str:
    return git(store, "commit-tree", "-m", "x", top)


@pytest.mark.parametrize("name", ["..", ".", ".git", ".GIT"])
@pytest.mark.parametrize("deep", [False, True])
def test_a_path_that_no_checkout_may_have_is_refused(store: Path, name: str, deep: bool) -> None:
    inner = tree(store, f"100644 blob {blob(store, b'x')}\tx")
    top = tree(store, f"040000 tree {inner}\t{name}")
    if deep:
        top = tree(store, f"040000 tree {top}\tkatas")
    with pytest.raises(GraderError, match="is no path that a checkout may have"):
        trees.listed(store, commit(store, top))


def test_too_many_files_are_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "FILES_CAP", 2)
    held = blob(store, b"x")
    top = tree(store, *(f"100644 blob {held}\t{name}" for name in "abc"))
    with pytest.raises(GraderError, match="more than 2 files; ask the learner to remove"):
        trees.listed(store, commit(store, top))


def test_links_and_submodules_are_listed_as_what_they_are(store: Path) -> None:
    held = blob(store, b"/etc/passwd")
    top = tree(store, f"120000 blob {held}\tlink", f"160000 commit {'1' * 40}\tsub")
    found = trees.listed(store, commit(store, top))
    assert found.tree == {"link": ("120000", held), "sub": ("160000", "1" * 40)}


def test_what_is_too_long_is_work_and_never_read(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "READ_CAP", 10)
    held = blob(store, b"x" * 11)
    found = trees.listed(store, commit(store, tree(store, f"100644 blob {held}\tlong.py")))
    asked = trees.Contents(store, {"long": frozenset()}, dict(found.sizes))
    assert not asked.is_stub("katas/long/long.py", held)
    assert asked.merged(held, held, held) == "" and asked.read == {}
    with pytest.raises(GraderError, match="more than 10 bytes; ask the learner to put"):
        asked.content(held)
