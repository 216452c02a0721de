"""What is remembered of a learner: of each kata the hints, verdicts and rounds so far.

    .kata40/progress.json    kept on this machine
    progress.jsonl           or, where the learner chose that, committed with the work
    .kata40/learner.json     {"format": 1, "id": "…"}: whose variants of the questions these are

A convenience and no mark. Nothing here is ever an error: what cannot be read counts as empty,
what cannot be written is not remembered. Where several entries are of one kata (both files, or two
lines after a merge) `join` makes one of them, whatever their order.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from graders.learn import memory_files as files
from graders.learn.memory_files import FOLDER as FOLDER
from graders.model import FORMAT, Verdict
from graders.plain import from_plain, to_plain

_LEARNER = "learner.json"


class Rating(StrEnum):
    """How well one round went."""

    AGAIN = "again"  # given up
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Rated:
    """How a round ended: at first acceptance, or when it was given up."""

    round: int
    day: str  # an ISO date
    rating: Rating
    sha256: str = ""  # the beginning of that of the accepted module; "": given up


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one kata. `sha256` is that of the module the verdict was for.

    A round begins with the stub: the first is 0, each `review` begins another. All but `answered`
    and `reviews` are of the latest round.
    """

    hints: int = 0
    verdict: Verdict | None = None  # None: not judged
    sha256: str = ""
    answered: str = ""  # the ISO date on which the answer was first shown; "": never
    gave_up: str = ""  # the ISO date on which it was given up for the answer; "": never
    points: float = 0.0
    stages: tuple[float, ...] = ()  # points of each
    tries: int = 0  # different modules that were judged and refused
    begun: str = ""  # when work was first seen, as "2026-11-29T18:05+00:00"
    round: int = 0
    reviews: tuple[Rated, ...] = ()  # by round

    @property
    def rated(self) -> bool:
        """Whether this round has ended already."""
        return any(each.round >= self.round for each in self.reviews)

    @property
    def redoing(self) -> bool:
        """Whether it was solved or given up before, and a further round is not finished."""
        return self.round > 0 and not self.rated


def join(one: Memory, other: Memory) -> Memory:
    """Return what two entries of a kata tell together: of the later round, the better of both."""
    if one.round != other.round:
        latest = one if one.round > other.round else other
    else:
        latest = max(one, other, key=lambda each: (
            each.verdict is Verdict.ACCEPTED, each.points, each.sha256, str(each.verdict),
            each.stages))
        latest = dataclasses.replace(
            latest, hints=max(one.hints, other.hints), tries=max(one.tries, other.tries),
            begun=_first(one.begun, other.begun), gave_up=_first(one.gave_up, other.gave_up))
    rounds: dict[int, Rated] = {}
    for each in (*one.reviews, *other.reviews):
        known = rounds.setdefault(each.round, each)
        rounds[each.round] = min(known, each, key=lambda rated: (
            rated.day, list(Rating).index(rated.rating), rated.sha256))
    return dataclasses.replace(
        latest, answered=_first(one.answered, other.answered),
        reviews=tuple(rounds[number] for number in sorted(rounds)))  # fmt: skip


def read(root: Path) -> dict[str, Memory]:
    """Return what is remembered, by slug; empty where there is nothing that can be read."""
    return _understood([*files.committed(root).entries, *files.local(root).entries])[0]


def update(root: Path, changes: Mapping[str, Mapping[str, Any]]) -> bool:
    """Change fields of some katas' memories; return whether that was stored."""

    def edit(known: dict[str, Memory]) -> None:
        for slug, fields in changes.items():
            known[slug] = dataclasses.replace(known.get(slug, Memory()), **fields)

    return _edit(root, edit, None)


def change(root: Path, slug: str, changed: Callable[[Memory], Memory]) -> bool:
    """Put what `changed` makes of a kata's memory in its place; return whether that was stored."""

    def edit(known: dict[str, Memory]) -> None:
        known[slug] = changed(known.get(slug, Memory()))

    return _edit(root, edit, None)


def is_committed(root: Path) -> bool:
    """Whether it is kept in progress.jsonl."""
    return files.committed(root).present


def keep(root: Path, commit: bool) -> bool:
    """Keep it in progress.jsonl from now on, or on this machine; return whether that was done."""
    return _edit(root, lambda known: None, commit)


def _edit(root: Path, edit: Callable[[dict[str, Memory]], None], commit: bool | None) -> bool:
    """Change what is remembered, in the file that is in force or is to be.

    Two runs at once lose nothing: each reads and replaces the file while it holds a lock. The
    other file goes only when this one is written.
    """
    folder = root / FOLDER
    try:
        files.make(folder)
        with files.locked(folder) as alone:
            if alone:
                files.tidy(folder)
            shared, local = files.committed(root), files.local(root)
            to_shared = shared.present if commit is None else commit
            into, other = (shared, local) if to_shared else (local, shared)
            if into.closed or (other.closed and commit is not None):
                return False  # newer graders wrote it, which know more
            known, strange = _understood([*shared.entries, *local.entries])
            if strange and not to_shared and shared.present:
                return False
            edit(known)
            rows = {slug: _fields(each) for slug, each in known.items()}
            if to_shared:
                files.write_committed(root, [*rows.items(), *strange])
            else:
                files.write_local(root, rows)
            if other.present and not other.closed:
                (folder / files.LOCAL if to_shared else root / files.COMMITTED).unlink()
    except OSError:
        return False  # a read-only checkout, or a full disk
    return True


def learner(root: Path) -> str:
    """Return the random id of this checkout's learner, made at the first call.

    Where nothing can be stored it is made from the checkout's place, so that it stays the same.
    """
    folder = root / FOLDER
    made = secrets.token_hex(8)
    try:
        files.make(folder)
        with files.locked(folder):
            data = files.load(folder / _LEARNER)
            known = data.get("id") if isinstance(data, dict) else None
            if isinstance(known, str) and known:
                return known
            files.replace(folder / _LEARNER, json.dumps({"format": FORMAT, "id": made}))
    except OSError:  # a read-only checkout, or a full disk
        return hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return made


def _understood(
    entries: Iterable[tuple[str, Any]]
) -> tuple[dict[str, Memory], list[tuple[str, Any]]]:
    """Return the memories by slug, and the entries that these graders cannot understand."""
    known: dict[str, Memory] = {}
    strange = []
    for slug, fields in entries:
        try:
            found = from_plain(Memory, fields)
        except ValueError:
            strange.append((slug, fields))
            continue
        known[slug] = join(known[slug], found) if slug in known else found
    return known, strange


def _fields(known: Memory) -> dict[str, Any]:
    """Return the fields that say anything, as plain data."""
    blank = Memory()
    return {each.name: to_plain(value) for each in dataclasses.fields(known)
            if (value := getattr(known, each.name)) != getattr(blank, each.name)}


def _first(one: str, other: str) -> str:
    """Return the earlier of two dates, where there are two."""
    return min(one, other) if one and other else one or other
