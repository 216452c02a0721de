"""A mock interview as it stands, stored after every step so that nothing ends it but its learner.

    .kata40/mock.json        {"format": 1, "interview": {"minutes": 45, "parts": […], …}}

Owns the types, the file and the clock's arithmetic. What a part does is `mock`'s.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from graders.errors import GraderError
from graders.learn import memory, memory_files
from graders.model import FORMAT, Verdict
from graders.phrases import phrase
from graders.plain import from_plain, to_plain
from graders.question.results import Mark

_FILE = "mock.json"


class Kind(StrEnum):
    """What a part of an interview is."""

    WARM_UP = "warm_up"
    KATA = "kata"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a kata, or a question of `form` explain with its follow-ups.

    A kata has a verdict once it is judged, a question a mark once its answer is handed in.
    `hints_before` is -1 until the part has begun.
    """

    kind: Kind
    name: str  # a slug, or the code of a topic
    minutes: int  # planned
    item: str = ""  # of the topic's question set
    spent_s: float = 0.0
    verdict: Verdict | None = None
    mark: Mark | None = None
    points: float = 0.0
    hints_before: int = -1
    hints: int = 0
    text: str = ""  # what was answered to the question
    ticked: bool = False
    ticks: tuple[int, ...] = ()
    replies: tuple[str, ...] = ()  # to the follow-ups


@dataclass(frozen=True, slots=True)
class Interview:
    """All of it; part `at`, from 0, is under way. After the last one it is over."""

    minutes: int
    seed: int
    begun: str  # as "2026-11-29T18:05+00:00"
    parts: tuple[Part, ...]
    at: int = 0

    @property
    def over(self) -> bool:
        """Whether every part is done."""
        return self.at >= len(self.parts)

    @property
    def part(self) -> Part:
        """The part under way."""
        return self.parts[self.at]

    @property
    def spent_s(self) -> float:
        """Wall seconds, pauses left out."""
        return sum(each.spent_s for each in self.parts)

    def changed(self, part: Part) -> Interview:
        """Return the interview with the part under way changed."""
        return replace(self, parts=(*self.parts[: self.at], part, *self.parts[self.at + 1 :]))

    def spending(self, seconds: float) -> Interview:
        """Return the interview so many seconds later; a clock that was set back counts nothing."""
        if self.over:
            return self
        return self.changed(replace(self.part, spent_s=self.part.spent_s + max(0.0, seconds)))


def read(root: Path) -> Interview | None:
    """Return the interview under way, or the last one that was finished; None where none is.

    Raises GraderError for one of newer graders.
    """
    data = memory_files.load(root / memory_files.FOLDER / _FILE)
    if not isinstance(data, dict):
        return None
    version = data.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise GraderError(phrase(
            "{file}: format {version} is newer than {known}, the one known here; update graders/",
            file=f"{memory_files.FOLDER}/{_FILE}", version=version, known=FORMAT))
    try:
        held = from_plain(Interview, data.get("interview"))
    except ValueError:
        return None
    return held if held.parts and held.at >= 0 else None


def write(root: Path, held: Interview) -> None:
    """Store it. Raises GraderError where that cannot be: a mock lives from being stored."""
    text = json.dumps({"format": FORMAT, "interview": to_plain(held)}, ensure_ascii=False, indent=1)
    try:
        memory_files.make(root / memory_files.FOLDER)
        memory_files.replace(root / memory_files.FOLDER / _FILE, text)
    except OSError as error:
        raise GraderError(phrase(
            "{file}: cannot be written ({error}); mend that and run the command again",
            file=f"{memory_files.FOLDER}/{_FILE}", error=error.strerror or str(error))) from error


def drop(root: Path) -> bool:
    """Forget it; return whether there was one. Raises GraderError where it cannot be removed."""
    try:
        (root / memory_files.FOLDER / _FILE).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise GraderError(phrase(
            "{file}: cannot be written ({error}); mend that and run the command again",
            file=f"{memory_files.FOLDER}/{_FILE}", error=error.strerror or str(error))) from error
    return True


def hints_of(root: Path, slug: str) -> int:
    """Return how many hints of a kata were seen in its present round."""
    return memory.read(root).get(slug, memory.Memory()).hints
