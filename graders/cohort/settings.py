"""cohort.toml: what an instructor decides for a whole cohort, once.

    format = 1
    id = "autumn-2026"
    title = "Back-end interviews, autumn 2026"
    template = "https://git.example.org/katas/starter.git"      a path or an address
    version = "v0.2.0"                                           a tag of the template
    deadline = 2026-11-30T23:59:00+08:00                         the offset is needed

Owns the format of that file and of the folder around it; who is in the cohort is `roster`'s.
Strict: what is not known here is an error that names the line. What a topic or a kata may be
called only the template knows, so `create` checks these. Secrets never stand here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from graders.catalog_toml import Table, open_document
from graders.cohort.addresses import address_fault, text_fault
from graders.cohort.forges import FORGES
from graders.errors import GraderError
from graders.phrases import phrase

FORMAT = 1
FILE = "cohort.toml"
ROSTER = "roster.csv"
REPOSITORIES = "repos"
LANGUAGES = ("en", "zh")
PATHS = ("all", "sprint", "backend", "distributed", "algorithms")
TITLE_CAP = 80  # characters, as the template asks for

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+/-]{0,99}")
_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
_PREFIX = re.compile(r"[A-Za-z0-9._-]{0,40}")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_KEYS = ("format", "id", "title", "template", "version", "topics", "katas", "difficulty",
         "language", "path", "deadline", "answers_from", "answers_after", "late", "extensions",
         "forge")


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """What lateness costs: after `grace_minutes`, per begun day, down to a floor; then closed.

    Percent of the points that were earned. With the defaults nothing late counts.
    """

    grace_minutes: int = 0
    percent_per_day: int = 100
    floor_percent: int = 0  # the least share that is kept, however late
    closes_after_days: int = 0  # 0: never closes; what the floor leaves is kept for ever


@dataclass(frozen=True, slots=True)
class Extension:
    """A learner's own deadline, and why."""

    deadline: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Forge:
    """Where the learners' repositories are made. The token is read from a variable, not here."""

    kind: str
    url: str  # of the forge; "" is its public address
    owner: str  # organisation, group or user
    prefix: str = ""  # of repository names, before the learner's id
    private: bool = True
    token_variable: str = "KATA_FORGE_TOKEN"


@dataclass(frozen=True, slots=True)
class Cohort:
    """One cohort.toml, checked. `folder` is where it stands, absolute."""

    folder: Path
    id: str
    title: str
    template: str
    version: str
    deadline: datetime  # with its offset
    topics: tuple[str, ...] = ()  # codes like "s03"; empty: all
    katas: tuple[str, ...] = ()  # slugs; empty: all of the topics
    difficulty: int = 5  # the hardest that is handed out, 1..5
    language: str = "en"
    path: str = "all"
    answers_from: str = ""
    answers_after: str = ""  # a day like "2026-12-01", "never", or "" for always
    late: LatePolicy = LatePolicy()
    extensions: Mapping[str, Extension] = field(default_factory=lambda: MappingProxyType({}))
    forge: Forge | None = None

    def deadline_of(self, learner: str) -> datetime:
        """Return the deadline that holds for a learner: their extension's, or the cohort's."""
        own = self.extensions.get(learner)
        return own.deadline if own else self.deadline

    @property
    def roster(self) -> Path:
        """The roster, as `create` has copied it in."""
        return self.folder / ROSTER

    @property
    def repositories(self) -> Path:
        """The folder of the repositories that `create` makes on this machine."""
        return self.folder / REPOSITORIES


def read(folder: Path) -> Cohort:
    """Return the settings of the cohort in `folder`. Raises GraderError at the first fault."""
    folder = folder.absolute()
    if not (folder / FILE).exists():
        raise GraderError(phrase("{folder}: no {file} here; name a cohort's folder, or begin one "
                                 "with: {command}", folder=folder, file=FILE,
                                 command=f"python3 -m graders cohort init {folder.name}"))
    document = open_document(folder.parent, folder / FILE, phrase("the cohort's settings"))
    return _cohort(folder, document.parse())


def _cohort(folder: Path, top: Table) -> Cohort:
    version = top.whole("format", 0, 10**6)
    if version != FORMAT:
        known = phrase("format {version} is not {known}, the one known here", version=version,
                       known=FORMAT)
        remedy = phrase("update graders/") if version > FORMAT else phrase(
            "write the file anew with cohort init")
        raise top.fail("format", f"{known}; {remedy}")
    top.only(*_KEYS)
    return Cohort(
        folder=folder,
        id=_fitting(top, "id", _ID, phrase("use 1 to 64 of a-z, 0-9, _ and -, a letter or digit "
                                           "first")),
        title=_title(top),
        template=_address(top, "template"),
        version=_fitting(top, "version", _TAG, phrase("write a tag of the template, like v0.2.0")),
        deadline=_moment(top, "deadline"),
        topics=top.words("topics"),
        katas=top.words("katas"),
        difficulty=top.whole("difficulty", 1, 5, 5),
        language=top.choice("language", LANGUAGES) if "language" in top.data else "en",
        path=top.choice("path", PATHS) if "path" in top.data else "all",
        answers_from=_answers_from(top),
        answers_after=_answers_after(top),
        late=_late(top.table("late")),
        extensions=_extensions(top.table("extensions")),
        forge=_forge(top.table("forge")) if "forge" in top.data else None,
    )


def _fitting(table: Table, key: str, shape: re.Pattern[str], remedy: str,
             default: str | None = None) -> str:
    if key not in table.data and default is not None:
        return default
    value = table.text(key)
    if not shape.fullmatch(value) or ".." in value or value.endswith((".lock", "/", ".")):
        raise table.fail(key, phrase("'{key}' is '{value}'; {text}", key=key, value=value,
                                     text=remedy))
    return value


def _title(top: Table) -> str:
    title = top.text("title").strip()
    if fault := text_fault(title, TITLE_CAP):
        raise top.fail("title", f"'title' {fault}")
    return title


def _address(table: Table, key: str) -> str:
    value = table.text(key)
    if fault := address_fault(value):
        raise table.fail(key, f"'{key}': '{value}' {fault}")
    return value


def _moment(table: Table, key: str) -> datetime:
    """Read a date and time of TOML; without an offset nobody knows when it is."""
    value = table.data.get(key)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise table.fail(key, phrase(
            "'{key}' must be a date and time with its offset, without quotes; write {key} = "
            "2026-11-30T23:59:00+08:00", key=key))
    return value


def _answers_from(top: Table) -> str:
    if "answers_from" not in top.data:
        return ""
    value = top.text("answers_from")
    if not value.startswith(("https://", "ssh://", "file://", "git@")):
        raise top.fail("answers_from", phrase(
            "'{value}' is no address; begin it with https://, ssh://, file:// or git@",
            value=value))
    return _address(top, "answers_from")


def _answers_after(top: Table) -> str:
    if "answers_after" not in top.data:
        return ""
    value = top.text("answers_after")
    try:
        return value if value == "never" else datetime.strptime(value, "%Y-%m-%d").strftime(
            "%Y-%m-%d")
    except ValueError as error:
        raise top.fail("answers_after", phrase(
            "'{value}' is no day; write one like \"2026-12-01\", or \"never\"", value=value)
                       ) from error


def _late(table: Table) -> LatePolicy:
    table.only("grace_minutes", "percent_per_day", "floor_percent", "closes_after_days")
    return LatePolicy(
        grace_minutes=table.whole("grace_minutes", 0, 7 * 24 * 60, 0),
        percent_per_day=table.whole("percent_per_day", 0, 100, 100),
        floor_percent=table.whole("floor_percent", 0, 100, 0),
        closes_after_days=table.whole("closes_after_days", 0, 366, 0),
    )


def _extensions(table: Table) -> Mapping[str, Extension]:
    found = {}
    for learner in table.data:
        if not _ID.fullmatch(learner):
            raise table.fail(learner, phrase("'{value}' is no learner's id; write [extensions.ID] "
                                             "with an id of the roster", value=learner[:80]))
        own = table.table(learner).only("deadline", "reason")
        found[learner] = Extension(_moment(own, "deadline"), own.text("reason"))
    return MappingProxyType(found)


def _forge(table: Table) -> Forge:
    table.only("kind", "url", "owner", "prefix", "private", "token_variable")
    kind = table.choice("kind", FORGES)
    url = table.text("url").rstrip("/") if "url" in table.data else ""
    if url and not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", url):
        raise table.fail("url", phrase("'{value}' is no address of a forge; write one like "
                                       "https://git.example.org", value=url))
    if url.startswith("http://") and not re.match(r"http://(127\.0\.0\.1|localhost)(:|/|$)", url):
        raise table.fail("url", phrase("'{value}' would send the token for all to read; begin it "
                                       "with https://", value=url))
    if not url and kind == "gitea":
        raise table.fail("url", phrase("'url' is missing in [forge]; write the address of your "
                                       "Gitea or Forgejo, like https://git.example.org"))
    letters = phrase("use letters, digits, . _ and -")
    return Forge(
        kind=kind, url=url,
        owner=_fitting(table, "owner", _OWNER, letters),
        prefix=_fitting(table, "prefix", _PREFIX, letters, ""),
        private=table.flag("private", True),
        token_variable=_fitting(table, "token_variable", _VARIABLE,
                                phrase("write the name of a variable, like KATA_FORGE_TOKEN"),
                                "KATA_FORGE_TOKEN"),
    )
