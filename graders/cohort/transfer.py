"""Commits to and from a learner's repository, wherever it is: by git, never by its files.

    tip      which commit is on its branch
    take     that branch into our store, under a ref of ours
    give     a commit of ours onto its branch, only forward

What stands in a repository on this disk (settings, hooks, an alternate store) has no say: see
`bounded_git`, and `receiving` for what takes a push. On another host that host's own rules hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graders.cohort.bounded_git import Bounds, run
from graders.cohort.fetch import located
from graders.cohort.receiving import receiving
from graders.errors import GraderError
from graders.git import PROTOCOLS
from graders.phrases import phrase

BRANCH = "main"
_ASK = Bounds(wall_s=30.0)
_MOVE = Bounds(wall_s=120.0, cpu_s=60)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a repository is: a path counts from `base`; `variables` let git in (see `access`)."""

    address: str
    base: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def located(self) -> str:
        """The address as git is given it. Raises GraderError where a path leads nowhere."""
        return located(self.address, self.base)


def tip(place: Place) -> str:
    """Return the commit that the branch of a repository stands at, "" where it has none.

    Raises GraderError where the repository cannot be reached.
    """
    name = f"refs/heads/{BRANCH}"
    told = run(["ls-remote", "--", place.located, name], _ASK, protocols=PROTOCOLS,
               variables=place.variables)
    lines = (line.split("\t") for line in told.decode("ascii", "replace").splitlines())
    return next((words[0] for words in lines if words[1:] == [name]), "")


def take(store: Path, place: Place, ref: str) -> None:
    """Bring the branch of a repository into our store as `ref`. Raises GraderError."""
    run(["-C", str(store), "fetch", "--quiet", "--no-tags", "--no-recurse-submodules",
         "--no-write-fetch-head", "--no-auto-maintenance", "--", place.located,
         f"+refs/heads/{BRANCH}:{ref}"], _MOVE, protocols=PROTOCOLS, variables=place.variables)


def give(store: Path, place: Place, commit: str) -> None:
    """Put a commit of our store onto the branch of a repository, only forward.

    Raises GraderError where it cannot be reached, or has moved meanwhile.
    """
    where = place.located
    with taken(where, checked_out=True) as address:
        try:
            run(["-C", str(store), "push", "--quiet", "--no-verify", "--", address,
                 f"{commit}:refs/heads/{BRANCH}"], _MOVE, protocols=PROTOCOLS,
                variables=place.variables)
        except GraderError as error:
            raise GraderError(phrase("{where}: does not take the commit ({error}); try again",
                                     where=place.address, error=error)) from error


@contextmanager
def taken(where: str, checked_out: bool) -> Iterator[str]:
    """Yield what to push to for a located address: of a path, see `receiving`."""
    if not where.startswith("file://"):
        yield where
        return
    with receiving(Path(where.removeprefix("file://")), checked_out) as address:
        yield address
