"""Marking: a pure function of paper, keys, answers and learner.

    predict   the value, or nothing
    spot      for each wrong line half for naming it and half for its reason; every line named
              beside them takes one away; never below nothing
    choose    option and constraint, or nothing
    explain   no points: a text of some length opens the model answer's points as a checklist

What is told of a wrong answer is which part of it is right, never what would be.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from graders.question.attempt import is_long_enough
from graders.question.items import (
    Answer,
    Chosen,
    Explained,
    Form,
    Item,
    Paper,
    Predicted,
    Sheet,
    Spotted,
)
from graders.question.lock import Lock, Locks, unpack
from graders.question.results import ItemResult, Mark, Outcome, SheetResult


def variant(learner: str, topic: str, item: Item) -> int:
    """Return which variant (from 0) of a `predict` item this learner has."""
    seed = "\0".join((learner, topic, item.id)).encode()
    return int.from_bytes(hashlib.sha256(seed).digest()[:8], "big") % len(item.variants)


def variants(paper: Paper, learner: str) -> dict[str, int]:
    """Return which variants (from 0) this learner has, by item."""
    return {item.id: variant(learner, paper.topic, item) for item in paper.items if item.variants}


def mark(paper: Paper, locks: Locks, sheet: Sheet, learner: str) -> SheetResult:
    """Return what became of a sheet; a sheet without an answer is not started."""
    results = tuple(
        _item(paper, item, locks, sheet.answers.get(item.id), learner) for item in paper.items
    )
    if not sheet.answers:
        return SheetResult(paper.topic_folder, Outcome.NOT_STARTED, items=results)
    marked = [each for each in results if each.form is not Form.EXPLAIN]
    right = all(each.mark is Mark.RIGHT for each in marked)
    points = round(100 * sum(each.score for each in marked) / max(len(marked), 1), 2)
    outcome = Outcome.ACCEPTED if right else Outcome.NOT_ACCEPTED
    return SheetResult(paper.topic_folder, outcome, points, results)


def _item(
    paper: Paper, item: Item, locks: Locks, answer: Answer | None, learner: str
) -> ItemResult:
    number = variant(learner, paper.topic, item) if item.form is Form.PREDICT else -1
    blank = ItemResult(item.id, item.form, number + 1, Mark.NOT_ANSWERED)
    lock = locks.items.get(item.id, Lock())
    match answer:
        case None:
            return blank
        case Predicted(value):
            key = lock.values[number] if number < len(lock.values) else ""
            right = locks.hash(item.id, f"value {number + 1}", value) == key
            result = replace(blank, mark=Mark.RIGHT if right else Mark.WRONG, score=float(right))
        case Spotted():
            result = _spotted(blank, locks, lock, answer)
        case Chosen():
            result = _chosen(blank, locks, lock, answer)
        case Explained():
            result = _explained(blank, answer)
    if result.mark not in (Mark.RIGHT, Mark.SUBMITTED):
        return result
    notes = unpack(lock.notes)
    ticks = tuple(tick for tick in result.ticks if tick <= len(notes.points))
    return replace(result, notes=notes.points, follow_ups=notes.follow_ups, ticks=ticks)


def _spotted(blank: ItemResult, locks: Locks, lock: Lock, answer: Spotted) -> ItemResult:
    total = len(lock.lines)
    found = [line for line in sorted(answer.reasons)
             if locks.hash(blank.id, "line", str(line)) in lock.lines]
    differs = [line for line in found
               if locks.hash(blank.id, f"line {line}", answer.reasons[line]) not in lock.pairs]
    extra = len(answer.reasons) - len(found)
    earned = len(found) - 0.5 * len(differs) - extra
    exact = len(found) == total and not differs and not extra
    none = Mark.PARTLY if found else Mark.WRONG
    return replace(
        blank, mark=Mark.RIGHT if exact else none, score=max(0.0, earned / max(total, 1)),
        found=len(found), of=total, extra=extra, differs=tuple(differs),
    )  # fmt: skip


def _chosen(blank: ItemResult, locks: Locks, lock: Lock, answer: Chosen) -> ItemResult:
    parts = (("option", answer.option, lock.option), ("because", answer.because, lock.because))
    agrees = tuple(
        name for name, given, key in parts if given and locks.hash(blank.id, name, given) == key
    )
    word = (Mark.WRONG, Mark.PARTLY, Mark.RIGHT)[len(agrees)]
    return replace(blank, mark=word, score=float(word is Mark.RIGHT), agrees=agrees)


def _explained(blank: ItemResult, answer: Explained) -> ItemResult:
    enough = is_long_enough(answer.text)
    word = Mark.SUBMITTED if enough else Mark.TOO_SHORT
    return replace(blank, mark=word, ticks=answer.ticks if enough else ())
