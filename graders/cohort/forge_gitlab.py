"""GitLab, gitlab.com or one's own, by python-gitlab.

GitLab lets developers push to every branch but the default one, so that branch gets a rule of its
own before it is there: developers push, nobody by force.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import quote

from graders.cohort.access import address
from graders.cohort.settings import Forge
from graders.cohort.transfer import BRANCH
from graders.errors import GraderError
from graders.phrases import phrase

_DEVELOPER = 30
_THERE = 409  # "already exists"


class Client:
    """See `forge.Client`."""

    def __init__(self, forge: Forge, token: str) -> None:
        """`forge.owner` is the path of a group, or of the person whose token this is."""
        import gitlab
        import requests

        self._forge = forge
        self.refusals: tuple[type[Exception], ...] = (gitlab.GitlabError,
                                                      requests.RequestException)
        self._error: Any = gitlab.GitlabHttpError, gitlab.GitlabGetError, gitlab.GitlabCreateError
        self._gitlab = gitlab.Gitlab(address(forge), private_token=token, timeout=60)

    @cached_property
    def _namespace(self) -> int:
        return int(self._gitlab.namespaces.get(self._forge.owner).id)

    def _project(self, name: str) -> Any:
        try:
            return self._gitlab.projects.get(f"{self._forge.owner}/{name}")
        except self._error as error:
            if error.response_code == 404:
                return None
            raise

    def find(self, name: str) -> str:
        """Return the address, or ""."""
        found = self._project(name)
        return found.http_url_to_repo if found else ""

    def create(self, name: str) -> str:
        """Make the project in the group's or the person's namespace."""
        made = self._gitlab.projects.create({
            "name": name, "path": name, "namespace_id": self._namespace,
            "visibility": "private" if self._forge.private else "public",
            "default_branch": BRANCH, "initialize_with_readme": False})
        return str(made.http_url_to_repo)

    def add(self, name: str, account: str) -> None:
        """Make the account a developer who may push to the branch."""
        users: Any = self._gitlab.users.list(username=account, get_all=False)
        if not users:
            raise GraderError(phrase("{where}: has no account '{name}'; write it into the column "
                                     "'account' of the roster", where=address(self._forge),
                                     name=account))
        project: Any = self._gitlab.projects.get(f"{self._forge.owner}/{name}", lazy=True)
        for made, said in (
            (project.protectedbranches, {"name": BRANCH, "push_access_level": _DEVELOPER,
                                         "merge_access_level": _DEVELOPER}),
            (project.members, {"user_id": users[0].id, "access_level": _DEVELOPER}),
        ):
            try:
                made.create(said)
            except self._error as error:
                if error.response_code != _THERE:
                    raise

    def calls(self, name: str, account: str) -> list[str]:
        """Return all three calls."""
        project = quote(f"{self._forge.owner}/{name}", safe="")
        visibility = "private" if self._forge.private else "public"
        return [f"POST /projects name={name} visibility={visibility}",
                f"POST /projects/{project}/protected_branches name={BRANCH} push=developers",
                f"POST /projects/{project}/members user={account} access=developer"]
