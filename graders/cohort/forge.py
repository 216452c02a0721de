"""Repositories on a forge: made, shared with the learner, and pushed to.

    find ─ create ─ add ─ push        in this order, and the push is what ends it

A repository that has our commit is done. One that has none, since a run was stopped or refused,
is gone through from the start: each step may be done twice. Calls go out one after the other, as
forges ask; the pushes go side by side. When a forge says that it is asked too often, its client
waits for as long as it is told to.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from graders.cohort import access, transfer
from graders.cohort.addresses import address_fault
from graders.cohort.remote import Outcome
from graders.cohort.settings import Cohort
from graders.cohort.settings import Forge as Settings
from graders.cohort.transfer import Place
from graders.errors import GraderError
from graders.model import Learner
from graders.phrases import phrase
from graders.repository import Repository


class Client(Protocol):
    """What is asked of a forge's client. `refusals` are the exceptions that its calls raise."""

    refusals: tuple[type[Exception], ...]

    def find(self, name: str) -> str:
        """Return the address of a repository for git over https, "" where there is none."""

    def create(self, name: str) -> str:
        """Make an empty repository; return its address."""

    def add(self, name: str, account: str) -> None:
        """Let an account push to it; one that may already stays as it is."""

    def calls(self, name: str, account: str) -> list[str]:
        """Return the calls that `create` and `add` make, as METHOD path and what is said."""


@dataclass(frozen=True, slots=True)
class OnForge:
    """The place of a cohort whose repositories are on a forge; see `remote.Remote`."""

    cohort: Cohort
    settings: Settings
    client: Client
    _one: threading.Lock = field(default_factory=threading.Lock)

    def calls(self, learner: Learner) -> list[str]:
        """Return what would be called now; asking whether a repository is there is done."""
        name, account = self._names(learner)
        found = self._ask(self.client.find, name)
        if learner.repo not in ("", found):
            return self._push_call(learner.repo)
        if found and transfer.tip(self._place(found)):
            return []
        calls = self.client.calls(name, account)
        return [*(calls[1:] if found else calls),
                f"git push {found or f'{self.settings.owner}/{name}'} main"]

    def make(self, learner: Learner, store: Repository, commit: str) -> Outcome:
        """Make what is missing. A learner whose roster names another place gets theirs there."""
        name, account = self._names(learner)
        found = self._ask(self.client.find, name)
        if learner.repo not in ("", found):
            place = self._place(learner.repo)
        else:
            place = self._place(found or self._ask(self.client.create, name))
            if not transfer.tip(place):
                self._ask(self.client.add, name, account)
        if transfer.tip(place):
            return Outcome(False, place.address)
        transfer.give(store.path, place, commit)
        return Outcome(True, place.address)

    def _names(self, learner: Learner) -> tuple[str, str]:
        return self.settings.prefix + learner.id, learner.account or learner.id

    def _place(self, address: str) -> Place:
        if fault := address_fault(address):
            raise GraderError(f"'{address[:200]}' {fault}")
        return Place(address, self.cohort.folder, access.variables(self.cohort))

    def _push_call(self, address: str) -> list[str]:
        return [] if transfer.tip(self._place(address)) else [f"git push {address} main"]

    def _ask(self, call: Callable[..., str | None], *given: str) -> str:
        try:
            with self._one:
                return call(*given) or ""
        except self.client.refusals as error:
            why = " ".join(str(error).split())[:300]
            raise GraderError(phrase("{where}: {name}: refused ({error}); mend that and run the "
                                     "command again", where=access.address(self.settings),
                                     name=given[0], error=why)) from error
