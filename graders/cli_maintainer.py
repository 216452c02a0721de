"""The maintainer's commands: verify, mutate, new, publish, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graders.cli_context import catalog, complete_name, root, screen
from graders.cli_help import texts

if TYPE_CHECKING:
    from graders.author.mutation import Mutation
    from graders.author.verify import Row, Verification
    from graders.report.screen import Screen


@click.command()
@click.argument("names", metavar="[SLUG|TOPIC]...", nargs=-1, shell_complete=complete_name)
@click.option("--full", is_flag=True, help="Also exact gaps, independent solutions, mutants; slow.")
@click.option("--ref", metavar="BRANCH", default="", help="Read the solutions from this branch.")
@click.option("--jobs", type=click.IntRange(1),
              help="Judge so many at once. [default: by cores and katas]")
@click.option("--lane", type=click.Choice(["embedded", "real", "real-postgresql"]), metavar="LANE",
              default="embedded",
              help="Judge katas with services against real servers as well; --full does so in "
                   "every lane whose servers answer.")
def verify(names: tuple[str, ...], full: bool, ref: str, jobs: int | None, lane: str) -> int:
    """Prove that tree and suites deserve trust: what must hold for every kata, file by file.

    Every reference is accepted with time to spare, every known-wrong submission gets the verdict
    its name says, every test can fail; with --full, the suites also notice 90 % of the small
    changes of their reference (`mutate`). Ends in one table; exit 1 when anything is found.
    """
    from graders.author.verify import verify as prove

    found = prove(root(), names, full=full, ref=ref, jobs=jobs, lane=lane)
    for finding in [*found.findings, *(each for row in found.rows for each in row.findings)]:
        click.echo(str(finding))
    click.echo(_table(found, screen()), nl=False)
    return int(not found.green)


@click.command()
@click.argument("names", metavar="[SLUG|TOPIC]...", nargs=-1, shell_complete=complete_name)
@click.option("--jobs", type=click.IntRange(1), help="Judge so many at once. [default: all cores]")
@click.option("--sample", type=click.IntRange(1), help="Judge only so many mutants of each kata.")
@click.option("--tests", is_flag=True, help="List each test: its kills, and what only it kills.")
@click.option("--toml", is_flag=True, help="Print the survivors as entries for mutants.toml.")
def mutate(names: tuple[str, ...], jobs: int | None, sample: int | None, tests: bool,
           toml: bool) -> int:
    """Change each reference a little in many ways, and count the changes its suites notice.

    Survivors that do the same as the reference are listed in mutants.toml beside it, each with a
    reason. Exit 1 when the suites of a kata notice less than 90 % of the others.
    """
    from graders.author.equivalents import entry
    from graders.author.mutate import mutate as judge_mutants
    from graders.author.mutation import shown

    found = judge_mutants(root(), names, jobs=jobs, sample=sample)
    for row in found.rows:
        for finding in row.findings:
            click.echo(str(finding))
        for mutant in row.survivors:
            told = f"\n# {row.path}:{mutant.line}\n{entry(mutant)}" if toml else (
                f"{row.path}:{mutant.line}: survives: {shown(mutant)}\n")
            click.echo(told, nl=False)
        for test in row.tests if tests else ():
            click.echo(f"{row.slug}: {test.name}: kills {test.kills}, alone {len(test.alone)}")
            for mutant in test.alone:
                click.echo(f"    {row.path}:{mutant.line}: {shown(mutant)}")
    click.echo(_scores(found, screen()), nl=False)
    return int(not found.green)


@click.command(epilog="Example: python3 -m graders new s03 fifo_cache")
@click.argument("topic")
@click.argument("slug")
@click.option("--program", is_flag=True, help="One that reads standard input and prints.")
def new(topic: str, slug: str, program: bool) -> None:
    """Scaffold the kata SLUG in TOPIC: every file, for you to finish.

    TOPIC is a code like s03, or, to open a topic, the folder to make, like s03_cache. `verify`
    refuses the kata until it is finished.
    """
    from graders.author.scaffold import new as scaffold

    base = root()
    for path in scaffold(base, topic, slug, program):
        click.echo(path.relative_to(base).as_posix())
    click.echo(f"\nFill them in; what is left to do:\npython3 noxfile.py -s verify -- {slug}")


@click.command()
@click.option("--push", "remote", metavar="REMOTE", help="Start from its branches, and push there.")
@click.option("--manifest", is_flag=True,
              help="Only refresh manifest, question keys and table of topics.")
def publish(remote: str | None, manifest: bool) -> None:
    """Write the branches `starter` and `reference-solutions`, made from main.

    The working tree is neither read nor changed; what is not committed is not published.
    --manifest makes keys.json and the empty answers.toml of each question set anew, and adds the
    stubs and sheets of the working tree to the list that tells `grade` which are untouched; commit
    it together with a new or changed stub or question. It also writes the table of topics in
    README.md and README.zh.md, and copier's list of topics and katas.
    """
    from graders.author import contents, question_files, template_lists
    from graders.author import publish as publishing
    from graders.stubs import MANIFEST

    base = root()
    if manifest:
        for path in question_files.refresh(base):
            click.echo(f"{path.relative_to(base).as_posix()}: brought up to date")
        for page in contents.refresh(catalog()):
            click.echo(f"{page.as_posix()}: brought up to date")
        if template_lists.refresh(catalog()):
            click.echo(f"{template_lists.FILE}: brought up to date")
        changed = publishing.write_manifest(base)
        click.echo(f"{MANIFEST}: {'brought up to date' if changed else 'lists every stub already'}")
        return
    for each in publishing.publish(base, remote=remote):
        word = "new commit" if each.changed else "unchanged"
        click.echo(f"{each.branch}: {each.commit[:12]} ({word})")


@click.command()
@click.pass_context
def words(context: click.Context) -> int:
    """Bring the catalogue of Chinese words up to date, and tell what it lacks.

    Reads what the code says and what the help pages hold; keeps every translation that is still
    used. Fill in the empty `msgstr` of graders/locale/zh/LC_MESSAGES/kata40.po, then run it again.
    """
    from graders.author.extraction import Said
    from graders.author.translations import update

    group = context.find_root().command
    assert isinstance(group, click.Group)
    findings = update(root(), [Said(*each) for each in texts(group)])
    for finding in findings:
        click.echo(finding)
    click.echo(f"{len(findings)} findings" if findings else "nothing lacks")
    return int(bool(findings))


COMMANDS = (verify, mutate, new, publish, words)


def _table(found: Verification, shown: Screen) -> str:
    headings = ["kata", "tests", "wrong_", "slow_", "hungry_", "ref", "near", "gap", "mutants",
                "CPU s", ""]
    without = [] if any(row.mutants is not None for row in found.rows) else ["mutants"]
    kept = [number for number, name in enumerate(headings) if name not in without]
    table = shown.table(*(headings[each] for each in kept), right=tuple(range(1, len(kept) - 1)))
    table.padding = (0, 2, 0, 0)  # all of them within a hundred cells
    for row in found.rows:
        table.add_row(*(_cells(row)[each] for each in kept))
    count = len(found.findings) + sum(len(row.findings) for row in found.rows)
    about = (
        "tests: visible + hidden; ref: the largest part of a performance limit that the reference "
        "uses; near: the largest part of any limit that any submission must stay under; gap: the "
        "least multiple of a limit at which a slow_ was stopped; mutants: the share that is "
        "refused (--full)"
    )
    engines = " and ".join(found.engines)
    ending = f"{count} findings" if count else f"nothing found (engines: {engines}; lanes: " \
        f"{' and '.join(found.lanes)})"
    return shown.render("", table, "", about, ending)


def _scores(found: Mutation, shown: Screen) -> str:
    from graders.author.mutation import percent

    headings = ("kata", "mutants", "killed", "equivalent", "survivors", "score", "CPU s", "")
    table = shown.table(*headings, right=(1, 2, 3, 4, 5, 6))
    for row in found.rows:
        state = f"{len(row.findings)} findings" if row.findings else "ok"
        counts = (row.mutants, row.killed, len(row.equivalent), len(row.survivors))
        table.add_row(row.slug, *map(str, counts), percent(row.score), f"{row.cpu_s:.2f}", state)
    about = "score: killed of those that are not equivalent; CPU: of the mutants' own code"
    return shown.render("", table, "", about)


def _cells(row: Row) -> tuple[str, ...]:
    from graders.author.mutation import percent

    gap = f">= {row.gap:.1f}" if row.gap else ""
    counts = (f"{row.visible}+{row.hidden}", str(row.wrong), str(row.slow), str(row.hungry))
    state = f"{len(row.findings)} findings" if row.findings else "ok"
    mutants = "" if row.mutants is None else percent(row.mutants)
    shares = f"{row.reference_share:.0%}", f"{row.nearest:.0%}"
    return row.slug, *counts, *shares, gap, mutants, f"{row.cpu_s:.2f}", state
