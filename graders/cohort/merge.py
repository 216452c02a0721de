"""What an update changes in one learner's repository: decided from three trees, path by path.

    base     what was shipped last   ─┐
    mine     the learner's branch     ├─ decide ─ Decision: changes, and what there is to tell
    theirs   what is shipped next    ─┘

A learner's work is never changed: a module that is no stub of any version stays byte for byte,
also when its kata is gone; a stub becomes the new stub. What marks stand on becomes the new
version, whatever was done to it; the edit stays in the history. A page that both sides changed is
merged, and where that is not possible the learner's stays and is told as a conflict. Pure, but
for the two questions that `Facts` answers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from graders.cohort.files import Kind, Shipment, folder_of, module_of

REGULAR = ("100644", "100755")
Tree = Mapping[str, tuple[str, str]]  # path -> (mode as git writes it, id of the content)


class Facts(Protocol):
    """What the contents of files say."""

    def is_stub(self, path: str, blob: str) -> bool:
        """Whether a piece of work is as some version shipped it."""

    def merged(self, mine: str, base: str, theirs: str) -> str:
        """Return the id of the three contents merged, "" where they conflict."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done: path -> (mode, id), None to remove it; and what there is to tell.

    `kept` is work whose stub has changed; `retired` work whose kata is shipped no more; `moved`
    work whose kata has another folder now; `restored` what marks stand on and had been changed.
    `blocked` are paths that cannot be written beside what the learner has: nothing may be then.
    """

    changes: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sides:
    base: Tree
    mine: Tree
    theirs: Tree
    facts: Facts
    old: Shipment
    new: Shipment
    done: Decision

    def put(self, path: str, entry: tuple[str, str] | None) -> None:
        if self.mine.get(path) != entry:
            self.done.changes[path] = entry

    def worked(self, path: str) -> bool:
        """Whether there is work of the learner's at a path."""
        entry = self.mine.get(path)
        if entry is None or entry in (self.base.get(path), self.theirs.get(path)):
            return False
        return entry[0] not in REGULAR or not self.facts.is_stub(path, entry[1])


def decide(base: Tree, mine: Tree, theirs: Tree, facts: Facts) -> Decision:
    """Return what to change in `mine`, so that an update from `base` to `theirs` loses nothing."""
    sides = _Sides(base, mine, theirs, facts, Shipment.of(base), Shipment.of(theirs), Decision())
    moves = {module_of(folder): module_of(home) for folder in sides.old.katas - sides.new.katas
             if (home := sides.new.home(folder.rpartition("/")[2]))
             and sides.worked(module_of(folder))}
    arrived = {target: source for source, target in moves.items() if not sides.worked(target)}
    sides.done.conflicts.extend(moves.keys() - arrived.values())  # work in both folders
    for path in sorted(theirs):
        if path in arrived:
            sides.put(path, mine[arrived[path]])
            sides.done.moved.append((arrived[path], path))
        else:
            _shipped(sides, path)
    left = frozenset(arrived.values())
    alive = frozenset(_alive(sides, left))
    for path in sorted((base.keys() - theirs.keys()) & mine.keys()):
        if path in left:
            sides.put(path, None)
        else:
            _gone(sides, path, alive)
    sides.done.blocked.extend(_collisions(sides))
    return sides.done


def _shipped(sides: _Sides, path: str) -> None:
    """Decide on a path that is shipped next."""
    base, mine, theirs = (side.get(path) for side in (sides.base, sides.mine, sides.theirs))
    match sides.new.kind(path):
        case Kind.WORK:
            if sides.worked(path):
                if base != theirs:
                    sides.done.kept.append(path)
            else:
                sides.put(path, theirs)
        case Kind.GROUND:
            if mine not in (base, theirs):
                sides.done.restored.append(path)
            sides.put(path, theirs)
        case Kind.PAGE:
            if mine == base:
                sides.put(path, theirs)
            elif theirs not in (base, mine):
                _page(sides, path)


def _page(sides: _Sides, path: str) -> None:
    """Merge a page that both sides have changed, or keep the learner's."""
    three = [side[path] for side in (sides.mine, sides.base, sides.theirs) if path in side]
    blob = ""
    if len(three) == 3 and {mode for mode, _ in three} <= set(REGULAR):
        mine, base, theirs = (blob for _, blob in three)
        blob = sides.facts.merged(mine, base, theirs)
    if blob:
        sides.put(path, (sides.mine[path][0], blob))
    else:
        sides.done.conflicts.append(path)


def _alive(sides: _Sides, moved: frozenset[str]) -> Iterator[str]:
    """Yield the folders of katas and topics that are shipped no more, but hold work."""
    for path in sides.base.keys() - sides.theirs.keys():
        if sides.old.kind(path) is Kind.WORK and path not in moved and sides.worked(path):
            folder = path.rpartition("/")[0]
            yield folder
            yield folder.rpartition("/")[0]  # the topic: its page and its questions


def _gone(sides: _Sides, path: str, alive: frozenset[str]) -> None:
    """Decide on a path that was shipped, is shipped no more, and is still there."""
    base, mine = sides.base[path], sides.mine[path]
    kind = sides.old.kind(path)
    topic = path.rsplit("/question/", 1)[0] if "/question/" in path else path.rpartition("/")[0]
    if kind is Kind.WORK and sides.worked(path):
        sides.done.retired.append(path)
    elif (folder_of(path, sides.old.katas) or topic) in alive:
        if kind is Kind.GROUND and mine != base:
            sides.done.restored.append(path)
            sides.put(path, base)
    elif kind is not Kind.PAGE or mine == base:  # else the learner wrote in it
        sides.put(path, None)


def _collisions(sides: _Sides) -> Iterator[str]:
    """Yield the paths to write that cannot stand beside something of the learner's.

    Names that differ by case only are one file on many disks; a file cannot be a folder as well.
    """
    after = {path for path in sides.mine if sides.done.changes.get(path, "") is not None}
    written = {path for path, entry in sides.done.changes.items() if entry}
    folded: dict[str, set[str]] = {}
    for path in after | written:
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            name = "/".join(parts[:count])
            folded.setdefault(_fold(name), set()).add(
                name if count < len(parts) else f"{name}\0")
    for path in sorted(written):
        parts = path.split("/")
        if any(len(folded[_fold("/".join(parts[:count]))]) > 1
               for count in range(1, len(parts) + 1)):
            yield path


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
