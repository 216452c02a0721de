"""One way of writing for each answer: what the same answer may differ in without being another.

Width (２ and 2, Ａ and A), case, spaces, the marks between values and the brackets around them,
and the word for nothing in both languages.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from graders.question.items import Reading

NOTHING = "none"
_NOTHING = {"无", "没有", "空", "nothing", "empty", "null", "-"}
_BETWEEN = re.compile(r"[\s,;、，；]+")
_AROUND = "()[]{}<>【】「」『』《》\"'`“”‘’"


def plain(text: str) -> str:
    """Return the text in half width and small letters, without spaces around it."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def letter(text: str) -> str:
    """Return the letter in "B", " b) " or "（ｂ）"; anything else as it is, only in plain form."""
    return plain(text).strip("()[].:、。 ")


def value(raw: object, reading: Reading) -> str:
    """Return the one way to write a value; "" where nothing was written.

    `raw` is a string, a number, or a list of these, as TOML has them.
    """
    text = " ".join(str(each) for each in raw) if isinstance(raw, list) else str(raw)
    text = plain(text).translate(dict.fromkeys(map(ord, _AROUND), " ")).strip()
    if reading is Reading.NUMBER:
        return _number(re.sub(r"(?<=\d)[,_ ](?=\d)", "", text))
    words = [_number(word) for word in _BETWEEN.split(text) if word]
    return " ".join(sorted(words) if reading is Reading.SET else words)


def _number(word: str) -> str:
    """Return a number without what does not count (007, 3.0, +3); another word as it is."""
    if word in _NOTHING:
        return NOTHING
    try:
        read = Decimal(word)
    except InvalidOperation:
        return word
    if not read.is_finite() or abs(read.adjusted()) > 30:
        return word
    return format(read.normalize() + 0, "f")
