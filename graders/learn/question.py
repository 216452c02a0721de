"""The question sets of a learner: which there are, whose variants, and the sheets marked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graders import stubs
from graders.catalog import Catalog
from graders.errors import GraderError
from graders.learn import memory
from graders.phrases import phrase
from graders.question import lock, marking, paper, sheet
from graders.question.place import Place, places
from graders.question.results import Outcome, SheetResult
from graders.report.question_page import page
from graders.report.screen import Screen

_LONGEST_ID = 200


def choose(catalog: Catalog, names: Sequence[str]) -> tuple[Place, ...]:
    """Return the question sets of the topics that are named; all of them without names.

    The slug of a kata names no topic. Names have been checked by then.
    """
    every = places(catalog.root, catalog.katas)
    if not names:
        return every
    topics = {catalog.topic_of(name) for name in names}
    return tuple(each for each in every if each.topic in topics)


def asked(catalog: Catalog, name: str, screen: Screen) -> str:
    """Return the questions on the topic that is named, or that a kata belongs to.

    Raises GraderError for an unknown name, and where the topic has no questions.
    """
    kata = catalog.find(name)[0]
    found = places(catalog.root, [kata])
    if not found:
        page_of = f"katas/{kata.track}/{kata.topic_folder}/README.md"
        raise GraderError(phrase("{name}: its topic has no questions yet; read its page instead: "
                                 "{path}", name=name, path=page_of))
    read = paper.read(found[0])
    learner = identify(os.environ, catalog.root)
    return page(read, marking.variants(read, learner), screen)


def grade(root: Path, sets: Iterable[Place]) -> tuple[SheetResult, ...]:
    """Mark the sheets of these topics; one that cannot be read says why in its result."""
    shipped = stubs.known_stubs(root / "katas")
    learner = identify(os.environ, root)
    return tuple(_mark(place, shipped, learner) for place in sets)


def identify(environment: Mapping[str, str], root: Path) -> str:
    """Return whose variants to use: KATA_LEARNER, else the answers to copier, else a kept one."""
    if own := environment.get("KATA_LEARNER", "").strip():
        return own[:_LONGEST_ID]
    try:
        answers = (root / ".copier-answers.yml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        answers = ""
    for key in ("learner_id", "learner_name"):
        found = re.search(rf"^{key}:(.*)$", answers, re.MULTILINE)
        if found and (value := found[1].strip().strip("'\"").strip()):
            return value[:_LONGEST_ID]
    return memory.learner(root)


def _mark(place: Place, shipped: Mapping[str, frozenset[str]], learner: str) -> SheetResult:
    shown = f"{place.shown}/{sheet.FILE}"
    blank = SheetResult(place.topic_folder, Outcome.NOT_STARTED, sheet=shown)
    path = place.folder / sheet.FILE
    try:
        if path.is_file() and stubs.stub_hash(path.read_bytes()) in shipped.get(
            stubs.sheet_name(place.topic_folder), frozenset()
        ):
            return blank
        if not os.path.lexists(path):
            return blank
        read = paper.read(place)
        locks = lock.read(place.folder, place.shown)
        marked = marking.mark(read, locks, sheet.read(place, read), learner)
    except GraderError as error:
        return replace(blank, outcome=Outcome.UNREADABLE, message=str(error))
    if marked.outcome is Outcome.NOT_STARTED:
        return blank
    return replace(marked, sheet=shown)
