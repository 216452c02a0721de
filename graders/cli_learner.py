"""The learner's commands: grade, judge, watch, list, path, next, show, hint, answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.cli_context import (
    catalog,
    complete_name,
    complete_path,
    complete_slug,
    one_kata,
    page,
    root,
    screen,
)
from graders.errors import GraderError
from graders.phrases import phrase
from graders.words import say

if TYPE_CHECKING:
    from graders.model import Kata, Report
    from graders.question.results import SheetResult
    from graders.report.screen import Screen
    from graders.report.standing import Standing

ENGINES = click.Choice(["fork", "subprocess"])
LANES = click.Choice(["embedded", "real", "real-postgresql"])
FORMATS = click.Choice(["text", "json"])
_SLUG = click.argument("slug", metavar="SLUG", shell_complete=complete_slug)
_FORMAT = click.option("--format", "form", type=FORMATS, default="text", help="What to print.")
_ENGINE = click.option(
    "--engine", type=ENGINES,
    help="fork: warm and sandboxed (Linux). subprocess: any system, slower, says what it lacks. "
         "[default: fork on Linux, subprocess elsewhere]",
)  # fmt: skip


_LANE = click.option(
    "--lane", type=LANES, metavar="LANE", default="embedded",
    help="Where the services of a kata come from. embedded, without this: our own. real: a "
         "Redis, a RabbitMQ and a MariaDB that answer on this machine, or KATA_REDIS_URL, "
         "KATA_AMQP_URL and KATA_MYSQL_URL. real-postgresql: PostgreSQL (KATA_POSTGRES_URL) in "
         "MariaDB's place.",
)  # fmt: skip


@click.command(epilog="Example: python3 -m graders grade two_sum s03")
@click.argument("names", metavar="[SLUG|TOPIC]...", nargs=-1, shell_complete=complete_name)
@click.option("--all", "every", is_flag=True,
              help="Tell of every failing kata and of all its stages, and exit 1 unless every kata "
                   "is accepted.")
@_FORMAT
@click.option("--jobs", type=click.IntRange(1), help="Judge so many at once. [default: all cores]")
@_ENGINE
@_LANE
def grade(names: tuple[str, ...], every: bool, form: str, jobs: int | None,
          engine: str | None, lane: str) -> int:
    """Judge what you have changed in the working tree.

    Without names, all katas and all sheets of answers; with some, those (a topic like s03 stands
    for all of its katas, and for its questions). A module that is still as it was shipped is not
    run. Of a kata with stages you see those up to the first unfinished one. Exit 0 when all that
    you have changed is accepted, also when you have changed nothing yet.
    """
    from graders.learn import question
    from graders.learn.grade import Options, choose
    from graders.learn.grade import grade as grade_katas

    tree, shown = catalog(*names), screen()
    katas = choose(tree, names)
    with _progress(shown) as done:
        standings = grade_katas(tree, katas, Options(jobs, engine, lane), done)
    sheets = question.grade(tree.root, question.choose(tree, names))
    if form == "json":
        from graders.report import json

        click.echo(json.text(json.grading_data(standings, sheets)))
    else:
        from graders.report import text

        click.echo(text.grading(standings, shown, bool(names), sheets, every), nl=False)
    _step_summary(standings, sheets, shown)
    return _grade_code(standings, sheets, every)


@click.command(epilog="Example: python3 -m graders judge two_sum /tmp/mine.py")
@_SLUG
@click.argument("file", type=click.Path(path_type=Path))
@_FORMAT
@click.option("--hidden", is_flag=True, help="The hidden suite too; implies --require-sandbox.")
@_ENGINE
@click.option("--require-sandbox", is_flag=True, help="Exit 3 where a layer of it is missing.")
@click.option("--all", "every", is_flag=True,
              help="Show all stages, not only those up to the first unfinished one.")
@_LANE
def judge(slug: str, file: Path, form: str, hidden: bool, engine: str | None,
          require_sandbox: bool, every: bool, lane: str) -> int:
    """Judge one FILE as a submission to one kata, and print its Report.

    --hidden is for instructors: it needs solutions/ beside katas/, and prints everything about
    the hidden tests.
    """
    from dataclasses import replace

    from graders.judge.judge import Judge
    from graders.judge.request import read_submission

    tree = catalog(slug)
    kata = one_kata(tree, slug)
    if not os.path.lexists(file):
        raise GraderError(
            phrase("{file}: no such file; name the module that is to be judged", file=file)
        )
    request = read_submission(kata, file)
    if hidden:
        request = replace(request, hidden=_hidden_suite(tree.root, kata))
    with Judge(tree.root, engine=engine, require_sandbox=require_sandbox or hidden,
               lane=lane) as judging:
        report = judging.judge(request)
    if form == "json":
        from graders.report import json

        click.echo(json.text(json.report_data(report)))
    else:
        from graders.report import text

        click.echo(text.submission(kata, report, str(file), screen(), every), nl=False)
    return _report_code([report])


@click.command(epilog="Example: python3 -m graders watch two_sum")
@click.argument("names", metavar="[SLUG|TOPIC]...", nargs=-1, shell_complete=complete_name)
@click.option("--poll", is_flag=True,
              help="Look for changes, where the file system does not tell of them.")
@_ENGINE
def watch(names: tuple[str, ...], poll: bool, engine: str | None) -> int:
    """Judge a kata each time you save its module, in a warm engine.

    Without names, all katas and all sheets of answers. Single keys give a hint, the next kata, the
    list, the statement, the answer, your editor (VISUAL or EDITOR); q or Ctrl-C ends it. Where
    standard input is no terminal there are no keys; it ends when a pipe there is closed.
    """
    from graders.learn.watch import Options
    from graders.learn.watch import watch as watch_katas

    return watch_katas(root(), names, Options(poll, engine), screen)


@click.command("list")
@click.option("--all", "every", is_flag=True, help="Every kata, also those not on your path.")
def list_katas(every: bool) -> None:
    """The katas of your path, and how far you are with them.

    A path with days shows each day with its budget, katas and questions; below stands how much
    time the rest will take. Without a path of your own you see all katas.
    """
    from graders.learn import course_pages
    from graders.learn.progress import survey
    from graders.report.listing import listing

    tree = catalog()
    text = listing(survey(tree), screen()) if every else course_pages.course(tree, screen())
    click.echo(text, nl=False)


@click.command(epilog="Example: python3 -m graders path sprint")
@click.argument("name", metavar="[NAME]", required=False, shell_complete=complete_path)
def path(name: str | None) -> None:
    """The learning paths, or with a NAME: the one to follow from now on.

    `next` and `list` follow it. `all`, every kata, is what you follow until you choose.
    """
    from graders.learn import course_pages

    tree, shown = catalog(), screen()
    text = course_pages.choose(tree, name, shown) if name else course_pages.every_path(tree, shown)
    click.echo(text, nl=False)


@click.command("next")
def next_kata() -> None:
    """The next kata on your path: the first unsolved one whose prerequisites you have solved."""
    from graders.learn import pages
    from graders.learn.paths import course

    click.echo(pages.following(course(catalog()), screen()), nl=False)


@click.command(epilog="Example: python3 -m graders show s03 --question")
@click.argument("name", metavar="SLUG|TOPIC", shell_complete=complete_name)
@click.option("--question", is_flag=True, help="The topic's questions instead, with your values.")
def show(name: str, question: bool) -> None:
    """The statement of a kata, and where its module is; or the questions on a topic."""
    from graders.learn import pages

    shown = screen()
    if question:
        from graders.learn.question import asked

        click.echo(asked(catalog(), name, shown), nl=False)
        return
    from graders.learn import rounds

    tree = catalog(name)
    kata = one_kata(tree, name)
    click.echo(pages.statement(kata, shown), nl=False)
    rounds.begin(tree.root, kata.slug, rounds.now())


@click.command()
@_SLUG
@click.option("--number", type=int, help="Show this one again, from 1.")
def hint(slug: str, number: int | None) -> None:
    """The next hint for a kata; there are three, from a nudge to an outline."""
    from graders.learn import pages

    tree = catalog(slug)
    click.echo(pages.hint(tree.root, one_kata(tree, slug), number, screen()), nl=False)


@click.command(epilog="Example: python3 -m graders answer two_sum")
@click.argument("name", metavar="SLUG|TOPIC", shell_complete=complete_name)
@click.option("--give-up", is_flag=True, help="Open it unsolved, once you have seen all hints.")
@click.option("--file", "file", metavar="FILE", default="",
              help="Only this file of the solution: the reference, or a known-bad one.")
def answer(name: str, give_up: bool, file: str) -> None:
    """The analysis of a kata or topic, once you have solved it.

    Of a kata: the analysis, the reference, and what each known-bad submission gets wrong; it opens
    when your module is accepted as it stands. Of a topic: the model answer to its question; it
    opens when its core katas are accepted or its questions submitted. What you give up comes back
    in a review. Exit 1 while it is closed or cannot be fetched.
    """
    from datetime import date

    from graders.learn.answer import Asked
    from graders.learn.answer import answer as open_answer

    page(open_answer(catalog(), Asked(name, give_up, file), date.today(), screen()))


COMMANDS = (grade, judge, watch, list_katas, path, next_kata, show, hint, answer)


def _grade_code(
    standings: Sequence[Standing], sheets: Sequence[SheetResult], every: bool
) -> int:
    from graders.report.question import failing
    from graders.report.standing import State, judged

    code = _report_code(judged(standings))
    missing = every and any(each.state is not State.SOLVED for each in standings)
    return code or int(missing or bool(failing(sheets)))


def _report_code(reports: Sequence[Report]) -> int:
    """Return 3 when the judge failed on any, 1 when any is not accepted, else 0."""
    from graders.report.standing import failing, faulty

    if faulty(reports):
        return 3
    return int(bool(failing(reports)))


def _hidden_suite(root: Path, kata: Kata) -> Path | None:
    from graders.catalog import hidden_suite

    try:
        return hidden_suite(root, kata)
    except FileNotFoundError as missing:
        shown = str(missing)
    raise GraderError(
        phrase("{slug}: no hidden suite here ({path}); judge without --hidden, or where the "
               "solutions are", slug=kata.slug, path=shown)
    )  # fmt: skip


def _step_summary(
    standings: Sequence[Standing], sheets: Sequence[SheetResult], shown: Screen
) -> None:
    """Add to the summary page of a GitHub workflow; a page that cannot be written is none."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    from dataclasses import replace

    from graders.report.summary import markdown

    told = markdown(standings, replace(shown, color=False), sheets)
    with suppress(OSError), open(page, "a", encoding="utf-8", errors="replace") as file:
        file.write(told)


@contextmanager
def _progress(shown: Screen) -> Iterator[Callable[[int, int, str], None]]:
    """Keep one line on the terminal up to date while katas are judged; silent elsewhere."""
    stream = sys.stderr
    if not stream.isatty():
        yield lambda done, total, slug: None
        return

    judging = say("judging")

    def show_line(done: int, total: int, slug: str) -> None:
        stream.write(f"\r\x1b[K{judging} {done}/{total} {slug}")
        stream.flush()

    try:
        yield show_line
    finally:
        stream.write("\r\x1b[K")
        stream.flush()
