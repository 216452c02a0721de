"""What every command needs to know of its surroundings: the repository, the terminal, the words."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from graders.errors import GraderError
from graders.phrases import phrase
from graders.words import language

if TYPE_CHECKING:
    from graders.catalog import Catalog
    from graders.model import Kata
    from graders.report.screen import Screen

PROGRAM = "python -m graders" if sys.platform == "win32" else "python3 -m graders"
_WIDTH = 100  # of what goes into a file or a pipe


def root() -> Path:
    """Return the repository that the current folder lies in; the folder itself if in none."""
    here = Path.cwd()
    return next((each for each in (here, *here.parents) if (each / "katas").is_dir()), here)


def catalog(*names: str) -> Catalog:
    """Return the katas of this repository; those of given slugs only. Raises GraderError."""
    from graders.catalog import load_named

    return load_named(root(), names)


def screen() -> Screen:
    """Return what to write for: the terminal's width and colours, or a file's."""
    from graders.report.screen import Screen

    terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if terminal else _WIDTH
    color = terminal and not os.environ.get("NO_COLOR")
    return Screen(root(), width, color)


def page(text: str) -> None:
    """Print a long text: on a terminal that it does not fit through a pager, else as it is."""
    rows = shutil.get_terminal_size((_WIDTH, 24)).lines
    if sys.stdout.isatty() and text.count("\n") >= rows:
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)


def one_kata(catalog: Catalog, slug: str) -> Kata:
    """Return the kata of a slug; raises GraderError, also for a topic that has several."""
    found = catalog.find(slug)
    if len(found) == 1:
        return found[0]
    slugs = ", ".join(kata.slug for kata in found)
    raise GraderError(
        phrase("{topic}: is a topic of several katas; name one of them: {slugs}",
               topic=slug, slugs=slugs)
    )  # fmt: skip


def complete_slug(context: click.Context, parameter: click.Parameter, begun: str) -> list[
    CompletionItem
]:
    """Return the slugs that begin so, with their titles; nothing where the tree has a fault."""
    try:
        katas = catalog().katas
    except GraderError:
        return []
    found = [kata for kata in katas if kata.slug.startswith(begun)]
    return [CompletionItem(kata.slug, help=kata.title.get(language())) for kata in found]


def complete_name(context: click.Context, parameter: click.Parameter, begun: str) -> list[
    CompletionItem
]:
    """Return the slugs and topics that begin so."""
    items = complete_slug(context, parameter, begun)
    try:
        topics = dict.fromkeys(kata.topic_folder for kata in catalog().katas)
    except GraderError:
        return []
    return [*items, *(CompletionItem(topic) for topic in topics if topic.startswith(begun))]


def complete_path(context: click.Context, parameter: click.Parameter, begun: str) -> list[
    CompletionItem
]:
    """Return the learning paths that begin so, with their titles."""
    from graders.catalog_paths import load

    try:
        plans = load(root()).plans.values()
    except GraderError:
        return []
    return [CompletionItem(plan.name, help=plan.title.get(language())) for plan in plans
            if plan.name.startswith(begun)]
