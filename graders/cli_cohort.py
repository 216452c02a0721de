"""The instructor's commands on the repositories of a cohort: init, create, update.

Those on marks (collect, grade, return, status) join the same group from `cli_cohort_marks`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.cli_context import PROGRAM
from graders.cli_help import Context, Group
from graders.cohort.forges import FORGES
from graders.cohort.progress import shown
from graders.errors import GraderError
from graders.phrases import phrase
from graders.words import say, tell

if TYPE_CHECKING:
    from graders.cohort.update import Updated

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def cohort(context: click.Context) -> None:
    """Cohorts: from a roster to repositories, and from these to marks.

    A cohort is a folder with two files of yours: cohort.toml says what is handed out and until
    when, roster.csv who the learners are. All else in it these commands make.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@click.command()
@click.argument("folder", metavar="COHORT", type=FOLDER)
@click.option("--template", default="", metavar="ADDRESS", help="The template's path or address.")
@click.option("--version", default="", metavar="TAG", help="The tag of the template to hand out.")
def init(folder: Path, template: str, version: str) -> None:
    """Begin a cohort: write COHORT/cohort.toml, every key explained, for you to edit."""
    from graders.cohort.begin import begin

    path = begin(folder, datetime.now().astimezone(), {"template": template, "version": version})
    click.echo(say("{path}: edit it, then: {command}", path=path,
                   command=f"{PROGRAM} cohort create ROSTER --out {folder}"))


@click.command()
@click.argument("listed", metavar="CLASSROOM_ROSTER",
                type=click.Path(dir_okay=False, path_type=Path))
@click.argument("grades", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="The roster to write; nothing is written over.")
def classroom(listed: Path, grades: Path | None, out: Path) -> None:
    """Make a roster of a classroom of GitHub Classroom: its learners and their repositories.

    CLASSROOM_ROSTER is the file that its page Students gave, GRADES that of one assignment: from
    it come the addresses of the repositories.
    """
    from graders.cohort import classroom as old
    from graders.cohort.roster import text

    learners = old.convert(listed, grades)
    try:
        with out.open("x", encoding="utf-8", newline="") as file:
            file.write(text(learners))
    except FileExistsError as error:
        raise GraderError(phrase("{file}: is there already; edit it, or name another folder",
                                 file=out)) from error
    click.echo(say("{count} learners, {kept} with a repository", count=len(learners),
                   kept=sum(bool(each.repo) for each in learners)))


@click.command()
@click.argument("roster", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", "folder", metavar="COHORT", type=FOLDER, required=True,
              help="The cohort's folder, which has a cohort.toml.")
@click.option("--forge", type=click.Choice(("bare", *FORGES)),
              help="Where to make repositories. [default: as cohort.toml says; COHORT/repos]")
@click.option("--jobs", type=click.IntRange(1), help="Make so many at once. [default: all cores]")
@click.option("--dry-run", is_flag=True, help="Print every call, and make none.")
def create(roster: Path, folder: Path, forge: str | None, jobs: int | None, dry_run: bool) -> int:
    """Make a repository for every learner of ROSTER, with one commit: what is handed out.

    What is there already stays as it is: run it again after an interruption, or with more
    learners in the roster. Exit 1 when a repository could not be made.
    """
    from graders.cohort import create as creation
    from graders.cohort.choose import remote

    planned = creation.plan(folder, roster, partial(remote, kind=forge))
    if dry_run:
        for line in creation.dry_run(planned):
            click.echo(line)
        return 0
    with shown(say("making")) as told:
        done = creation.create(planned, jobs or os.cpu_count() or 1, told)
    click.echo(say("{count} made, {kept} there before, {failed} failed", count=len(done.made),
                   kept=len(done.kept), failed=len(done.failed)))
    for learner, why in done.failed:
        click.echo(f"{learner}: {tell(why)}")
    return int(bool(done.failed))


@click.command()
@click.argument("folder", metavar="COHORT", type=FOLDER)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--jobs", type=click.IntRange(1), help="Update so many at once. [default: all cores]")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change no repository.")
def update(folder: Path, ids: tuple[str, ...], jobs: int | None, dry_run: bool) -> int:
    """Bring learners' repositories to the version of the template that cohort.toml names.

    Nobody's work is touched: modules that somebody began stay byte for byte, also those of a kata
    that is no longer there. Suites and graders become the new version; an edit to them stays in
    the history. Run it again after an interruption. Exit 1 when a conflict or a fault is left.
    """
    from graders.cohort.update import update as bring

    with shown(say("updating")) as told:
        results = bring(folder, ids, (jobs or os.cpu_count() or 1, told), deliver=not dry_run)
    for each in results:
        for line in _told(each):
            click.echo(f"{each.learner}: {line}")
    new = [each for each in results if each.decision]
    click.echo(say("{count} updated, {kept} up to date, {conflicts} with conflicts, {failed} "
                   "failed", count=len(new),
                   kept=sum(not each.why for each in results) - len(new),
                   conflicts=sum(bool(each.decision and each.decision.conflicts) for each in new),
                   failed=sum(bool(each.why) for each in results)))
    return int(not all(each.settled for each in results))


def _told(result: Updated) -> Iterator[str]:
    """Yield what there is to say about one learner's repository, a line each."""
    if result.why:
        yield tell(result.why)
    if result.decision is None:
        return
    done = result.decision
    for path in done.conflicts:
        yield say("CONFLICT: {path}: changed by both sides; the learner's stays", path=path)
    for path in done.restored:
        yield say("{path}: was changed; it is the new version now", path=path)
    for path in done.kept:
        yield say("{path}: kept; what it began from has changed", path=path)
    for path in done.retired:
        yield say("{path}: kept; it is handed out no more", path=path)
    for source, path in done.moved:
        yield say("{path}: kept; it was {other}", path=path, other=source)


def add(*commands: click.Command) -> None:
    """Put commands into the group, with its kind of help."""
    for each in commands:
        each.context_class = Context
        cohort.add_command(each)


add(init, classroom, create, update)
COMMANDS = (cohort,)
