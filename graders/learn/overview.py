"""`report`: what a checkout knows of its learner, gathered for one page, and the page written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from graders import settings, stubs
from graders.catalog import Catalog
from graders.errors import GraderError
from graders.learn import memory, paths, progress, question, review, rounds
from graders.learn.memory import Memory
from graders.model import Kata, Text
from graders.phrases import phrase
from graders.question.place import places
from graders.question.results import SheetResult
from graders.report.html import KataRow, Overview, TopicPart
from graders.report.standing import Standing, State
from graders.report.topics import topic_title

FOLDER, FILE = "report", "index.html"


def gather(catalog: Catalog, today: date) -> Overview:
    """Return all that there is to tell. Nothing is judged. Raises GraderError."""
    remembered = memory.read(catalog.root)
    sets = places(catalog.root, catalog.katas)
    marked = {place.topic: result for place, result in
              zip(sets, question.grade(catalog.root, sets), strict=True)}
    topics: dict[str, list[Standing]] = {}
    for each in progress.survey(catalog):
        topics.setdefault(each.kata.topic, []).append(each)
    told = settings.read(catalog.root)
    course = paths.course(catalog)
    return Overview(
        told.get("learner_name", "").strip() or told.get("project_name", "").strip(),
        today.isoformat(), course.plan.title, sum(leg.left_minutes for leg in course.legs),
        tuple(_topic(code, each, remembered, marked.get(code), today)
              for code, each in topics.items()))  # fmt: skip


def write(folder: Path, text: str) -> Path:
    """Write the page into a folder, made if missing; return its path. Raises GraderError."""
    path = folder / FILE
    name = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as error:
        raise GraderError(phrase(
            "{file}: cannot be written ({error}); name another folder with --out", file=path,
            error=error.strerror or type(error).__name__)) from error
    finally:
        with suppress(OSError):
            if name:
                os.unlink(name)
    return path


def _topic(
    code: str, standings: Sequence[Standing], remembered: dict[str, Memory],
    sheet: SheetResult | None, today: date,
) -> TopicPart:
    kata = standings[0].kata
    title = Text(topic_title(kata, "en"), topic_title(kata, "zh"))
    rows = tuple(_row(each, remembered.get(each.kata.slug, Memory()), today) for each in standings)
    return TopicPart(code, title, rows, sheet)


def _row(standing: Standing, known: Memory, today: date) -> KataRow:
    kata, last = standing.kata, rounds.latest(known)
    judged = known.verdict is not None and standing.state is not State.UNTOUCHED
    return KataRow(
        kata.slug, kata.title, kata.difficulty, kata.minutes, standing.state, judged,
        judged and _changed(kata, known), known.points if judged else 0.0,
        _stages(kata, known) if judged else (), known.hints, len(kata.hints), len(known.reviews),
        review.RATINGS[last.rating] if last else "", last.day if last else "",
        review.days_left(kata, known, today), known.redoing)  # fmt: skip


def _stages(kata: Kata, known: Memory) -> tuple[tuple[Text, float, int], ...]:
    """Return what each stage earned; nothing for a kata of one, or one that has others by now."""
    if len(kata.stages) < 2 or len(kata.stages) != len(known.stages):
        return ()
    return tuple((stage.title, earned, stage.points)
                 for stage, earned in zip(kata.stages, known.stages, strict=True))


def _changed(kata: Kata, known: Memory) -> bool:
    data = progress.module(kata.stub)
    return data is None or stubs.stub_hash(data) != known.sha256
