"""The learner's commands beside the daily loop: review, progress."""

from __future__ import annotations

import click

from graders.cli_context import catalog, complete_slug, one_kata, screen
from graders.phrases import phrase


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


COMMANDS = (review, progress)
