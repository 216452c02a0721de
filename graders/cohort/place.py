"""Making a learner's repository on this machine: COHORT/repos/<id>, with a work tree or bare.

    store ─ pack ─► repos/.new-<id> ─ files, index ─► renamed to repos/<id>

A repository is there whole or not at all: it is made beside its place and renamed. What a killed
run has left beside is removed by the next. It shares no file with the store or another learner's:
what somebody breaks in place is broken for nobody else.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from graders.repository import Repository

BRANCH = "main"
_NEW = ".new-"
_CONFIG = ("[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = {bare}\n"
           "\tlogallrefupdates = {reflog}\n")
# A pushed branch is never rewound; what is pushed is checked.
_SERVED = "[receive]\n\tdenyNonFastForwards = true\n\tdenyDeletes = true\n\tfsckObjects = true\n"


def sweep(repositories: Path) -> None:
    """Remove what a killed run has left."""
    for each in repositories.glob(f"{_NEW}*"):
        shutil.rmtree(each)


def make(repositories: Path, learner: str, store: Repository, commit: str, bare: bool) -> None:
    """Make the repository of a learner's id with `commit` on its branch. Raises OSError."""
    final, new = repositories / learner, repositories / f"{_NEW}{learner}"
    git = new if bare else new / ".git"
    for folder in ("objects/pack", "objects/info", "refs/heads", "refs/tags", "info"):
        (git / folder).mkdir(parents=True)
    (git / "HEAD").write_text(f"ref: refs/heads/{BRANCH}\n")
    (git / "config").write_text(_config(bare))
    store.pack(commit, git / "objects/pack/pack")
    (git / f"refs/heads/{BRANCH}").write_text(f"{commit}\n")
    if not bare:
        Repository(new).fill()
    new.rename(final)


def _config(bare: bool) -> str:
    text = _CONFIG.format(bare=str(bare).lower(), reflog=str(not bare).lower())
    return text + (_SERVED if bare else "")


def missing(repositories: Path, learners: Iterable[str]) -> list[str]:
    """Return the ids of those who have no repository here."""
    return [each for each in learners if not (repositories / each).exists()]
