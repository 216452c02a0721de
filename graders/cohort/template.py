"""The template of a cohort: that it can be handed out, what it has, and one rendering of it.

    check(cohort) ─ Template(commit, date, topics, katas) ─ render ─ {path: File}

Only a tag is handed out: copier would take a commit that exists nowhere, and would leave out what
is not committed without a word. The template is the instructor's own and trusted; copier never
gets permission to run anything of it all the same.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.cohort.settings import FILE, Cohort
from graders.errors import GraderError, did_you_mean
from graders.phrases import phrase
from graders.repository import Repository

_KATA = re.compile(r"katas/([a-z]+)/([as]\d\d)_[a-z0-9_]+/([a-z0-9_]+)/kata\.toml")
_SCP = re.compile(r"[^/]+:")
_KNOWN = ("git@", "https://github.com/", "https://gitlab.com/")  # copier takes these as they are
_SHOWN = 5  # tags in an error


@dataclass(frozen=True, slots=True)
class File:
    """One file that is handed out."""

    data: bytes
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A template at its tag. `address` is what copier is given and writes down."""

    address: str
    version: str
    commit: str
    date: str  # of the commit, in seconds since 1970 and "+0000"
    tracks: Mapping[str, str]  # of each topic: "s03" -> "systems"
    katas: Mapping[str, str]  # topic of each slug


def is_path(address: str) -> bool:
    """Whether an address is a path on this machine."""
    return "://" not in address and not _SCP.match(address)


def check(cohort: Cohort, scratch: Path) -> Template:
    """Return the template that a cohort names; `scratch` is an empty folder for what is fetched.

    Raises GraderError where it is dirty, has no such tag, or lacks a topic or kata of the cohort.
    """
    address = cohort.template
    if is_path(address):
        address = str((cohort.folder / Path(address).expanduser()).resolve())
        repository = Repository(Path(address))
        _check_folder(repository, cohort.version)
    elif not address.startswith(_KNOWN) and not address.endswith(".git"):
        raise GraderError(phrase("{where}: copier takes an address only with .git at its end; "
                                 "change 'template' in {file}", where=address, file=FILE))
    else:
        repository = Repository.make(scratch / "template.git")
        if not repository.get_tag(address, cohort.version):
            raise GraderError(phrase("{where}: has no tag '{version}'; push that tag, or change "
                                     "'version' in {file}", where=address, version=cohort.version,
                                     file=FILE))
    commit = repository.resolve(f"refs/tags/{cohort.version}")
    found = [match.groups() for entry in repository.tree(commit)
             if (match := _KATA.fullmatch(entry.path))]
    template = Template(
        address, cohort.version, commit, repository.date(commit),
        {topic: track for track, topic, _ in found}, {slug: topic for _, topic, slug in found})
    for key, words, known in (("topics", cohort.topics, template.tracks),
                              ("katas", cohort.katas, template.katas)):
        for word in words:
            if word not in known:
                raise GraderError(phrase(
                    "{file}: {key}: '{value}' is not in the template at {version}{text}",
                    file=FILE, key=key, value=word, version=cohort.version,
                    text=_advice(word, known)))
    return template


def _check_folder(repository: Repository, version: str) -> None:
    path = repository.path
    if not (path / ".git").exists() and not (path / "HEAD").is_file():
        raise GraderError(phrase("{where}: is no git repository; change 'template' in {file}",
                                 where=path, file=FILE))
    if not repository.resolve(f"refs/tags/{version}"):
        newest = ", ".join(repository.tags()[:_SHOWN])
        told = phrase("its newest: {names}", names=newest) if newest else phrase(
            "it has none: git tag {version}", version=version)
        raise GraderError(phrase("{where}: has no tag '{version}'; {text}", where=path,
                                 version=version, text=told))
    if repository.dirty():
        raise GraderError(phrase("{where}: has changes that are not committed, and would not be "
                                 "handed out; commit and tag them, or put them away: git stash -u",
                                 where=path))


def _advice(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return did_you_mean(word, names) or phrase("; it has: {names}", names=", ".join(names))


def answers(cohort: Cohort, template: Template) -> dict[str, object]:
    """Return what all learners of a cohort have in common, as answers to copier's questions."""
    named = [template.katas[slug] for slug in cohort.katas]
    topics = [each for each in template.tracks
              if (not cohort.topics or each in cohort.topics) and (not named or each in named)]
    if not topics:
        raise GraderError(phrase("{file}: no kata of 'katas' is in a topic of 'topics'; change one "
                                 "of them", file=FILE))
    tracks = {template.tracks[each] for each in topics}
    return {
        "project_name": cohort.title, "language": cohort.language,
        "tracks": [each for each in ("systems", "algorithms") if each in tracks],
        "topics": list(cohort.topics), "difficulty": cohort.difficulty,
        "katas": " ".join(cohort.katas), "path": cohort.path,
        "answers_from": cohort.answers_from, "answers_after": cohort.answers_after,
        "cohort": cohort.id,
    }


@contextmanager
def _compiled_once() -> Iterator[None]:
    """Let jinja2 compile equal texts once.

    copier (9.19) renders each part of each path of the template by itself, and the name of the
    answers file with it: thirty thousand texts, most of them the same few. That was two thirds of
    the time that all takes.
    """
    from jinja2 import Environment
    from jinja2 import Template as Compiled

    compile_anew = Environment.from_string
    made: dict[tuple[Environment, str], Compiled] = {}

    def from_string(self: Environment, source: Any, *more: Any, **others: Any) -> Compiled:
        if more or others or not isinstance(source, str):
            return compile_anew(self, source, *more, **others)
        key = self, source
        if key not in made:
            made[key] = compile_anew(self, source)
        return made[key]

    Environment.from_string = from_string  # type: ignore[method-assign]
    try:
        yield
    finally:
        Environment.from_string = compile_anew  # type: ignore[method-assign]


def render(template: Template, data: Mapping[str, object]) -> dict[str, File]:
    """Return what copier makes of the template and all answers: every file by its path.

    Takes seconds. Raises GraderError with copier's own words when it refuses.
    """
    from copier import run_copy
    from copier.errors import CopierError, CopierWarning

    with tempfile.TemporaryDirectory(prefix="kata40-render-") as folder, \
            warnings.catch_warnings(), _compiled_once():
        warnings.simplefilter("ignore", CopierWarning)  # of git: the tag has been checked
        try:
            run_copy(template.address, folder, data=dict(data), defaults=True, quiet=True,
                     overwrite=True, vcs_ref=template.version, skip_tasks=True)
        except (CopierError, ValueError, OSError) as error:
            why = " ".join(str(error).split())[:400]
            raise GraderError(phrase("{where}: copier cannot render it ({error}); try it by hand: "
                                     "copier copy --vcs-ref {version}", where=template.address,
                                     error=why, version=template.version)) from error
        root = Path(folder)
        found = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*"))
                 if path.is_file()}
        for name, path in found.items():
            if path.is_symlink():
                raise GraderError(phrase("{where}: {file} is a link; learners get plain files only",
                                         where=template.address, file=name))
        return {name: File(path.read_bytes(), bool(path.stat().st_mode & 0o100))
                for name, path in found.items()}
