"""Text from learners, made safe to show: once, when a Report is built.

Control characters, surrogates and bidirectional overrides become visible escapes; the length is
capped. Exporters escape again for their own format (HTML, Markdown, CSV).
"""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace

from graders.model import Failure
from graders.phrases import phrase

TEXT_CAP = 4 << 10  # characters: a page of a terminal
_KEEP = "\n\t"


def clean(text: str, cap: int = TEXT_CAP) -> str:
    """Return `text` with everything invisible or directional escaped, at most `cap` long."""
    shown = _escaped(text[: cap + 1])
    if len(text) <= cap and len(shown) <= cap:
        return shown
    note = phrase("{text}… ({count} characters, more characters than fit)", text="",
                  count=len(text))
    if cap < 2 * len(note):
        note = phrase("{text}… (more characters)", text="")
    kept, room = [], cap - len(note)
    for char in text[:cap]:
        piece = char if char in _KEEP or _is_plain(char) else _escape(char)
        room -= len(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept) + note


def _escaped(text: str) -> str:
    if text.replace("\n", "").replace("\t", "").isprintable():  # of the same categories, but Zs
        return text
    return "".join(c if c in _KEEP or _is_plain(c) else _escape(c) for c in text)


def clean_failure(failure: Failure) -> Failure:
    """Return `failure` with every part cleaned."""
    return replace(failure, **{each.name: clean(getattr(failure, each.name))
                               for each in fields(failure)})


def _is_plain(char: str) -> bool:
    # Cc control, Cf format (bidirectional overrides, zero width), Cs surrogate, Co private,
    # Zl and Zp line and paragraph separators
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
