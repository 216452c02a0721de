"""The questions on a topic as they are asked, with the values of one learner."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graders.question.items import LETTERS, Item, Paper
from graders.report.screen import Screen, command
from graders.words import language, say

_TYPED = "bold cyan"


def page(paper: Paper, variants: Mapping[str, int], screen: Screen) -> str:
    """Return the questions as they are asked; `variants` counts from 0."""
    head = say("{topic}: {count} questions, about {minutes} minutes", topic=paper.topic_folder,
                count=len(paper.items), minutes=paper.minutes)  # fmt: skip
    parts: list[RenderableType] = [Text(head, style="bold")]
    for number, item in enumerate(paper.items, 1):
        parts += _asked(number, item, variants.get(item.id, 0), screen)
    sheet = screen.path(paper.folder / "answers.toml")
    told = say("Your answers go into {path}; have them marked:", path=sheet)
    return screen.render(*parts, Text(), Text(told), Text(command("grade", paper.topic), _TYPED))


def _asked(number: int, item: Item, variant: int, screen: Screen) -> list[RenderableType]:
    spoken = language()
    title = f"{number}. {item.id} ({item.form})"
    parts: list[RenderableType] = [Text(), Text(title, style="bold"),
                                   indented(Text(item.ask.get(spoken)), 3)]
    if item.variants:
        parts += [Text(), indented(Text(item.variants[variant]), 7)]
    if item.lines:
        width = len(str(len(item.lines)))
        rows = [f"{n:>{width}}  {line.get(spoken)}" for n, line in enumerate(item.lines, 1)]
        parts += [Text(), *(hanging(row, 5, width + 2) for row in rows)]
    lists = ((say("reasons"), item.reasons), (say("option"), item.options),
             (say("because"), item.constraints))
    for heading, texts in lists:
        if texts:
            parts += [Text(), indented(Text(heading, style="dim"), 3)]
            parts += [hanging(f"{letter}  {each.get(spoken)}", 5, 3)
                      for letter, each in zip(LETTERS, texts, strict=False)]
    return parts


def indented(text: Text, cells: int) -> Padding:
    """Return a text whose lines all begin after so many cells."""
    return Padding(text, (0, 0, 0, cells), expand=False)


def hanging(line: str, cells: int, hang: int) -> RenderableType:
    """Return a text whose later lines begin where the words of the first do."""
    grid = Table.grid(padding=0)
    grid.add_column(width=cells + hang, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(" " * cells + line[:hang].rstrip()), Text(line[hang:]))
    return grid
