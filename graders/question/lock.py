"""keys.json: the keys of a set as salted hashes, one for each part that marking tells apart.

    {"format": 1, "salt": "…", "items": {"trace": {"values": ["…", "…", "…"]},
     "claims": {"lines": ["…"], "pairs": ["…"], "notes": "…"}, …}}

A teaching guard, nothing more: an item has few possible answers, so whoever wants to can try
them all, and the notes are only written in base 85. It keeps answers from being read in passing.
Marking goes by these hashes everywhere, in the maintainers' repository as in a learner's.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.errors import GraderError
from graders.model import FORMAT, Text
from graders.phrases import phrase
from graders.plain import from_plain, to_plain

FILE = "keys.json"
_KEPT = 20  # hexadecimal digits of a hash: 80 bits, for values that are guessed more easily
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Notes:
    """What an answer earns: the reason it is right, or points and follow-ups of an explanation."""

    points: tuple[Text, ...] = ()
    follow_ups: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """The key of one item, hashed; what its form does not have is empty. `lines` are sorted."""

    values: tuple[str, ...] = ()  # one for each variant
    lines: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()  # a line with its reason
    option: str = ""
    because: str = ""
    notes: str = ""  # base 85


@dataclass(frozen=True, slots=True)
class Locks:
    """The keys of one set."""

    salt: str
    items: Mapping[str, Lock]

    def hash(self, item: str, part: str, answer: str) -> str:
        """Return the hash of one part of an answer."""
        return digest(self.salt, item, part, answer)


def digest(*words: str) -> str:
    """Return one hash of several words, none of which can run into the next."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:_KEPT]


def pack(notes: Notes) -> str:
    """Return notes as text that cannot be read in passing; "" for none."""
    if not notes.points:
        return ""
    written = json.dumps(to_plain(notes), ensure_ascii=False, separators=(",", ":"))
    # Not compressed: zlib's output is another one on some platforms, and the file is compared.
    return base64.b85encode(written.encode()).decode()


def unpack(packed: str) -> Notes:
    """Return the notes that `pack` was given. Raises ValueError."""
    if not packed:
        return Notes()
    return from_plain(Notes, json.loads(base64.b85decode(packed)))


def render(locks: Locks) -> bytes:
    """Return keys.json as it is written: one item a line, so that git can merge additions."""
    rows = []
    for name, lock in locks.items.items():
        filled = {key: value for key, value in to_plain(lock).items() if value}
        rows.append(f"  {json.dumps(name)}: {json.dumps(filled)}")
    head = f'{{\n "format": {FORMAT},\n "salt": {json.dumps(locks.salt)},\n "items": {{\n'
    return (head + ",\n".join(rows) + "\n }\n}\n").encode()


def read(folder: Path, shown: str) -> Locks:
    """Return the keys of the set in `folder`, which people know as `shown`. Raises GraderError."""
    where = f"{shown}/{FILE}"
    try:
        with (folder / FILE).open("rb") as file:
            data: Any = json.loads(file.read(_MAX_BYTES))
        version = data.pop("format")
        if version == FORMAT:
            locks = from_plain(Locks, data, where)
            for lock in locks.items.values():
                unpack(lock.notes)
            return locks
    except OSError as error:
        raise GraderError(phrase("{file}: cannot be read ({error}); restore it with git",
                                 file=where, error=error.strerror)) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise GraderError(phrase("{file}: no keys of a question set ({error}); restore it with git",
                                 file=where, error=what)) from error
    raise GraderError(phrase("{file}: format {version} is not {known}, the one read here; restore "
                             "it with git, or update graders/",
                             file=where, version=version, known=FORMAT))
