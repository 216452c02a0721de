"""GitHub, or a GitHub Enterprise server, by PyGithub, the client that GitHub's own page lists.

It waits as it is told when it is asked to slow down, and at GitHub itself a second between two
writes, which GitHub asks for: three hundred learners take ten minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graders.cohort.settings import Forge

if TYPE_CHECKING:
    from github.Organization import Organization
    from github.Repository import Repository

_API = "https://api.github.com"
_TRIES = 5


class Client:
    """See `forge.Client`."""

    def __init__(self, forge: Forge, token: str) -> None:
        """`forge.url` is a server's address; its API is below /api/v3."""
        import github
        import requests

        self._forge = forge
        self.refusals: tuple[type[Exception], ...] = (github.GithubException,
                                                      requests.RequestException)
        self._unknown = github.UnknownObjectException
        self._github = github.Github(
            auth=github.Auth.Token(token), base_url=f"{forge.url}/api/v3" if forge.url else _API,
            retry=github.GithubRetry(total=_TRIES), seconds_between_requests=0,
            seconds_between_writes=0 if forge.url else 1)

    @cached_property
    def _organisation(self) -> Organization | None:
        """The owner, None where it is a person: the one whose token this is."""
        found: Organization | None = self._or_none(
            lambda: self._github.get_organization(self._forge.owner))
        return found

    def _or_none(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except self._unknown:
            return None

    def _repository(self, name: str) -> Repository | None:
        found: Repository | None = self._or_none(
            lambda: self._github.get_repo(f"{self._forge.owner}/{name}"))
        return found

    def find(self, name: str) -> str:
        """Return the address, or ""."""
        found = self._repository(name)
        return found.clone_url if found else ""

    def create(self, name: str) -> str:
        """Make the repository with the organisation, or with the person."""
        owner: Any = self._organisation or self._github.get_user()
        made = owner.create_repo(name, private=self._forge.private, has_wiki=False,
                                 auto_init=False)
        return str(made.clone_url)

    def add(self, name: str, account: str) -> None:
        """Invite the account to push."""
        lazy = self._github.withLazy(True)  # the repository itself is not asked for
        repository = lazy.get_repo(f"{self._forge.owner}/{name}")
        repository.add_to_collaborators(account, permission="push")

    def calls(self, name: str, account: str) -> list[str]:
        """Return both calls."""
        owner = self._forge.owner
        where = f"/orgs/{owner}/repos" if self._organisation else "/user/repos"
        return [f"POST {where} name={name} private={str(self._forge.private).lower()}",
                f"PUT /repos/{owner}/{name}/collaborators/{account} permission=push"]
