"""answers.toml: the learner's sheet, read.

    [claims]                            one table for each item, named by its id
    answer = { 2 = "b", 5 = "d" }       spot: the wrong lines, each with the letter of its reason

Reads generously (`normal`), and says with file and line what cannot be meant. Never writes a
sheet: it is the learner's work.
"""

from __future__ import annotations

import re

from graders.catalog_toml import Table, open_document
from graders.errors import closest
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
    Sheet,
    Spotted,
)
from graders.question.paper import check_format
from graders.question.place import Place

FILE = "answers.toml"
_MOST = 20_000  # characters of a text; a good one has 1,000
_LARGEST = 10**100


def read(place: Place, paper: Paper) -> Sheet:
    """Return the answers given on the sheet of a topic. Raises GraderError."""
    document = open_document(place.root, place.folder / FILE, phrase("your answers"))
    top = document.parse()
    check_format(top)
    _check_names(top, paper)
    answers: dict[str, Answer] = {}
    for item in paper.items:
        if item.id in top.data and (found := _READ[item.form](top.table(item.id), item)):
            answers[item.id] = found
    return Sheet(answers)


def _check_names(top: Table, paper: Paper) -> None:
    known = ["format", *(item.id for item in paper.items)]
    for key in top.data:
        if key in known:
            continue
        if close := closest(key, known):
            raise top.fail(key, phrase("there is no '{item}' to answer; did you mean '{close}'?",
                                       item=key, close=close))
        raise top.fail(key, phrase("there is no '{item}' to answer; there are: {known}",
                                   item=key, known=", ".join(known[1:])))


def _predicted(table: Table, item: Item) -> Answer | None:
    value = normal.value(_plain(table.only("answer"), "answer"), item.reading)
    return Predicted(value) if value else None


def _spotted(table: Table, item: Item) -> Answer | None:
    given = table.only("answer").table("answer")
    reasons: dict[int, str] = {}
    for key, raw in given.data.items():
        written = normal.plain(key)
        line = int(written) if re.fullmatch(r"[0-9]{1,4}", written) else 0
        if not 1 <= line <= len(item.lines):
            raise given.fail(key, phrase(
                "'{line}' is no line of '{item}'; it has lines 1 to {last}",
                line=key, item=item.id, last=len(item.lines)))
        if line in reasons:
            raise given.fail(key, phrase("line {line} stands twice in '{item}'; name it once",
                                         line=line, item=item.id))
        reasons[line] = _letter(given, key, raw, item.reasons)
    return Spotted(reasons) if reasons else None


def _chosen(table: Table, item: Item) -> Answer | None:
    given = table.only("answer").table("answer").only("option", "because")
    parts = (("option", item.options), ("because", item.constraints))
    option, because = (_letter(given, key, given.data.get(key, ""), of) for key, of in parts)
    return Chosen(option, because) if option or because else None


def _explained(table: Table, item: Item) -> Answer | None:
    table.only("answer", "ticks")
    text = table.data.get("answer", "")
    if not isinstance(text, str):
        raise table.fail("answer", phrase(
            "the answer is no text; write it between triple quotes"))
    ticks = table.data.get("ticks", [])
    if not isinstance(ticks, list) or any(type(each) is not int or each < 1 for each in ticks):
        raise table.fail("ticks", phrase(
            "'ticks' must list numbers of points; write ticks = [1, 3]"))
    if len(text) > _MOST:
        raise table.fail("answer", phrase(
            "the text has {size} characters; keep to {most}", size=len(text), most=_MOST))
    return Explained(text, tuple(sorted(set(ticks)))) if text.strip() else None


def _letter(table: Table, key: str, raw: object, of: tuple[Text, ...]) -> str:
    """Return the letter, "" where none was given. Raises GraderError for one that is not there."""
    if not isinstance(raw, str):
        raise table.fail(key, phrase(
            "'{key}' must have a letter; write {key} = \"a\"", key=key))
    written, known = normal.letter(raw), LETTERS[: len(of)]
    if written and (len(written) > 1 or written not in known):
        raise table.fail(key, phrase(
            "'{key}' has no '{letter}'; choose one of: {known}",
            key=key, letter=raw, known=", ".join(known)))
    return written


def _plain(table: Table, key: str) -> object:
    """Return a string, a number or a list of these."""
    value = table.data.get(key, "")
    each = value if isinstance(value, list) else [value]
    # A hexadecimal int may be longer than Python agrees to write in decimal.
    if all(type(one) in (str, int, float) and not (type(one) is int and abs(one) > _LARGEST)
           for one in each):  # fmt: skip
        return value
    raise table.fail(key, phrase(
        "'{key}' must be a text, a number or a list; write {key} = [3, 1]", key=key))


_READ = {
    Form.PREDICT: _predicted,
    Form.SPOT: _spotted,
    Form.CHOOSE: _chosen,
    Form.EXPLAIN: _explained,
}
