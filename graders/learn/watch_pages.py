"""What `watch` prints: how it begins, a verdict, what the keys do."""

from __future__ import annotations

import time

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from graders.model import Kata, Report
from graders.question.results import Outcome, SheetResult
from graders.report import question
from graders.report.detail import detail, headline
from graders.report.screen import Screen
from graders.words import mark, say

_DIM = "dim"
# Each key, its word in the line of keys, and what it does.
KEYS = {
    "h": (mark("hint"), mark("the next hint")),
    "n": (mark("next"), mark("the next kata, and on to it")),
    "l": (mark("list"), mark("your katas, and how far you are")),
    "s": (mark("statement"), mark("the statement of this kata")),
    "a": (mark("answer"), mark("the analysis, once it is accepted")),
    "o": (mark("open"), mark("the module in your editor (VISUAL or EDITOR)")),
    "j": (mark("judge"), mark("judge it again as it stands")),
    "q": (mark("quit"), mark("end; Ctrl-C does too")),
}


def opening(kata: Kata, count: int, polling: bool, screen: Screen) -> str:
    """Return what is watched, how, and which kata comes first."""
    told = say("Katas that are watched: {count}. Save a module and it is judged.", count=count)
    lines = [Text(told)]
    if polling:
        lines.append(Text(say("Looking for changes three times a second, since the file system "
                              "tells of none."), style=_DIM))
    lines.append(about(kata, screen))
    return screen.render(*lines)


def about(kata: Kata, screen: Screen) -> Text:
    """Return the line that names a kata and its module."""
    return Text(say("{slug}: {title}. Module: {path}", slug=kata.slug, title=screen.title(kata),
                    path=screen.path(kata.stub)))


def verdict(kata: Kata, report: Report, following: Kata | None, screen: Screen) -> str:
    """Return the verdict and the first failing case; of an accepted kata which one follows."""
    parts: list[RenderableType] = [_now()]
    if not report.accepted:
        return screen.render(*parts, *detail(kata, report, screen))
    parts.append(headline(report, screen))
    if following is None:
        parts.append(Text(say("Nothing is left on your path.")))
    elif following.slug != kata.slug:
        parts.append(Text(say("The next kata: {slug}, {title} (n goes on to it, a shows the "
                              "answer to this one)", slug=following.slug,
                              title=screen.title(following))))
    return screen.render(*parts)


def again(report: Report, screen: Screen) -> str:
    """Return the verdict in one line, for a terminal that shows only the end of a text."""
    return screen.render(headline(report, screen))


def sheet(result: SheetResult, screen: Screen) -> str:
    """Return what became of a sheet of answers."""
    if result.outcome is Outcome.NOT_STARTED:
        told = Text(say("{topic}: nothing is answered yet", topic=result.topic))
        return screen.render(_now(), told)
    return screen.render(_now(), *question.section([result], screen, every=False)[1:])


def key_line(screen: Screen) -> str:
    """Return the keys in one line; their letters alone where there is no room for words."""
    words = "   ".join(f"{key} {say(word)}" for key, (word, _) in KEYS.items())
    if cell_len(words) >= screen.width:
        words = say("keys: {letters}; ? explains", letters=" ".join(KEYS))
    return screen.render(Text(words, style=_DIM))


def explained(screen: Screen) -> str:
    """Return the keys, one a line."""
    return screen.render(*(Text(f"{key}  {say(does)}") for key, (_, does) in KEYS.items()))


def _now() -> Text:
    return Text(time.strftime("%H:%M:%S"), style=_DIM)
