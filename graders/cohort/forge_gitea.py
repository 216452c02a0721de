"""Gitea or Forgejo by py-gitea, Gitea's API from Python."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import Any

from graders.cohort.forge_http import patient
from graders.cohort.settings import Forge
from graders.cohort.transfer import BRANCH


class Client:
    """See `forge.Client`."""

    def __init__(self, forge: Forge, token: str) -> None:
        """`forge.owner` is an organisation, or the person whose token this is."""
        import gitea  # type: ignore[import-untyped]
        import requests
        from gitea.exceptions import GiteaApiException  # type: ignore[import-untyped]

        self._forge, self._library = forge, gitea
        self.refusals: tuple[type[Exception], ...] = (GiteaApiException,
                                                      requests.RequestException)
        self._gitea: Any = gitea.Gitea(forge.url, token)
        self._gitea.logger.setLevel(logging.CRITICAL)  # what it refuses is told by us
        patient(self._gitea.requests)

    @cached_property
    def _owner(self) -> Any:
        """The organisation, or the person; both make repositories."""
        try:
            return self._library.Organization.request(self._gitea, self._forge.owner)
        except self._library.NotFoundException:
            return self._library.User.request(self._gitea, self._forge.owner)

    def find(self, name: str) -> str:
        """Return the address, or ""."""
        try:
            found = self._library.Repository.request(self._gitea, self._forge.owner, name)
        except self._library.NotFoundException:
            return ""
        return str(found.clone_url)

    def create(self, name: str) -> str:
        """Make the repository, empty."""
        made = self._owner.create_repo(name, private=self._forge.private, autoInit=False,
                                       default_branch=BRANCH)
        return str(made.clone_url)

    def add(self, name: str, account: str) -> None:
        """Let the account push; py-gitea has no word for it, but for its own requests."""
        self._gitea.requests_put(f"/repos/{self._forge.owner}/{name}/collaborators/{account}",
                                 {"permission": "write"})

    def calls(self, name: str, account: str) -> list[str]:
        """Return both calls."""
        owner = self._forge.owner
        person = isinstance(self._owner, self._library.User)
        where = "/user/repos" if person else f"/orgs/{owner}/repos"
        return [f"POST {where} name={name} private={str(self._forge.private).lower()}",
                f"PUT /repos/{owner}/{name}/collaborators/{account} permission=write"]
