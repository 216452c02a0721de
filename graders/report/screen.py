"""What a text is written for: width, colour, and the paths and commands in it.

Texts are rendered to strings, so that a test, a file and a terminal get the same words. Nothing
here reads markup: a submission that prints `[red]` is shown with its brackets.
"""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from graders.model import Kata, Report, Scope, Status, Verdict
from graders.question.results import Outcome
from graders.report import stages
from graders.words import language, mark, say

# The learner's failure is red, the judge's has a colour of its own.
_STYLES = {
    Verdict.ACCEPTED: "bold green",
    Verdict.NOT_STARTED: "bold yellow",
    Verdict.JUDGE_ERROR: "bold magenta",
}

_MEANINGS = {
    Verdict.ACCEPTED: mark("accepted"),
    Verdict.WRONG_ANSWER: mark("wrong answer"),
    Verdict.RUNTIME_ERROR: mark("runtime error"),
    Verdict.TIME_LIMIT_EXCEEDED: mark("time limit exceeded"),
    Verdict.MEMORY_LIMIT_EXCEEDED: mark("memory limit exceeded"),
    Verdict.OUTPUT_LIMIT_EXCEEDED: mark("output limit exceeded"),
    Verdict.COMPILE_ERROR: mark("cannot be loaded"),
    Verdict.NOT_STARTED: mark("not started"),
    Verdict.JUDGE_ERROR: mark("fault of the judge"),
}
# What is shown of tests and of question sheets besides.
_MORE_MEANINGS = {
    Status.PASSED: mark("passed"),
    Status.FAILED: mark("failed"),
    Status.TIME_LIMIT: mark("time limit exceeded"),
    Status.MEMORY_LIMIT: mark("memory limit exceeded"),
    Status.OUTPUT_LIMIT: mark("output limit exceeded"),
    Status.CRASHED: mark("its process ended"),
    Status.NOT_RUN: mark("not run"),
    Outcome.NOT_ACCEPTED: mark("not accepted"),
    Outcome.UNREADABLE: mark("unreadable"),
}
MEANINGS = {str(word): text for word, text in (*_MEANINGS.items(), *_MORE_MEANINGS.items())}
# On Windows `python3` is not Python but the way to a shop.
PYTHON = "python" if sys.platform == "win32" else "python3"


def named(word: Verdict | Status | Outcome) -> str:
    """Return a name as it stands in reports, with its meaning where the name is no word."""
    notes = _meaning(word)
    return say("{word} ({notes})", word=word, notes=notes) if notes else str(word)


def _meaning(word: Verdict | Status | Outcome) -> str:
    """Return what a name means, in Chinese; nothing in English, where the name says it."""
    return say(MEANINGS[str(word)]) if language() != "en" else ""


def command(session: str, *arguments: str) -> str:
    """Return what to type for one session: python3 noxfile.py -s grade -- two_sum."""
    words = [PYTHON, "noxfile.py", "-s", session, *(["--", *arguments] if arguments else [])]
    return shlex.join(words)


def meaning(verdict: Verdict) -> str:
    """Return what a verdict means, in the language of the terminal."""
    return say(_MEANINGS[verdict])


@dataclass(frozen=True, slots=True)
class Screen:
    """Renders parts to one string. `width` is in terminal cells; tables keep within it."""

    root: Path
    width: int = 100
    color: bool = False

    def render(self, *parts: RenderableType) -> str:
        """Return the parts below each other; texts are not wrapped, so that they can be copied."""
        console = Console(
            file=StringIO(), width=self.width, force_terminal=self.color, markup=False,
            highlight=False, emoji=False, legacy_windows=False,
            color_system="auto" if self.color else None,
        )  # fmt: skip
        with console.capture() as captured:
            for part in parts:
                console.print(part, soft_wrap=isinstance(part, (str, Text)))
        lines = captured.get().removesuffix("\n").split("\n")
        return "".join(f"{line.rstrip()}\n" for line in lines)

    def table(self, *headings: str, right: tuple[int, ...] = ()) -> Table:
        """Return an empty table without lines; columns in `right` hold numbers."""
        table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
        for number, heading in enumerate(headings):
            justify: JustifyMethod = "right" if number in right else "left"
            table.add_column(heading, justify=justify, overflow="fold")
        return table

    def rows(self, pairs: list[tuple[str, str]]) -> list[Text]:
        """Return `label  value` lines, indented; none for an empty value."""
        kept = [(label, value) for label, value in pairs if value]
        widest = max((cell_len(label) for label, _ in kept), default=0)
        lines = []
        for label, value in kept:
            first, *rest = value.expandtabs(4).split("\n")
            line = Text(f"  {label}{' ' * (widest - cell_len(label))}  ", style="dim")
            lines.append(line.append(first, style="not dim"))
            lines += [Text(" " * (widest + 4) + more) for more in rest]
        return lines

    def verdict(self, report: Report) -> Text:
        """Return the verdict's name, what it means, its scope or stage where that is not all."""
        word = report.verdict
        visible = report.accepted and report.scope is Scope.VISIBLE
        told = (_meaning(word), say("visible tests") if visible else "", stages.place(report))
        notes = [note for note in told if note]
        joined = say(", ").join(notes)
        whole = say("{word} ({notes})", word=word, notes=joined) if notes else str(word)
        return Text(whole, style=_STYLES.get(word, "bold red"))

    def path(self, path: Path) -> str:
        """Return a path as it is typed in the root of the repository."""
        return os.path.relpath(path, self.root)

    def title(self, kata: Kata) -> str:
        """Return the kata's title in the language of the terminal."""
        return kata.title.get(language())
