"""mutants.toml: survivors that no suite can kill, because they do what the reference does.

    format = 1

    [[equivalent]]
    before = "if count > most:"         # the changed line as it stands in the reference
    after = "if count >= most:"         # and as the mutant has it
    reason = "equal counts change nothing: the same value is stored again"

An entry excuses one survivor; where the same line stands twice, so does its entry. Owns the format
and what its errors say. Knows nothing of judging.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from graders.author.material import Unreadable, read_text
from graders.author.mutants import Mutant, flat
from graders.catalog_toml import Document, line_of
from graders.errors import GraderError
from graders.model import FORMAT

NAME = "mutants.toml"
_KEYS = ("before", "after", "reason")
_LEAST_REASON = 3  # words: fewer cannot say why two programs do the same


@dataclass(frozen=True, slots=True)
class Equivalent:
    """One entry. `path` is relative to the root; `line` is where the entry begins."""

    path: str
    line: int
    before: str
    after: str
    reason: str

    @property
    def change(self) -> tuple[str, str]:
        """What it calls its mutant by, laid out like Mutant.change."""
        return flat(self.before), flat(self.after)


def read(root: Path, folder: Path) -> tuple[Equivalent, ...]:
    """Return the entries of the mutants.toml in `folder` (absolute); none where there is no file.

    Raises GraderError at the first fault.
    """
    path = folder / NAME
    if not path.exists() and not path.is_symlink():
        return ()
    relative = path.relative_to(root)
    try:
        document = Document(relative.as_posix(), read_text(root, relative))
    except Unreadable as error:
        found = error.finding
        where = f"{found.path}:{found.line}" if found.line else found.path
        raise GraderError(f"{where}: {found.message}") from error
    return _entries(document)


def _entries(document: Document) -> tuple[Equivalent, ...]:
    top = document.parse().only("format", "equivalent")
    number = top.whole("format", -(10**9), 10**9)
    if number < FORMAT:
        what = f"format {number} is too old for these graders; write the file anew in format"
        raise top.fail("format", f"{what} {FORMAT}")
    if number > FORMAT:
        what = f"format {number} is newer than these graders, which read format {FORMAT}"
        raise top.fail("format", f"{what}; update the graders")
    found = []
    for place, table in enumerate(top.tables("equivalent")):
        before, after, reason = (table.only(*_KEYS).text(key) for key in _KEYS)
        if flat(before) == flat(after):
            what = "'after' is the same as 'before'; write what the mutant has in its place"
            raise table.fail("after", what)
        if len(reason.split()) < _LEAST_REASON:
            what = "'reason' says too little; write why no call can tell the two apart"
            raise table.fail("reason", what)
        line = line_of(document.text, ("equivalent", place))
        found.append(Equivalent(document.shown, line, before, after, reason))
    return tuple(found)


def entry(mutant: Mutant) -> str:
    """Return the entry for a survivor, ready to paste; only its reason is left to write."""
    before, after = (json.dumps(text, ensure_ascii=False) for text in (mutant.before, mutant.after))
    return f'[[equivalent]]\nbefore = {before}\nafter = {after}\nreason = ""\n'
