"""What marking finds, of one item and of a sheet. Owns types only; they are printed as JSON too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graders.model import Text
from graders.question.items import Form


class Mark(StrEnum):
    """What became of one item. The last two are of `explain`, which has no points."""

    RIGHT = "RIGHT"
    PARTLY = "PARTLY"
    WRONG = "WRONG"
    NOT_ANSWERED = "NOT_ANSWERED"
    SUBMITTED = "SUBMITTED"
    TOO_SHORT = "TOO_SHORT"


class Outcome(StrEnum):
    """What became of one sheet."""

    ACCEPTED = "ACCEPTED"  # every marked item is right
    NOT_ACCEPTED = "NOT_ACCEPTED"
    NOT_STARTED = "NOT_STARTED"
    UNREADABLE = "UNREADABLE"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What marking says of one item: which part is right, never what is right instead.

    `found` of `of` wrong lines were named, `extra` others beside them; the reason is another one
    at the lines in `differs`. `agrees` names the right half of a choice. `notes` and `follow_ups`
    are what the answer has earned: why it is right, or the points of the model answer.
    """

    id: str
    form: Form
    variant: int  # of a `predict` item, from 1; else 0
    mark: Mark
    score: float = 0.0  # 0 to 1
    found: int = 0
    of: int = 0
    extra: int = 0
    differs: tuple[int, ...] = ()
    agrees: tuple[str, ...] = ()
    ticks: tuple[int, ...] = ()
    notes: tuple[Text, ...] = ()
    follow_ups: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetResult:
    """What became of the sheet of one topic. `points` (0 to 100) leave `explain` items aside."""

    topic: str
    outcome: Outcome
    points: float = 0.0
    items: tuple[ItemResult, ...] = ()
    sheet: str = ""  # its path in the repository
    message: str = ""  # why it cannot be read
