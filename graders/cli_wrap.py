"""Lines of a terminal for Chinese text: click and textwrap count letters and break at spaces."""

from __future__ import annotations

import re
import unicodedata

_OPENING, _CLOSING = "（「『“《", "，。；：！？、）」』”》…"
# What a line may be broken between: Latin words, and Chinese letters with their punctuation.
_PIECES = re.compile(rf"\s+|[{_OPENING}]*(?:[!-~]+|[^\s!-~])[{_CLOSING}]*")


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` terminal cells, broken as Chinese may be."""
    lines, line, used = [], "", 0
    for piece in _PIECES.findall(text):
        cells = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in piece)
        if used + cells > width and line.strip():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + cells
    return [*lines, line.rstrip()] if line.strip() else lines
