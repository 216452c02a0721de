"""Texts that judge and kit make from a template: English data, made where no language is known.

`phrase("used {size} MiB", size=12)` is "used 12 MiB". The templates go into the catalogue of
translations like the words of the commands, and `graders.words.tell` knows a finished text again
by its template, when it is shown to somebody who reads another language.
"""

from __future__ import annotations


def phrase(template: str, **values: object) -> str:
    """Return `template`, a literal, with `values` in its `{named}` places; no format specs."""
    return template.format(**values) if values else template
