"""Texts that others wrote, on their way into Markdown (CommonMark): nothing of them is markup."""

from __future__ import annotations

import re

from graders.report.html import visible

_MARKUP = "\\`*_<>[]#!|&~"


def plain(text: str) -> str:
    """Return a text on one line that is shown letter by letter."""
    one = " ".join(str(visible(text)).split())
    return "".join(f"\\{each}" if each in _MARKUP else each for each in one)


def code(text: str) -> str:
    """Return a text as a code span; no escape means anything within one, only a longer fence does.

    https://spec.commonmark.org/0.31.2/#code-spans: one blank at both ends is taken away.
    """
    one = str(visible(text)).replace("\n", " ")
    fence = "`" * (1 + max(map(len, re.findall("`+", one)), default=0))
    blank = " " if one.startswith("`") or one.endswith("`") else ""
    return f"{fence}{blank}{one}{blank}{fence}"
