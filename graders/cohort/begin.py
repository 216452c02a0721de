"""The first cohort.toml of a cohort: every key, what it means, and what is known already."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from graders.cohort.settings import FILE
from graders.errors import GraderError
from graders.phrases import phrase

_TEXT = """\
# A cohort of learners. What a key means: docs/teach.md. Lines that begin with # are the defaults.
format = 1
id = {id}
title = {title}

# The template: a path, or better the public address of the branch `starter`, since every learner's
# repository remembers it. The version is a tag there.
template = {template}
version = {version}

# What is handed out. Empty lists: everything that the template has.
# topics = ["s03", "a01"]
# katas = ["two_sum", "lru_cache_repair"]
# difficulty = 5
# language = "en"
# path = "all"

deadline = {deadline}
# answers_from = "https://git.example.org/katas/starter.git"
# answers_after = "never"

# What lateness costs, in percent of the points; as it stands, what is late earns nothing.
# [late]
# grace_minutes = 0
# percent_per_day = 100
# floor_percent = 0
# closes_after_days = 0

# A deadline of their own for a learner of the roster.
# [extensions.ada]
# deadline = {deadline}
# reason = "ill for a week"

# Where repositories are made; without it, below repos/ in this folder.
# [forge]
# kind = "gitea"
# url = "https://git.example.org"
# owner = "cs101"
# prefix = "cs101-"
# private = true
# token_variable = "KATA_FORGE_TOKEN"
"""
_WEEKS = 3


def begin(folder: Path, now: datetime, known: Mapping[str, str]) -> Path:
    """Write cohort.toml into `folder`, made if need be; return its path.

    `known` may have "template" and "version". Raises GraderError when there is such a file, or
    the folder has no name to make an id of.
    """
    path = folder / FILE
    name = re.sub(r"[^a-z0-9_-]+", "-", folder.absolute().name.lower()).strip("-_")[:64]
    if not name:
        raise GraderError(phrase("{folder}: gives no id; name a folder by letters or digits",
                                 folder=folder))
    due = (now + timedelta(weeks=_WEEKS)).replace(hour=23, minute=59, second=0, microsecond=0)
    values = {
        "id": name, "title": name, "deadline": due.isoformat(),
        "template": known.get("template") or "https://git.example.org/katas/starter.git",
        "version": known.get("version") or "v0.1.0"}
    quoted = {key: value if key == "deadline" else json.dumps(value, ensure_ascii=False)
              for key, value in values.items()}
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_TEXT.format(**quoted))
    except FileExistsError as error:
        raise GraderError(phrase("{file}: is there already; edit it, or name another folder",
                                 file=path)) from error
    return path
