"""Where the repositories of a cohort are made: here, or somewhere else that takes a push.

`Remote` is what `create` knows of any place; forges are in `forge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from graders.cohort import place, transfer
from graders.cohort.transfer import Place
from graders.model import Learner
from graders.repository import Repository


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a repository was made now; its address, "" for the place in the cohort's folder."""

    made: bool
    address: str = ""


class Remote(Protocol):
    """A place for repositories; used by several threads at once."""

    def calls(self, learner: Learner) -> list[str]:
        """Return every call that `make` would make for a learner, one a line."""

    def make(self, learner: Learner, store: Repository, commit: str) -> Outcome:
        """Make what is missing of a learner's repository. Raises GraderError or OSError."""


@dataclass(frozen=True, slots=True)
class Here:
    """COHORT/repos; a learner whose repository stands in the roster gets theirs there."""

    folder: Path
    repositories: Path
    bare: bool = False

    def calls(self, learner: Learner) -> list[str]:
        """Return what would be made or pushed."""
        if learner.repo:
            return push_call(Place(learner.repo, self.folder))
        path = self.repositories / learner.id
        return [] if path.exists() else [f"git init {'--bare ' * self.bare}{path}"]

    def make(self, learner: Learner, store: Repository, commit: str) -> Outcome:
        """Make the repository, or push to the one that the roster names."""
        if learner.repo:
            return Outcome(push(Place(learner.repo, self.folder), store, commit), learner.repo)
        if (self.repositories / learner.id).exists():
            return Outcome(False)
        place.make(self.repositories, learner.id, store, commit, self.bare)
        return Outcome(True)


def push(where: Place, store: Repository, commit: str) -> bool:
    """Push the first commit to a repository that has none; return whether it had none."""
    if transfer.tip(where):
        return False
    transfer.give(store.path, where, commit)
    return True


def push_call(where: Place) -> list[str]:
    """Return the push that would be made, if any."""
    return [] if transfer.tip(where) else [f"git push {where.address} main"]
