"""Rules about the texts of a question set: written, in their language, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator

from graders.author import law_chinese, numerals
from graders.author.answer_key import FILE, Keys
from graders.author.finding import Finding
from graders.author.law_files import CHINESE, UNFINISHED
from graders.author.page import Line, prose_of
from graders.model import Text
from graders.question import place as places
from graders.question.items import Item, Paper
from graders.question.place import Place


def check(place: Place, read: Paper, keys: Keys) -> Iterator[Finding]:
    """Yield where a text is unfinished, in the wrong language, or says other numbers."""
    ours = [(item.id, text) for item in read.items for text in _texts(item)]
    theirs = [(name, text) for name, key in keys.items()
              for text in (*key.notes.points, *key.notes.follow_ups)]
    files = ((place.folder / places.FILE, ours), (place.solutions / FILE, theirs))
    for path, found in files:
        shown, written = place.relative(path), path.read_text(encoding="utf-8")
        for name, text in found:
            for rule, what in _pair(text):
                yield Finding(shown, _line(written, text), rule, f"'{name}': {what}")
            for line in prose_of(text.zh) if text.zh != text.en else ():
                yield from law_chinese.check_line(shown, Line(_line(written, text, "zh"),
                                                              line.text, line.codes))
    for item in read.items:
        if any(CHINESE.search(each) for each in item.variants):
            what = f"'{item.id}' has Chinese in a variant; variants are the same in both languages"
            yield Finding(f"{place.shown}/{places.FILE}", 0, "language", what)


def _pair(text: Text) -> Iterator[tuple[str, str]]:
    if UNFINISHED in text.en + text.zh:
        yield "unfinished", "is not written yet; replace this placeholder"
    if text.en == text.zh:
        return  # code, or a name
    if CHINESE.search(text.en):
        yield "language", "the English text has Chinese characters; write it for an English reader"
    if len(text.zh) > 12 and not CHINESE.search(text.zh):
        yield "language", "the Chinese text has no Chinese; write it for a Chinese reader"
    for one, other, language in ((text.en, text.zh, "zh"), (text.zh, text.en, "en")):
        known = numerals.figures(other) | numerals.words(other, language)
        for number in sorted(numerals.figures(one) - known):
            yield "numbers", f"one language says {number:g} and the other does not"


def _texts(item: Item) -> tuple[Text, ...]:
    lines = () if item.code else item.lines
    return (item.ask, *lines, *item.reasons, *item.options, *item.constraints)


def _line(written: str, text: Text, language: str = "en") -> int:
    """Return the line of key.toml or question.toml on which a text begins; 0 if it is not found."""
    begins = text.get(language).strip().split("\n")[0][:40].replace('"', '\\"')
    before = written.partition(begins)
    return before[0].count("\n") + 1 if before[1] else 0
