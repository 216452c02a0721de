"""Gitee by its API v5 (https://gitee.com/api/v5/swagger) over requests.

No client of it is kept by Gitee or used by many, and three calls are all that is needed.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from graders.cohort.access import address
from graders.cohort.forge_http import patient
from graders.cohort.settings import Forge

_TIMEOUT_S = 60


class Client:
    """See `forge.Client`."""

    def __init__(self, forge: Forge, token: str) -> None:
        """`forge.owner` is an organisation, or the person whose token this is."""
        import requests

        self._forge = forge
        self.refusals: tuple[type[Exception], ...] = (requests.RequestException, ValueError)
        self._session = patient(requests.Session())
        self._session.headers["Authorization"] = f"token {token}"

    def _call(self, method: str, path: str, said: Any = None) -> Any:
        """Return the answer; None where there is no such thing. Raises one of `refusals`."""
        answer = self._session.request(method, f"{address(self._forge)}/api/v5{path}", json=said,
                                       timeout=_TIMEOUT_S)
        if method == "GET" and answer.status_code == 404:
            return None
        if answer.status_code >= 400:
            raise ValueError(f"{answer.status_code} {answer.text[:200]}")
        return answer.json() if answer.content else {}

    @cached_property
    def _below(self) -> str:
        """Where repositories are made: with the organisation, or with the person."""
        found = self._call("GET", f"/orgs/{self._forge.owner}")
        return f"/orgs/{self._forge.owner}/repos" if found else "/user/repos"

    def find(self, name: str) -> str:
        """Return the address, or ""."""
        found = self._call("GET", f"/repos/{self._forge.owner}/{name}")
        return _clone_address(found) if found else ""

    def create(self, name: str) -> str:
        """Make the repository, empty."""
        return _clone_address(self._call("POST", self._below, {
            "name": name, "path": name, "private": self._forge.private, "auto_init": False,
            "has_wiki": False}))

    def add(self, name: str, account: str) -> None:
        """Let the account push."""
        self._call("PUT", f"/repos/{self._forge.owner}/{name}/collaborators/{account}",
                   {"permission": "push"})

    def calls(self, name: str, account: str) -> list[str]:
        """Return both calls."""
        return [f"POST {self._below} name={name} private={str(self._forge.private).lower()}",
                f"PUT /repos/{self._forge.owner}/{name}/collaborators/{account} permission=push"]


def _clone_address(repository: dict[str, object]) -> str:
    """Return the address for git; `html_url` is that, with .git at its end or without."""
    found = str(repository["html_url"])
    return found if found.endswith(".git") else f"{found}.git"
