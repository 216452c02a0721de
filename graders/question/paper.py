"""question.toml (format 1) parsed into a Paper.

Owns what each key of question.toml means and the text of every complaint about it. How many
items make a set is `verify`'s.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graders.catalog_toml import Table, open_document
from graders.model import FORMAT, Text
from graders.phrases import phrase
from graders.question.items import LETTERS, Form, Item, Paper, Reading
from graders.question.place import FILE, Place

MOST_LINES = 40
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_KEYS = {
    Form.PREDICT: ("reading", "variants"),
    Form.SPOT: ("lines", "code", "reasons"),
    Form.CHOOSE: ("options", "constraints"),
    Form.EXPLAIN: (),
}


def read(place: Place) -> Paper:
    """Return the question set of a topic. Raises GraderError at the first thing that is wrong."""
    document = open_document(place.root, place.folder / FILE, phrase("the topic's question set"))
    top = document.parse().only("format", "minutes", "items")
    check_format(top)
    items: dict[str, Item] = {}
    for table in top.tables("items"):
        item = _item(table)
        if item.id in items:
            raise table.fail("id", f"'{item.id}' is the id of two items; rename one")
        items[item.id] = item
    if not items:
        raise top.fail("items", "no items; begin each with [[items]]")
    minutes = top.whole("minutes", 1, 240)
    return Paper(place.topic, place.topic_folder, place.folder, minutes, tuple(items.values()))


def check_format(top: Table) -> None:
    """Raise GraderError for a file of another format."""
    number = top.whole("format", -(10**9), 10**9)
    if number < FORMAT:
        what = f"format {number} is too old for these graders"
        raise top.fail("format", f"{what}; write the file anew in format {FORMAT}")
    if number > FORMAT:
        what = f"format {number} is newer than these graders, which read format {FORMAT}"
        raise top.fail("format", f"{what}; update the graders")


def texts(table: Table, key: str) -> tuple[Text, ...]:
    """Return the texts of a list that both languages have, as long in one as in the other."""
    both = table.table(key, required=True).only("en", "zh")
    english, chinese = both.words("en"), both.words("zh")
    if len(english) != len(chinese):
        what = f"{len(english)} in 'en' and {len(chinese)} in 'zh'"
        raise table.fail(key, f"'{key}' has {what}; write the same ones in both languages")
    return tuple(Text(en, zh) for en, zh in zip(english, chinese, strict=True))


def _item(table: Table) -> Item:
    name = table.text("id")
    if not _ID.fullmatch(name):
        raise table.fail("id", f"'{name}' is no id; use words of a-z and 0-9 joined by _")
    form = Form(table.choice("form", list(Form)))
    table.only("id", "form", "ask", *_KEYS[form])
    ask = table.table("ask", required=True).only("en", "zh")
    item = Item(name, form, Text(ask.text("en"), ask.text("zh")))
    return _WITH_PARTS[form](table, item)


def _predict(table: Table, item: Item) -> Item:
    reading = Reading(table.choice("reading", list(Reading)))
    variants = tuple(each.strip("\n") for each in table.words("variants"))
    if not variants:
        raise table.fail("variants", "no variants; write three or more scenarios")
    return replace(item, reading=reading, variants=variants)


def _spot(table: Table, item: Item) -> Item:
    if ("code" in table.data) == ("lines" in table.data):
        raise table.fail("lines", "write either 'lines' in both languages or 'code', not both")
    if "code" in table.data:
        written = table.text("code").strip("\n").split("\n")
        lines = tuple(Text(line, line) for line in written)
    else:
        lines = texts(table, "lines")
    if not 2 <= len(lines) <= MOST_LINES:
        raise table.fail("lines", f"{len(lines)} lines; write 2 to {MOST_LINES}")
    reasons = _lettered(table, "reasons")
    return replace(item, lines=lines, code="code" in table.data, reasons=reasons)


def _choose(table: Table, item: Item) -> Item:
    options, constraints = _lettered(table, "options"), _lettered(table, "constraints")
    return replace(item, options=options, constraints=constraints)


def _explain(table: Table, item: Item) -> Item:
    return item


_WITH_PARTS = {
    Form.PREDICT: _predict,
    Form.SPOT: _spot,
    Form.CHOOSE: _choose,
    Form.EXPLAIN: _explain,
}


def _lettered(table: Table, key: str) -> tuple[Text, ...]:
    found = texts(table, key)
    if not 2 <= len(found) <= len(LETTERS):
        raise table.fail(key, f"'{key}' has {len(found)}; write 2 to {len(LETTERS)}")
    return found
