"""The learner's commands beside the daily loop: review, progress, mock, report."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.cli_context import catalog, complete_path, complete_slug, one_kata, screen
from graders.errors import Withheld
from graders.phrases import phrase
from graders.words import say

if TYPE_CHECKING:
    from graders.learn.mock import Sitting

_MINUTES = 45
_SEEDS = 1_000_000
_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


@click.command(epilog="Example: python3 -m graders review two_sum")
@click.argument("slug", metavar="[SLUG]", required=False, shell_complete=complete_slug)
@click.option("--restore", is_flag=True, help="Put the solution back that was kept.")
@click.option("--number", type=click.IntRange(1), help="With --restore: which one, from 1.")
def review(slug: str | None, restore: bool, number: int | None) -> None:
    """The katas to do again, and when; with a SLUG, begin that one again from its stub.

    What you solved or gave up comes back after some days: soon when it was hard, later each time
    that it went well. Your solution is kept by git before the stub takes its place, whatever state
    the repository is in; without git nothing is changed. --restore brings it back.
    """
    from datetime import date

    from graders.learn import review as reviews

    if not slug:
        if restore or number:
            raise click.UsageError(phrase("--restore needs a SLUG"))
        click.echo(reviews.page(catalog(), date.today(), screen()), nl=False)
        return
    if number and not restore:
        raise click.UsageError(phrase("--number goes with --restore"))
    tree = catalog(slug)
    kata = one_kata(tree, slug)
    if restore:
        told = reviews.restore(tree, kata, number, screen())
    else:
        told = reviews.start(tree, kata, screen())
    click.echo(told, nl=False)


@click.command(epilog="Example: python3 -m graders progress --keep committed")
@click.option("--keep", type=click.Choice(["local", "committed"]),
              help="On this machine only, or in progress.jsonl for git to carry.")
def progress(keep: str | None) -> None:
    """How far you are in all, and where that is kept: on this machine, or in a file you commit.

    A committed progress.jsonl has one line a kata. Two machines that push and pull merge it without
    conflicts, and no update of the katas touches it. Changing the place moves what is known.
    """
    from datetime import date

    from graders.learn import keeping

    tree, shown = catalog(), screen()
    if keep:
        told = keeping.keep(tree.root, keep == "committed", shown)
    else:
        told = keeping.page(tree, date.today(), shown)
    click.echo(told, nl=False)


@click.command(epilog="Example: python3 -m graders mock --minutes 45 --path sprint")
@click.option("--minutes", type=click.IntRange(10, 240), help="How long. [default: 45]")
@click.option("--seed", type=click.IntRange(0), help="Choose as that number did before.")
@click.option("--path", "path", metavar="NAME", help="Choose from this path. [default: yours]",
              shell_complete=complete_path)
@click.option("--drop", is_flag=True, help="Forget the interview under way; your files stay.")
@click.option("--debrief", "again", is_flag=True, help="The debrief of the last one again.")
def mock(minutes: int | None, seed: int | None, path: str | None, drop: bool, again: bool) -> int:
    """A timed interview: a warm-up, a kata, a question with follow-ups, and a debrief.

    You edit the modules in place, as always, and type here what to do: show, hint, grade, next,
    pause. What you have not solved is chosen first, to fit the minutes. The clock is shown and
    stops nothing; Ctrl-C pauses it, and `mock` goes on where you were.
    """
    from graders.learn import interview, interview_pages
    from graders.learn import mock as mocks
    from graders.report.screen import command

    tree, shown = catalog(), screen()
    given = minutes is not None or seed is not None or bool(path)
    if drop:
        done = interview.drop(tree.root)
        click.echo(say("The interview is dropped; your files stay as they are.") if done else
                   say("No interview is under way."))
        return 0
    held = interview.read(tree.root)
    if again:
        if held is None or not held.over:
            raise Withheld(phrase("mock: no interview has been finished; begin one: {command}",
                                  command=command("mock")))
        click.echo(mocks.debrief(tree, held, shown), nl=False)
        return 0
    resumed = held is not None and not held.over and not given
    if held is None or not resumed:
        chosen = secrets.randbelow(_SEEDS) if seed is None else seed
        held = mocks.begin(tree, minutes or _MINUTES, chosen, path or "")
    click.echo(interview_pages.welcome(held, resumed, shown), nl=False)
    return _sit(mocks.Sitting(tree, shown, held))


def _sit(sitting: Sitting) -> int:
    """Hold the interview at this terminal, or with the lines of a pipe; return the exit code."""
    from graders.learn import interview_pages
    from graders.learn import mock as mocks

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    try:
        click.echo(sitting.opening(), nl=False)
        while not sitting.ended:
            try:
                line = _line(sitting.prompt())
            except EOFError:
                line = "pause"
                click.echo()
            click.echo(sitting.say(line), nl=False)
    except KeyboardInterrupt:
        sitting.tick()
        click.echo("\n" + interview_pages.paused(sitting.screen), nl=False)
        return _INTERRUPTED
    if sitting.held.over:
        click.echo(mocks.debrief(sitting.catalog, sitting.held, sitting.screen), nl=False)
    return 0


def _line(prompt: str) -> str:
    """Return the next line; of a pipe too, where what is asked stands in a line of its own."""
    if sys.stdin.isatty():
        return input(prompt)
    click.echo(prompt.rstrip())
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


@click.command(epilog="Example: python3 -m graders report --out /tmp/mine")
@click.option("--out", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Where to write index.html. [default: report]")
def report(folder: Path | None) -> None:
    """Your progress as a page for the browser and the printer, in English and Chinese.

    Topics, katas, points, stages, hints, reviews and the marks of your questions, in one file that
    loads nothing else. It judges nothing: it shows the last verdicts.
    """
    from datetime import date

    from graders.learn import overview
    from graders.report import html

    tree = catalog()
    text = html.page(overview.gather(tree, date.today()))
    written = overview.write(folder or tree.root / overview.FOLDER, text)
    click.echo(say("Written: {path}", path=screen().path(written.absolute())))


COMMANDS = (review, progress, mock, report)
