"""What `show`, `hint` and `next` print: the statement, one hint at a time, the way on."""

from __future__ import annotations

from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graders.catalog_paths import ALL
from graders.errors import GraderError
from graders.learn import memory, paths, rounds
from graders.learn.course_pages import whereabouts
from graders.learn.paths import Course
from graders.model import Kata
from graders.phrases import phrase
from graders.report.screen import Screen, command
from graders.report.standing import State, count
from graders.words import language, say

_MAX_BYTES = 1 << 20  # a statement has some KiB


def statement(kata: Kata, screen: Screen) -> str:
    """Return the statement in the screen's language, laid out on a terminal, else as written.

    Raises GraderError when there is none that can be read.
    """
    text = _read(kata, screen)
    page: RenderableType = Text(text)
    if screen.color:
        from rich.markdown import Markdown

        page = Markdown(text, hyperlinks=False)
    module = say("Module: {path}", path=screen.path(kata.stub))
    return screen.render(page, Text(), Text(module), _typed("grade", kata))


def hint(root: Path, kata: Kata, number: int | None, screen: Screen) -> str:
    """Return the next hint, counted, or the one of this number (from 1); the last one again.

    Raises GraderError when there is no hint of this number.
    """
    count = len(kata.hints)
    seen = memory.read(root).get(kata.slug, memory.Memory()).hints
    if number is not None and not 1 <= number <= count:
        raise GraderError(
            phrase("{slug}: no hint {number}; choose one from 1 to {count}",
                   slug=kata.slug, number=number, count=count)
        )  # fmt: skip
    shown = number or min(seen + 1, count)
    at = rounds.now()
    stored = memory.change(root, kata.slug, lambda known: rounds.hinted(known, shown, at))
    lines = [
        Text(
            say("Hint {number} of {count} for {slug}", number=shown, count=count, slug=kata.slug),
            style="bold",
        ),
        Text(),
        Text(kata.hints[shown - 1].get(language())),
        Text(),
    ]
    if shown == count:
        told = say("That was the last hint.")
        if number is None and seen >= count:
            told = say("There are no more hints; this is the last one again.")
        return screen.render(*lines, Text(told), _typed("grade", kata))
    if stored:
        return screen.render(*lines, Text(say("The next hint:")), _typed("hint", kata))
    more = _typed("hint", kata, "--number", str(shown + 1))
    told = say(
        "It cannot be noted which hints you have seen (.kata40/ cannot be written); ask for one by "
        "its number."
    )
    return screen.render(*lines, Text(told), more)


def following(course: Course, screen: Screen) -> str:
    """Return which kata comes next on a path, and why."""
    standings = course.standings
    chosen = paths.following(standings, course.given_up)
    if chosen is None:
        return _nothing_left(course, screen)
    kata, begun = chosen.kata, chosen.state is State.ATTEMPTED
    told = say(
        "{slug}: {title}, difficulty {difficulty}, about {minutes} minutes",
        slug=kata.slug,
        title=screen.title(kata),
        difficulty=kata.difficulty,
        minutes=kata.minutes,
    )
    lines = [*whereabouts(course, kata.slug), Text(told, style="bold")]
    lines.append(Text(say("Module: {path}", path=screen.path(kata.stub))))
    if kata.prerequisites:
        lines.append(Text(say("Builds on: {slugs}.", slugs=", ".join(kata.prerequisites))))
    if others := paths.started(standings, chosen):
        lines.append(Text(say("Also started: {slugs}.", slugs=", ".join(others))))
    started = say("You have started it; judge it as it stands:")
    lines.append(Text(started if begun else say("Read the statement:")))
    return screen.render(*lines, _typed("grade" if begun else "show", kata))


def _nothing_left(course: Course, screen: Screen) -> str:
    total, given_up = len(course.standings), len(course.given_up)
    if course.plan.name == ALL and not given_up:
        told = say(
            "Everything here is accepted ({total} of {total}). There is nothing left to do.",
            total=total,
        )
        return screen.render(Text(told), Text(say("All katas:")), Text(command("list"), _TYPED))
    told = say("Nothing is left on the path {name}: {solved} of {total} katas are accepted.",
               name=course.plan.name, solved=count(course.standings, State.SOLVED), total=total)
    return screen.render(Text(told), Text(say("The other paths:")), Text(command("path"), _TYPED))


_TYPED = "bold cyan"


def _typed(session: str, kata: Kata, *more: str) -> Text:
    return Text(command(session, kata.slug, *more), style=_TYPED)


def _read(kata: Kata, screen: Screen) -> str:
    names = ["README.zh.md", "README.md"] if language() == "zh" else ["README.md"]
    for name in names:
        path = kata.folder / name
        try:
            with path.open("rb") as file:
                return file.read(_MAX_BYTES).decode("utf-8")
        except FileNotFoundError:
            continue  # the other language is better than nothing
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not UTF-8"
            shown = screen.path(path)
            raise GraderError(
                phrase("{file}: cannot be read ({error}); restore it with git checkout",
                       file=shown, error=why)
            ) from error  # fmt: skip
    shown = screen.path(kata.folder / "README.md")
    raise GraderError(
        phrase("{file}: is missing; restore it with: git checkout -- {file}", file=shown)
    )
