"""The attacks as data: what each tries, against which target, and what may come of it.

    <kind>/<name>.py    '''What it tries, in one line.'''
                        # target: function      a name of targets.TARGETS
                        # verdicts: A|B         all that it may get where every layer is on
                        # guard: yes            beats only what docs/security.md calls a guard
                        # made: symlink         a file that cannot lie in a repository (MAKERS)
                        # alone: yes            the whole module: the target's rest is left out

Before it is judged, @name@ in the text becomes what a well informed attacker would know: the path
of the suite, of a file outside, a port (field.Field.known).
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graders.judge.request import SOURCE_CAP

FOLDER = Path(__file__).resolve().parent
KEYS = {"target", "verdicts", "guard", "made", "alone"}


@dataclass(frozen=True, slots=True)
class Attack:
    """One submission that is wrong unless its trick works."""

    kind: str
    name: str
    tries: str
    text: str
    target: str = "function"
    verdicts: tuple[str, ...] = ()
    guard: bool = False
    made: str = ""
    alone: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.name}"


def read(path: Path) -> Attack:
    """Return the attack in a file. Raises ValueError for a header that is not as above."""
    text = path.read_text(encoding="utf-8")
    tries = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    held = dict(line[2:].split(": ", 1) for line in text.splitlines()
                if line.startswith("# ") and line[2:].partition(":")[0] in KEYS)
    if not tries or "verdicts" not in held:
        raise ValueError(f"{path}: needs a docstring and '# verdicts:'")
    return Attack(path.parent.name, path.stem, tries, text, held.get("target", "function"),
                  tuple(held["verdicts"].split("|")), "guard" in held, held.get("made", ""),
                  "alone" in held)


def load() -> list[Attack]:
    """Return all attacks, by kind and name."""
    return [read(path) for path in sorted(FOLDER.glob("*/*.py"))]


def _symlink(path: Path, right: bytes) -> None:
    other = path.with_name("right.py")
    other.write_bytes(right)
    path.symlink_to(other)


def _missing(path: Path, right: bytes) -> None:
    path.unlink(missing_ok=True)


def _fifo(path: Path, right: bytes) -> None:
    os.mkfifo(path)


def _binary(path: Path, right: bytes) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def _latin(path: Path, right: bytes) -> None:
    path.write_bytes("# coding: latin-1\nNAME = 'é'\n".encode("latin-1") + right)


def _huge(path: Path, right: bytes) -> None:
    path.write_bytes(b"#" * SOURCE_CAP + b"\n" + right)


def _nul(path: Path, right: bytes) -> None:
    path.write_bytes(right + b"\0")


def _deep(path: Path, right: bytes) -> None:
    path.write_bytes(b"x = " + b"(" * 100_000 + b")" * 100_000 + b"\n" + right)


MAKERS: dict[str, Callable[[Path, bytes], None]] = {
    "symlink": _symlink, "missing": _missing, "fifo": _fifo, "binary": _binary, "latin": _latin,
    "huge": _huge, "nul": _nul, "deep": _deep,
}
