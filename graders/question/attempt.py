"""When a text is an attempt to explain something; nobody judges whether it succeeds."""

from __future__ import annotations

import re
from collections import Counter

# What counts as an attempt to explain: 30 words or 60 Chinese characters, the same ones again
# counted so often only that a text can not be one word repeated.
WORDS, CHARACTERS = 30, 60
_WORD_REPEATS, _CHARACTER_REPEATS = 3, 4
_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z0-9][a-z0-9_'’()^*+-]*", re.IGNORECASE)


def is_long_enough(text: str) -> bool:
    """Return whether a text is an attempt to explain, in either language or a mixture."""
    characters = Counter(_CHARACTER.findall(text))
    words = Counter(word.lower() for word in _WORD.findall(text))
    share = sum(min(count, _CHARACTER_REPEATS) for count in characters.values()) / CHARACTERS
    share += sum(min(count, _WORD_REPEATS) for count in words.values()) / WORDS
    return share >= 1
