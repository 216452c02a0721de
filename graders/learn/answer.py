"""`answer`: when the answer to a kata or topic opens, and the page it is read on.

    kata    accepted as its module stands now, or given up after all of its hints
    topic   all of its core katas so, or its sheet of questions submitted

An instructor's `answers_after` comes before both. Guards for learners, not secrets: who has the
branch can read it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graders import settings
from graders.catalog import SUBMISSIONS, Catalog, solutions_dir
from graders.errors import GraderError, Withheld, closest
from graders.learn import answer_source, memory, paths, rounds
from graders.learn.progress import survey
from graders.model import Kata
from graders.phrases import phrase
from graders.report.screen import Screen, command
from graders.report.standing import State
from graders.words import language, say


@dataclass(frozen=True, slots=True)
class Asked:
    """What the learner typed. `file` "": the whole page, else one file of the solution."""

    word: str
    give_up: bool = False
    file: str = ""


def answer(catalog: Catalog, asked: Asked, today: date, screen: Screen) -> str:
    """Return the answer to a kata or topic.

    Raises Withheld while it is closed and where it cannot be had, GraderError for other faults.
    """
    if catalog.topic_of(asked.word):
        return _of_topic(catalog, asked, today, screen)
    kata = catalog.find(asked.word)[0]
    _check_date(catalog.root, kata.slug, today)
    known = memory.read(catalog.root).get(kata.slug, memory.Memory())
    solved = _state(catalog, kata) is State.SOLVED
    giving_up = _check_kata(kata, known, solved, asked)
    files = answer_source.read(catalog.root, _folder(catalog.root, kata), _shown(kata)).files
    page = _file(files, asked, screen) if asked.file else _kata_page(kata, files, screen)
    at = rounds.now()

    def noted(latest: memory.Memory) -> memory.Memory:
        seen = replace(latest, answered=latest.answered or today.isoformat())
        return rounds.given_up(seen, at) if giving_up else seen

    if not memory.change(catalog.root, kata.slug, noted) and giving_up:
        raise Withheld(phrase("{slug}: it cannot be noted that you gave it up (.kata40/ cannot be "
                              "written); mend that first", slug=kata.slug))
    return page


def _of_topic(catalog: Catalog, asked: Asked, today: date, screen: Screen) -> str:
    katas = catalog.find(asked.word)
    topic = katas[0].topic
    if asked.give_up or asked.file:
        raise GraderError(phrase("{topic}: is a topic; --give-up and --file are for one kata",
                                 topic=topic))
    _check_date(catalog.root, topic, today)
    if left := _closed(catalog, katas):
        raise Withheld(phrase(
            "{topic}: its model answer opens when its core katas are accepted (left: {slugs}) or "
            "its questions are submitted", topic=topic, slugs=", ".join(left)))
    folder = str(Path(_folder(catalog.root, katas[0])).parent.as_posix())
    files = answer_source.read(catalog.root, folder, ("README.md", "README.zh.md").__contains__)
    return screen.render(*_markdown(_page(files.files, "README"), screen))


def _closed(catalog: Catalog, katas: tuple[Kata, ...]) -> list[str]:
    """Return the katas that still keep a topic's answer closed."""
    if katas[0].topic in paths.submitted_questions(catalog):
        return []
    remembered = memory.read(catalog.root)
    solved = {each.kata.slug for each in survey(catalog) if each.state is State.SOLVED}
    needed = [kata.slug for kata in katas if kata.core] or [kata.slug for kata in katas]
    return [slug for slug in needed if slug not in solved
            and not remembered.get(slug, memory.Memory()).gave_up]


def _check_date(root: Path, what: str, today: date) -> None:
    wait = settings.answers_wait(root, today)
    if wait == settings.NEVER:
        raise Withheld(phrase("{what}: this repository shows no answers; ask your instructor",
                              what=what))
    if wait:
        raise Withheld(phrase("{what}: this repository shows answers after {date}; ask again then",
                              what=what, date=wait))


def _check_kata(kata: Kata, known: memory.Memory, solved: bool, asked: Asked) -> bool:
    """Return whether the kata is given up now; raises Withheld while its answer is closed."""
    if solved or known.gave_up:
        return False
    seen, total = min(known.hints, len(kata.hints)), len(kata.hints)
    if not asked.give_up:
        raise Withheld(phrase(
            "{slug}: not accepted as it stands now; judge it, or, once you have seen all hints "
            "({seen} of {total}), give up: {command}", slug=kata.slug, seen=seen, total=total,
            command=command("answer", kata.slug, "--give-up")))
    if seen < total:
        raise Withheld(phrase(
            "{slug}: you have seen {seen} of {total} hints; see all of them before you give up: "
            "{command}", slug=kata.slug, seen=seen, total=total,
            command=command("hint", kata.slug)))
    return True


def _state(catalog: Catalog, kata: Kata) -> State:
    return next(each.state for each in survey(catalog) if each.kata.slug == kata.slug)


def _folder(root: Path, kata: Kata) -> str:
    return solutions_dir(root, kata).relative_to(root).as_posix()


def _shown(kata: Kata) -> answer_source.Wanted:
    """Return which files a learner may see: a list of what is allowed, so no hidden suite."""
    def wanted(name: str) -> bool:
        bad = name.startswith(SUBMISSIONS) and name.endswith(".py")
        return bad or name in ("ANSWER.md", "ANSWER.zh.md", f"{kata.slug}.py")

    return wanted


def _kata_page(kata: Kata, files: Mapping[str, bytes], screen: Screen) -> str:
    reference = f"{kata.slug}.py"
    parts = [_page(files, "ANSWER")]
    if reference in files:
        title, code = say("The reference: {file}", file=reference), _text(files[reference])
        parts.append(f"## {title}\n\n```python\n{code.strip()}\n```\n")
    if lessons := list(_lessons(files)):
        title = say("What the known-bad ones get wrong") if language() == "en" else \
            say("The known-bad ones, told of above")
        parts.append("\n".join([f"## {title}\n", *lessons, ""]))
    typed = command("answer", kata.slug, "--file", lessons[0].split("`")[1] if lessons else
                    reference)
    return screen.render(*_markdown("\n".join(parts), screen), Text(),
                         Text(say("One of them in full:")), Text(typed, style="bold cyan"))


def _lessons(files: Mapping[str, bytes]) -> Iterator[str]:
    for prefix in SUBMISSIONS:
        for name in sorted(files):
            if name.startswith(prefix):
                # Docstrings are English; the page above tells of each in its own language.
                told = f": {_first_line(_text(files[name]))}" if language() == "en" else ""
                yield f"- `{name}`{told}"


def _first_line(code: str) -> str:
    try:
        told = ast.get_docstring(ast.parse(code)) or ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    first = next(iter(told.splitlines()), "")
    return first.removeprefix("Misconception: ").strip()


def _file(files: Mapping[str, bytes], asked: Asked, screen: Screen) -> str:
    """Return one file of a solution, as it is written."""
    names = [name for name in files if name.endswith(".py")]
    name = asked.file if asked.file.endswith(".py") else f"{asked.file}.py"
    if name not in names:
        if close := closest(name, names):
            raise GraderError(phrase("{file}: no file of this answer; did you mean '{close}'?",
                                     file=asked.file, close=close))
        raise GraderError(phrase("{file}: no file of this answer; choose one of: {names}",
                                 file=asked.file, names=", ".join(names)))
    code = _text(files[name])
    if not screen.color:
        return screen.render(Text(code))
    from rich.syntax import Syntax

    return screen.render(Syntax(code, "python", background_color="default"))


def _page(files: Mapping[str, bytes], name: str) -> str:
    """Return a page in the language of the terminal, else in English."""
    names = [f"{name}.zh.md", f"{name}.md"] if language() == "zh" else [f"{name}.md"]
    return next((_text(files[each]) for each in names if each in files), "")


def _markdown(text: str, screen: Screen) -> list[RenderableType]:
    if not screen.color:
        return [Text(text)]
    from rich.markdown import Markdown

    return [Markdown(text, hyperlinks=False)]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
