"""What `show`, `hint` and `next` print: the statement, one hint at a time, the way on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graders.errors import GraderError
from graders.learn import memory, paths
from graders.model import Kata
from graders.report.screen import Screen, command
from graders.report.standing import Standing, State

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
    module = screen.words("module", path=screen.path(kata.stub))
    return screen.render(page, Text(), Text(module), _typed("grade", kata))


def hint(root: Path, kata: Kata, number: int | None, screen: Screen) -> str:
    """Return the next hint, counted, or the one of this number (from 1); the last one again.

    Raises GraderError when there is no hint of this number.
    """
    count, words = len(kata.hints), screen.words
    seen = memory.read(root).get(kata.slug, memory.Memory()).hints
    if number is not None and not 1 <= number <= count:
        raise GraderError(f"{kata.slug}: no hint {number}; choose one from 1 to {count}")
    shown = number or min(seen + 1, count)
    stored = memory.update(root, {kata.slug: {"hints": max(seen, shown)}})
    lines = [
        Text(words("hint_of", number=shown, count=count, slug=kata.slug), style="bold"),
        Text(),
        Text(kata.hints[shown - 1].get(words.language)),
        Text(),
    ]
    if shown == count:
        again = number is None and seen >= count
        return screen.render(
            *lines, Text(words("hint_again" if again else "hint_last")), _typed("grade", kata)
        )
    if stored:
        return screen.render(*lines, Text(words("hint_more")), _typed("hint", kata))
    more = _typed("hint", kata, "--number", str(shown + 1))
    return screen.render(*lines, Text(words("hint_unsaved")), more)


def following(standings: Sequence[Standing], screen: Screen) -> str:
    """Return which kata comes next, and why."""
    words = screen.words
    chosen = paths.following(standings)
    if chosen is None:
        total = Text(words("everything", total=len(standings)))
        return screen.render(total, Text(words("see_list")), Text(command("list"), _TYPED))
    kata, begun = chosen.kata, chosen.state is State.ATTEMPTED
    values = {"difficulty": kata.difficulty, "minutes": kata.minutes}
    told = words("next_kata", slug=kata.slug, title=screen.title(kata), **values)
    lines = [Text(told, style="bold"), Text(words("module", path=screen.path(kata.stub)))]
    if kata.prerequisites:
        lines.append(Text(words("needs", slugs=", ".join(kata.prerequisites))))
    if others := paths.started(standings, chosen):
        lines.append(Text(words("also_started", slugs=", ".join(others))))
    lines.append(Text(words("next_started" if begun else "next_read")))
    return screen.render(*lines, _typed("grade" if begun else "show", kata))


_TYPED = "bold cyan"


def _typed(session: str, kata: Kata, *more: str) -> Text:
    return Text(command(session, kata.slug, *more), style=_TYPED)


def _read(kata: Kata, screen: Screen) -> str:
    names = ["README.zh.md", "README.md"] if screen.words.language == "zh" else ["README.md"]
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
                f"{shown}: cannot be read ({why}); restore it with git checkout"
            ) from error
    shown = screen.path(kata.folder / "README.md")
    raise GraderError(f"{shown}: is missing; restore it with: git checkout -- {shown}")
