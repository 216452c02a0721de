"""What there is to translate, found by Babel.

Texts are the literals given to `say`, `say_n` and `mark` of graders.words and to `phrase` of
graders.phrases, and what cli_help finds in commands.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

from graders.words import PHRASE

_SAY = {"say": None, "mark": None, "say_n": (1, 2)}
_OPTIONS = {"encoding": "utf-8"}


@dataclass(frozen=True, slots=True)
class Said:
    """One text to translate: its place, and its plural where it has one."""

    file: str
    line: int
    text: str
    many: str = ""
    context: str = ""


def extract(root: Path, helps: Iterable[Said]) -> list[Said]:
    """Return every text to translate once, in the order of files and lines.

    `helps` are those of the commands' help pages, which no extractor sees.
    """
    found = sorted([*_from_code(root), *helps], key=lambda said: (said.file, said.line))
    return list({(said.context, said.text): said for said in reversed(found)}.values())[::-1]


def _from_code(root: Path) -> Iterator[Said]:
    from babel.messages.extract import extract as extract_file

    for file in sorted((root / "graders").rglob("*.py")):
        shown = file.relative_to(root).as_posix()
        source = file.read_bytes()
        for context, keywords in (("", _SAY), (PHRASE, {"phrase": None})):
            with redirect_stderr(io.StringIO()):  # babel warns of each f-string that is a value
                texts = list(extract_file("python", io.BytesIO(source), keywords,
                                          options=_OPTIONS))
            for line, text, _, _ in texts:
                one, many = text if isinstance(text, tuple) else (text, "")
                yield Said(shown, line, one, many, context)
