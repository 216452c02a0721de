"""The instructor's commands on the gradebook: show, export, and what people say about marks."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.cli_cohort import FOLDER
from graders.cli_context import root, screen
from graders.cli_help import Context, Group
from graders.errors import GraderError
from graders.phrases import phrase
from graders.words import say

if TYPE_CHECKING:
    import sqlite3

    from graders.cohort.course import Course

FORMATS = ("csv", "details", "canvas", "moodle", "gradescope", "junit", "html")
_COHORT = click.argument("folder", metavar="COHORT", type=FOLDER)
_LEARNER = click.argument("learner", metavar="LEARNER")
_SLUG = click.argument("slug", metavar="SLUG")
_TEXT = click.argument("text", metavar="TEXT")
_AUTHOR = click.option("--as", "author", metavar="NAME", default="",
                       help="Who says it. [default: KATA_AUTHOR, or your name on this system]")


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def gradebook(context: click.Context) -> None:
    """Marks of a cohort: shown, exported, commented, overridden with a reason.

    Marks are worked out from stored results, the late policy and overrides whenever they are
    shown; who said what when is in the audit trail.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@click.command()
@_COHORT
@click.argument("learner", metavar="[LEARNER]", required=False)
def show(folder: Path, learner: str | None) -> None:
    """The marks of all, or how those of one LEARNER came about. * marks an override."""
    from graders.cohort import gradebook as book
    from graders.cohort import told

    with _opened(folder) as (connection, course):
        found = book.read(connection, course)
        text = told.one(found, course.learner(learner).id, screen()) if learner else (
            told.marks(found, screen()))
    click.echo(text, nl=False)


@click.command(epilog="Example: python3 -m graders gradebook export autumn --format canvas")
@_COHORT
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True,
              help="canvas, moodle, gradescope: what these import. details: how each mark came "
                   "about. html: a page for the cohort and one for each learner.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="Where to. [default: COHORT/export]")
def export(folder: Path, form: str, out: Path | None) -> None:
    """Write the marks in a format that others read."""
    from graders.cohort.export import export as write

    with _opened(folder) as (connection, course):
        written = write(connection, course, form, out or course.folder / "export")
    click.echo(str(written[0]))
    if len(written) > 1:
        click.echo(say("and {count} more files", count=len(written) - 1))


@click.command()
@_COHORT
@_LEARNER
@_TEXT
@click.option("--kata", "slug", metavar="SLUG", default="", help="About this kata only.")
@_AUTHOR
def comment(folder: Path, learner: str, text: str, slug: str, author: str) -> None:
    """Tell a learner something; `return` delivers it."""
    from graders.cohort import notes

    with _opened(folder) as (connection, course):
        kata = course.kata(slug).slug if slug else ""
        notes.comment(connection, _author(author), course.learner(learner).id, kata, text)


@click.command(epilog='Example: python3 -m graders gradebook override autumn ada two_sum 80 "viva"')
@_COHORT
@_LEARNER
@_SLUG
@click.argument("points", metavar="POINTS|none")
@click.argument("reason", metavar="REASON")
@_AUTHOR
def override(folder: Path, learner: str, slug: str, points: str, reason: str,
             author: str) -> None:
    """Give POINTS of 100 for a kata instead of what follows from the judge; none takes it back."""
    from graders.cohort import notes
    from graders.cohort.database import now
    from graders.cohort.marks import Override

    value = None if points == "none" else _points(points)
    with _opened(folder) as (connection, course):
        asked = Override(course.learner(learner).id, course.kata(slug).slug, value, reason,
                         _author(author), now())
        notes.override(connection, _author(author), asked)


@click.command(epilog="Example: python3 -m graders gradebook rubric autumn ada s03 trade_off 1 3")
@_COHORT
@_LEARNER
@click.argument("topic", metavar="TOPIC")
@click.argument("item", metavar="ITEM")
@click.argument("ticks", metavar="[POINT]...", nargs=-1, type=click.IntRange(1))
@_AUTHOR
def rubric(folder: Path, learner: str, topic: str, item: str, ticks: tuple[int, ...],
           author: str) -> None:
    """Keep which model points, by number, an answer to an `explain` item has."""
    from graders.cohort import notes
    from graders.cohort.database import now
    from graders.cohort.rubrics import check

    with _opened(folder) as (connection, course):
        code = check(course.root, topic, item, ticks)
        asked = notes.Rubric(course.learner(learner).id, code, item, tuple(sorted(set(ticks))),
                             _author(author), now())
        notes.rubric(connection, _author(author), asked)


@click.command()
@_COHORT
@_LEARNER
@_SLUG
@_TEXT
@_AUTHOR
def request(folder: Path, learner: str, slug: str, text: str, author: str) -> None:
    """Write down that a learner asks for another look at a mark, and why."""
    from graders.cohort import notes

    with _opened(folder) as (connection, course):
        number = notes.request(connection, _author(author), course.learner(learner).id,
                               course.kata(slug).slug, text)
    click.echo(say("request {number}", number=number))


@click.command()
@_COHORT
def requests(folder: Path) -> None:
    """All requests for another look, and what became of them."""
    from graders.cohort import notes, told

    with _opened(folder) as (connection, _):
        click.echo(told.requests(notes.requests(connection), screen()), nl=False)


@click.command()
@_COHORT
@click.argument("number", metavar="NUMBER", type=click.IntRange(1))
@click.argument("word", metavar="granted|declined", type=click.Choice(["granted", "declined"]))
@_TEXT
@_AUTHOR
def answer(folder: Path, number: int, word: str, text: str, author: str) -> None:
    """Close a request, with a TEXT to the learner. A granted one changes no mark: override does."""
    from graders.cohort import notes

    with _opened(folder) as (connection, _):
        notes.answer(connection, _author(author), number, notes.Stage(word), text)


@click.command()
@_COHORT
def audit(folder: Path) -> None:
    """Who did what to marks, and when."""
    from graders.cohort import notes, told

    with _opened(folder) as (connection, _):
        click.echo(told.audit(notes.audit(connection), screen()), nl=False)


@click.command()
@_COHORT
@click.option("--sample", type=click.IntRange(1), help="Only so many results, by chance.")
def recheck(folder: Path, sample: int | None) -> int:
    """Judge stored results again, from the suites, limits, seeds and modules that were kept.

    Exit 1 when one comes out otherwise than it is stored. Changes no mark.
    """
    from graders.cohort.progress import shown
    from graders.cohort.recheck import recheck as judge_again

    with _opened(folder) as (connection, course), shown(say("judging")) as done:
        found = judge_again(connection, course, sample, None, done)
    for each in found:
        if not each.same:
            click.echo(f"{each.slug} {each.sha256[:12]}: {each.stored[0]} {each.stored[1]:g} -> "
                       f"{each.now[0]} {each.now[1]:g}")
    same = sum(each.same for each in found)
    click.echo(say("{count} of {total} results came out the same.", count=same, total=len(found)))
    return int(same < len(found))


def _points(word: str) -> float:
    try:
        value = round(float(word), 2)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise GraderError(phrase("{value}: is no mark; give 0 to 100 points, or none",
                                 value=word[:40]))
    return value


def _author(given: str) -> str:
    name = given or os.environ.get("KATA_AUTHOR", "")
    if name:
        return name[:80]
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise GraderError(phrase("your name is not known here; say it with --as")) from error


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[sqlite3.Connection, Course]]:
    from graders.cohort import database
    from graders.cohort.course import course

    found = course(root(), folder)
    with database.opened(folder) as connection:
        yield connection, found


for _each in (show, export, comment, override, rubric, request, requests, answer, audit,
              recheck):
    _each.context_class = Context
    gradebook.add_command(_each)
COMMANDS = (gradebook,)
