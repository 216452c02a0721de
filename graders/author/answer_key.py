"""key.toml (format 1): the true keys of a question set.

    [trace]                                     predict: one value for each variant
    values = ["3 1", "2 3", "4 1"]
    [claims]                                    spot
    wrong = { 2 = "b", 5 = "d" }
    [policy]                                    choose
    option = "b"
    because = "c"
    [race]                                      explain: what the text should have, two follow-ups
    points.en = ["…"]
    …

Each marked item may say why it is so (`why`), and in S01 to S07 must say what somebody would
answer who follows the article that the topic comes from (`brief`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graders.catalog_toml import Table, open_document
from graders.model import Text
from graders.phrases import phrase
from graders.question import normal
from graders.question.items import (
    LETTERS,
    Answer,
    Chosen,
    Explained,
    Form,
    Item,
    Paper,
    Predicted,
    Spotted,
)
from graders.question.lock import Notes
from graders.question.paper import check_format, texts
from graders.question.place import Place

FILE, COMPUTE = "key.toml", "compute.py"
_FOLLOW_UPS = 2
_KEYS = {
    Form.PREDICT: ("values",),
    Form.SPOT: ("wrong",),
    Form.CHOOSE: ("option", "because"),
    Form.EXPLAIN: ("points", "follow_ups"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """The key of one item: `right` has one answer, or for `predict` one for each variant.

    `brief` is as long, or empty where key.toml does not say what the article would answer.
    """

    right: tuple[Answer, ...]
    brief: tuple[Answer, ...]
    notes: Notes


Keys = Mapping[str, Key]


def read(place: Place, paper: Paper) -> Keys:
    """Return the keys of a topic's set, one for each item. Raises GraderError."""
    holds = phrase("the keys of the question set")
    document = open_document(place.root, place.solutions / FILE, holds)
    top = document.parse()
    check_format(top)
    top.only("format", *(item.id for item in paper.items))
    return {item.id: _key(top.table(item.id, required=True), item) for item in paper.items}


def _key(table: Table, item: Item) -> Key:
    if item.form is Form.EXPLAIN:
        return _explained(table)
    own = _KEYS[item.form]
    table.only(*own, "why", "brief")
    right = _answers(table, item)
    brief: tuple[Answer, ...] = ()
    if "brief" in table.data:
        inner = table.table("brief").only(*own)
        brief = _answers(inner, item)
    why: tuple[Text, ...] = ()
    if "why" in table.data:
        both = table.table("why").only("en", "zh")
        why = (Text(both.text("en"), both.text("zh")),)
    return Key(right, brief, Notes(why))


def _answers(table: Table, item: Item) -> tuple[Answer, ...]:
    match item.form:
        case Form.PREDICT:
            values = table.data.get("values", [])
            if not isinstance(values, list) or len(values) != len(item.variants):
                what = f"'values' must list one value for each of {len(item.variants)} variants"
                raise table.fail("values", f"{what}; write them in the order of question.toml")
            return tuple(Predicted(normal.value(each, item.reading)) for each in values)
        case Form.SPOT:
            given = table.table("wrong", required="wrong" not in table.data)
            return (Spotted({_line(given, key, item): _letter(given, key, len(item.reasons))
                             for key in given.data}),)
        case _:
            return (Chosen(_letter(table, "option", len(item.options)),
                           _letter(table, "because", len(item.constraints))),)


def _explained(table: Table) -> Key:
    table.only("points", "follow_ups")
    points, follow_ups = texts(table, "points"), texts(table, "follow_ups")
    if len(points) < 3 or len(follow_ups) != _FOLLOW_UPS:
        what = f"{len(points)} points and {len(follow_ups)} follow-ups"
        raise table.fail("points", f"{what}; write three or more points and two follow-ups")
    return Key((Explained(" "),), (), Notes(points, follow_ups))


def _line(table: Table, key: str, item: Item) -> int:
    if key.isdecimal() and 1 <= int(key) <= len(item.lines):
        return int(key)
    raise table.fail(key, f"'{key}' is no line; name one from 1 to {len(item.lines)}")


def _letter(table: Table, key: str, count: int) -> str:
    return table.choice(key, tuple(LETTERS[:count]))
