"""Which place the repositories of a cohort are made in: cohort.toml says, or the command line."""

from __future__ import annotations

import importlib

from graders.cohort.access import token
from graders.cohort.forge import Client, OnForge
from graders.cohort.remote import Here, Remote
from graders.cohort.settings import FILE, Cohort, Forge
from graders.errors import GraderError
from graders.phrases import phrase


def remote(cohort: Cohort, kind: str | None = None) -> Remote:
    """Return the place; `kind` ("bare" or a forge) comes before what cohort.toml says.

    Raises GraderError for a forge that cohort.toml does not describe.
    """
    wanted = kind or (cohort.forge.kind if cohort.forge else "")
    if wanted in ("", "bare"):
        return Here(cohort.folder, cohort.repositories, bare=wanted == "bare")
    if not cohort.forge or cohort.forge.kind != wanted:
        raise GraderError(phrase("{file}: no [forge] of kind '{kind}'; add it, with its owner",
                                 file=FILE, kind=wanted))
    return OnForge(cohort, cohort.forge, _client(cohort.forge))


def _client(forge: Forge) -> Client:
    """Return the forge's client; its library is loaded now. Raises GraderError without a token."""
    given = token(forge)
    try:
        module = importlib.import_module(f"graders.cohort.forge_{forge.kind}")
        client: Client = module.Client(forge, given)
    except ImportError as error:
        raise GraderError(phrase("{name}: is not installed; run: python3 noxfile.py -s cohort",
                                 name=error.name or str(error))) from error
    return client
