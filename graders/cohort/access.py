"""The token of a forge: from a variable of the environment to git, never onto a command line.

git sends it to that forge's address and to no other. Where cohort.toml has no forge, or the
variable is not set, git is given nothing; ssh has keys of its own.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping

from graders.cohort.settings import Cohort, Forge
from graders.errors import GraderError
from graders.phrases import phrase

PUBLIC = {"github": "https://github.com", "gitlab": "https://gitlab.com",
          "gitee": "https://gitee.com"}
# Whom the forge takes to push when the password is a token.
_USERS = {"github": "x-access-token", "gitlab": "oauth2", "gitea": "oauth2", "gitee": "oauth2"}


def token(forge: Forge) -> str:
    """Return the forge's token. Raises GraderError where the variable is not set."""
    value = os.environ.get(forge.token_variable, "").strip()
    if not value:
        raise GraderError(phrase("{name}: is not set; make a token at {where} that may create "
                                 "repositories, and put it into this variable",
                                 name=forge.token_variable, where=address(forge)))
    if any(each.isspace() or not each.isprintable() for each in value):
        raise GraderError(phrase("{name}: holds more than a token; copy it again",
                                 name=forge.token_variable))
    return value


def address(forge: Forge) -> str:
    """Return the address of a forge."""
    return forge.url or PUBLIC[forge.kind]


def variables(cohort: Cohort) -> Mapping[str, str]:
    """Return what git needs in its environment to reach the cohort's forge; nothing without one."""
    forge = cohort.forge
    if forge is None or not os.environ.get(forge.token_variable, "").strip():
        return {}
    told = base64.b64encode(f"{_USERS[forge.kind]}:{token(forge)}".encode()).decode()
    return {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"http.{address(forge)}/.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {told}"}
