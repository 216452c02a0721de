"""What a question set is made of: items and the answers to them.

    Paper (question.toml) ── Item ──┐
    Sheet (answers.toml) ── Answer ─┼── marking ── SheetResult ── ItemResult
    Locks (keys.json) ───── Lock ───┘             (results)

Owns types only. An item's variants, lines and letters are counted from 1 where people see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from graders.model import Text

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Form(StrEnum):
    """How an item is answered."""

    PREDICT = "predict"  # a value that follows from a small scenario
    SPOT = "spot"  # the wrong ones of numbered lines, each with a reason
    CHOOSE = "choose"  # an option and the constraint that decides it
    EXPLAIN = "explain"  # free text, never marked


class Reading(StrEnum):
    """How the value of a `predict` item is compared."""

    NUMBER = "number"
    LIST = "list"  # in this order
    SET = "set"  # in any order


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a set; what its form does not have is empty."""

    id: str
    form: Form
    ask: Text
    reading: Reading = Reading.NUMBER
    variants: tuple[str, ...] = ()  # the same text in both languages
    lines: tuple[Text, ...] = ()
    code: bool = False  # whether the lines are code
    reasons: tuple[Text, ...] = ()
    options: tuple[Text, ...] = ()
    constraints: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One topic's question set. `folder` holds question.toml, answers.toml and keys.json."""

    topic: str
    topic_folder: str
    folder: Path
    minutes: int
    items: tuple[Item, ...]

    def item(self, name: str) -> Item | None:
        """Return the item of this id."""
        return next((item for item in self.items if item.id == name), None)


@dataclass(frozen=True, slots=True)
class Predicted:
    """A value as `normal.value` writes it."""

    value: str


@dataclass(frozen=True, slots=True)
class Spotted:
    """Letters of reasons by the number of the line; "" where the learner gave none."""

    reasons: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The letters of an option and a constraint; "" where one is missing."""

    option: str
    because: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A text, and which points of the model answer the learner found in it."""

    text: str
    ticks: tuple[int, ...] = ()


Answer = Predicted | Spotted | Chosen | Explained


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers given, by item; an item that is not there was not answered."""

    answers: Mapping[str, Answer]
