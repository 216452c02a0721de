"""The instructor's commands on marks: collect, grade, status, return, similarity, viva."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.cli_cohort import COMMANDS, FOLDER, add
from graders.cli_context import complete_name, root, screen
from graders.phrases import phrase
from graders.words import say

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from graders.cohort.course import Course

_COHORT = click.argument("folder", metavar="COHORT", type=FOLDER)
_NAMES = click.argument("names", metavar="[SLUG|TOPIC]...", nargs=-1, shell_complete=complete_name)
_JOBS = click.option("--jobs", type=click.IntRange(1),
                     help="Judge so many at once. [default: by cores and katas]")


@click.command(epilog="Example: python3 -m graders cohort collect autumn")
@_COHORT
@click.option("--jobs", type=click.IntRange(1, 64), default=8, show_default=True,
              help="Fetch so many repositories at once.")
@click.option("--retry", is_flag=True, help="Only what failed, into the last collection.")
@click.option("--new", "again", is_flag=True,
              help="Begin a new collection, though one was broken off.")
@click.option("--ref", default="HEAD", show_default=True, metavar="REF",
              help="What is fetched: a branch or tag of the learners' repositories.")
def collect(folder: Path, jobs: int, retry: bool, again: bool, ref: str) -> int:
    """Fetch every learner's repository as it is now, by our own clock.

    Run this at the deadline: when we find a module is when it was handed in, whatever dates its
    commits bear. Nothing of a learner's is run. A run that was broken off goes on where it
    stopped. Exit 1 when a repository could not be had.
    """
    from graders.cohort import access, snapshots, told
    from graders.cohort.collect import Mode, Task
    from graders.cohort.collect import collect as fetch_all
    from graders.cohort.progress import shown
    from graders.cohort.shipped import shipped

    with _writing(folder) as (connection, course):
        task = Task(course.folder, course.root, course.learners, course.katas,
                    shipped(course.root, course.katas), _deadlines(course), ref,
                    access.variables(course.cohort))
        with shown(say("collecting")) as done:
            found = fetch_all(connection, task, Mode(jobs, again, retry), done)
        every = snapshots.of_collection(connection, found.id)
    click.echo(told.collected(every, screen()), nl=False)
    return int(any(each.problem for each in every))


@click.command(epilog="Example: python3 -m graders cohort grade autumn")
@_COHORT
@_NAMES
@_JOBS
@click.option("--scheduler", "address", default="", metavar="ADDRESS",
              help="Judge on the workers of this Dask scheduler, tls://HOST:PORT. See "
                   "docs/scale.md.")
@click.option("--insecure-scheduler", "insecure", is_flag=True,
              help="Allow plain tcp beyond this machine: in a network that is yours alone.")
def grade(folder: Path, names: tuple[str, ...], jobs: int | None, address: str,
          insecure: bool) -> int:
    """Judge everything that was collected, by visible and hidden suites, in the whole sandbox.

    Each content of a kata is judged once, whoever handed it in. A run that was broken off goes on
    where it stopped. After a suite was mended only its kata is judged, and you see whose mark
    changed. Exit 3 when the judge failed on a submission twice: it is withheld.
    """
    from graders.cohort import regrade, told
    from graders.cohort.progress import shown
    from graders.cohort.run import Options
    from graders.cohort.run import grade as judge_all
    from graders.cohort.scheduler import scheduler

    if insecure and not address:
        raise click.UsageError(phrase("--insecure-scheduler goes with --scheduler"))
    if jobs and address:
        raise click.UsageError(phrase("--jobs is for this machine; on a scheduler each worker "
                                      "judges one at a time"))
    options = Options(jobs, scheduler=scheduler(address, insecure) if address else None)
    with _writing(folder, names) as (connection, course):
        with shown(say("judging")) as done:
            did = judge_all(connection, course, options, done)
        changed = regrade.moved(connection, course, did.anew) if did.anew else []
        click.echo(told.graded(did, changed, screen()), nl=False)
        if did.anew and not did.withheld:  # else the next run tells all of them
            regrade.told(connection, course, did.anew, changed)
    return 3 if did.withheld else 0


@click.command()
@_COHORT
def status(folder: Path) -> None:
    """Where a cohort stands: collected, judged, and what to look at. Any time."""
    from graders.cohort import attention, gradebook, snapshots, told

    with _reading(folder) as (connection, course):
        book = gradebook.read(connection, course)
        look = attention.attention(connection, course, book)
        fetched = list(snapshots.newest(connection).values())
    click.echo(told.status(book, fetched, look, screen()), nl=False)


@click.command("return", epilog="Example: python3 -m graders cohort return autumn --to lms/")
@_COHORT
@click.option("--to", "out", type=click.Path(file_okay=False, path_type=Path),
              help="Write files for an LMS here, instead of pushing a branch.")
def give_back(folder: Path, out: Path | None) -> int:
    """Deliver each learner's page and comments: as the branch `feedback` of their repository.

    Of hidden tests it tells the ordinal and whether it passed. What somebody has already is not
    sent again; a run that was broken off goes on where it stopped. After answers_after of
    cohort.toml the analyses come with it. Exit 1 when a repository could not be reached.
    """
    from datetime import datetime

    from graders.cohort import told
    from graders.cohort.deliver import deliver
    from graders.cohort.progress import shown

    with _writing(folder) as (connection, course), shown(say("returning")) as done:
        today = datetime.now(course.cohort.deadline.tzinfo).date()
        did = deliver(connection, course, out, today, done)
    click.echo(told.delivered(did, screen()), nl=False)
    return int(bool(did.problems))


@click.command(epilog="Example: python3 -m graders cohort similarity autumn --out alike/")
@_COHORT
@_NAMES
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True,
              help="Where the pages go.")
@click.option("--least", type=click.IntRange(1, 100), default=60, show_default=True,
              metavar="PERCENT", help="Leave out pairs that have less in common.")
def similarity(folder: Path, names: tuple[str, ...], out: Path, least: int) -> None:
    """Which modules are alike: ranked pairs, side by side, compared on this machine.

    Katas of which right answers cannot but be alike are left out. A pair is a reason to look.
    """
    from graders.cohort.progress import shown
    from graders.cohort.similar_pages import write

    with _reading(folder, names) as (connection, course), shown(say("comparing")) as done:
        found, left_out = write(connection, course, out, least, done)
    for pair in found[:20]:
        click.echo(f"{pair.percent:3} %  {pair.slug}  {pair.one.learner}, {pair.other.learner}")
    if left_out:
        click.echo(say("Left out, since right answers are alike: {slugs}",
                       slugs=", ".join(left_out)))
    click.echo(say("{count} pairs: {file}", count=len(found), file=out / "index.html"))


@click.command(epilog="Example: python3 -m graders cohort viva autumn ada > ada.md")
@_COHORT
@click.argument("learners", metavar="[LEARNER]...", nargs=-1)
def viva(folder: Path, learners: tuple[str, ...]) -> None:
    """Three questions to each learner on their own accepted code, with the key. Markdown.

    What it returns for a fresh input, which test fails when a line is changed, and what ten times
    the size costs. To be asked in person.
    """
    from graders.cohort import told
    from graders.cohort.progress import shown
    from graders.cohort.viva import vivas

    with _reading(folder) as (connection, course), shown(say("asking")) as done:
        ids = [course.learner(word).id for word in learners]
        found = vivas(connection, course, ids, None, done)
    click.echo(told.vivas(found), nl=False)


def _deadlines(course: Course) -> list[datetime]:
    return [course.cohort.deadline,
            *(each.deadline for each in course.cohort.extensions.values())]


@contextmanager
def _writing(folder: Path, names: tuple[str, ...] = ()) -> Iterator[
        tuple[sqlite3.Connection, Course]]:
    """Open a cohort for a long run that no other one may meet."""
    from graders.cohort import settings
    from graders.cohort.lock import locked

    settings.read(folder)  # a lock file in a folder that is no cohort would be litter
    with locked(folder), _reading(folder, names) as opened:
        yield opened


@contextmanager
def _reading(folder: Path, names: tuple[str, ...] = ()) -> Iterator[
        tuple[sqlite3.Connection, Course]]:
    from graders.cohort import database
    from graders.cohort.course import course

    found = course(root(), folder, names)
    with database.opened(folder) as connection:
        yield connection, found


add(collect, grade, status, give_back, similarity, viva)
__all__ = ["COMMANDS"]  # the group, whole now
