"""How a word finds katas: by slug, topic, title in either language, or another name.

    two_sum   Two-Sum   "two sum"   两数之和        the kata of this slug or title
    leetcode:1   "LeetCode 1"   1                  the kata that stands there under this number
    s03   S03_Cache                                 all katas of the topic

Case, width and what stands between words make no difference. A slug comes before a topic, both
before titles and other names; among those, a word that fits several katas names none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from graders.errors import GraderError, closest
from graders.model import Kata
from graders.phrases import phrase

_LEAST = 3  # letters of a part of a name that is worth a suggestion
_MOST = 200  # letters of a word that are looked at


def find(katas: Sequence[Kata], word: str) -> tuple[Kata, ...]:
    """Return the kata that `word` names, or all katas of the topic that it names.

    Raises GraderError with the closest known word when there is none, and with all that it could
    mean when there are several.
    """
    wanted = key(word)
    for names in (_slugs, _topics):
        if found := tuple(kata for kata in katas if wanted in map(key, names(kata))):
            return found
    others = [kata for kata in katas if wanted in map(key, _others(kata))]
    if len(others) == 1:
        return (others[0],)
    if others:
        slugs = ", ".join(kata.slug for kata in others)
        raise GraderError(phrase("{word}: several katas have this name; name one of them: {slugs}",
                                 word=word, slugs=slugs))
    if close := _close(katas, wanted):
        raise GraderError(phrase("{word}: no kata or topic has this name; did you mean "
                                 "'{close}'?", word=word, close=close))
    raise GraderError(phrase("{word}: no kata or topic has this name; `list` shows all katas",
                             word=word))


def topic_of(katas: Sequence[Kata], word: str) -> str:
    """Return the topic that `word` names, as its code; "" where it names a kata or nothing."""
    wanted = key(word)
    if any(wanted == key(kata.slug) for kata in katas):
        return ""
    return next((kata.topic for kata in katas if wanted in map(key, _topics(kata))), "")


def key(word: str) -> str:
    """Return what of a word counts: its letters and digits, without case and width."""
    plain = unicodedata.normalize("NFKC", word[:_MOST]).casefold()
    return "".join(each for each in plain if each.isalnum()) or plain


def _slugs(kata: Kata) -> tuple[str, ...]:
    return (kata.slug,)


def _topics(kata: Kata) -> tuple[str, ...]:
    return kata.topic, kata.topic_folder


def _others(kata: Kata) -> Iterator[str]:
    yield from (kata.title.en, kata.title.zh)
    for name in kata.aka:
        yield from (name, name.partition(":")[2])


def _close(katas: Sequence[Kata], wanted: str) -> str:
    """Return the slug or topic whose names are most like `wanted`, or that holds it, or ""."""
    shown: dict[str, str] = {}
    for kata in katas:
        for name in (kata.slug, kata.title.en, kata.title.zh):
            shown.setdefault(key(name), kata.slug)
        for name in _topics(kata):
            shown.setdefault(key(name), name)
    if close := closest(wanted, shown):
        return shown[close]
    least = _LEAST if wanted.isascii() else _LEAST - 1  # two Chinese letters make a word
    holding = [name for known, name in shown.items() if wanted in known]
    return holding[0] if len(wanted) >= least and holding else ""
