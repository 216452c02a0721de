"""Misconception: a regular expression finds a plain text.

`.` and `+` mean something to it; the pattern would have to be escaped.
"""

import re


def hits(text: str, pattern: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={pattern})", text)]
