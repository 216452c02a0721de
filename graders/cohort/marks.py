"""Marks: what each learner has earned for each kata, worked out from what is stored.

    best over all contents a learner ever handed in (points x share kept) --override--> mark

Pure: hand-ins, results and overrides in, a Gradebook out. A mark is withheld, and never 0 or
full, while any content that could count is not judged or could not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graders.cohort.fetch import State
from graders.cohort.late import lateness
from graders.cohort.results import Result
from graders.cohort.settings import Cohort
from graders.cohort.snapshots import HandIn
from graders.model import Kata, Learner, Verdict


class Standing(StrEnum):
    """Why a mark is what it is."""

    JUDGED = "judged"
    UNTOUCHED = "untouched"  # the module is as it was shipped
    REFUSED = "refused"  # there is no regular file of reasonable size
    NOT_COLLECTED = "not collected"  # the repository could not be had
    PENDING = "pending"  # not judged yet
    WITHHELD = "withheld"  # the judge failed


@dataclass(frozen=True, slots=True)
class Override:
    """What an instructor gave instead; `points` None takes an earlier override back."""

    learner: str
    slug: str
    points: float | None
    reason: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One learner's mark for one kata: `points` of 100, None while it is not settled.

    `earned` is what the judge gave before lateness. Empty texts and 0 where nothing was judged.
    """

    slug: str
    standing: Standing
    points: float | None = 0.0
    earned: float = 0.0
    days_late: int = 0
    kept_percent: int = 100
    verdict: str = ""
    result: int = 0  # row of `results`
    sha256: str = ""
    blob: str = ""
    found: str = ""  # the first fetch that had this content
    file_state: str = ""
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One learner's marks, in the order of the katas."""

    learner: Learner
    marks: tuple[Mark, ...]

    @property
    def total(self) -> float:
        """Points of all katas; what is not settled counts nothing yet."""
        return round(sum(each.points or 0.0 for each in self.marks), 2)

    @property
    def settled(self) -> bool:
        """Whether every mark is final."""
        return all(each.points is not None for each in self.marks)


@dataclass(frozen=True, slots=True)
class Known:
    """What was stored: the input of `rows`. `stubs` are the hashes of shipped stubs by slug."""

    hand_ins: Sequence[HandIn]
    fetches: Mapping[str, Sequence[str]]
    results: Mapping[str, Mapping[str, Result]]  # by slug, by the content's hash
    faulty: frozenset[tuple[str, str]]  # slug, hash
    overrides: Iterable[Override]
    stubs: Mapping[str, frozenset[str]]


def rows(cohort: Cohort, learners: Sequence[Learner], katas: Sequence[Kata],
         known: Known) -> tuple[Row, ...]:
    """Return the marks of all learners, in the order of the roster."""
    by_place: dict[tuple[str, str], list[HandIn]] = {}
    for each in known.hand_ins:
        by_place.setdefault((each.learner, each.file.slug), []).append(each)
    overrides = {(each.learner, each.slug): each for each in known.overrides}  # the newest
    found = []
    for learner in learners:
        marks = []
        for kata in katas:
            place = (learner.id, kata.slug)
            mark = _mark(cohort, learner.id, by_place.get(place, []), known, kata.slug)
            marks.append(_overridden(mark, overrides.get(place)))
        found.append(Row(learner, tuple(marks)))
    return tuple(found)


def _mark(cohort: Cohort, learner: str, hand_ins: Sequence[HandIn], known: Known,
          slug: str) -> Mark:
    if not hand_ins:
        return Mark(slug, Standing.NOT_COLLECTED)
    taken = [each for each in hand_ins if each.file.state is State.TAKEN]
    attempted = [e for e in taken if e.file.stub not in known.stubs.get(slug, frozenset())]
    if not attempted:
        standing = Standing.UNTOUCHED if taken else Standing.REFUSED
        verdict = Verdict.NOT_STARTED if taken else ""
        return Mark(slug, standing, verdict=verdict, file_state=hand_ins[-1].file.state,
                    found=hand_ins[-1].fetched)
    judged = known.results.get(slug, {})
    for each in attempted:
        if each.file.sha256 not in judged:
            faulty = (slug, each.file.sha256) in known.faulty
            return Mark(slug, Standing.WITHHELD if faulty else Standing.PENDING, None,
                        sha256=each.file.sha256, blob=each.file.blob, found=each.fetched,
                        verdict=Verdict.JUDGE_ERROR if faulty else "")
    offered = []
    for each in attempted:
        late = lateness(cohort.late, cohort.deadline_of(learner), each.fetched,
                        known.fetches.get(learner, ()))
        result = judged[each.file.sha256]
        offered.append(Mark(
            slug, Standing.JUDGED, round(result.points * late.kept_percent / 100, 2),
            result.points, late.days, late.kept_percent, result.verdict, result.id,
            each.file.sha256, each.file.blob, each.fetched, State.TAKEN))
    # Of equal marks the newest: it is what the learner sees in the repository.
    return max(reversed(offered), key=lambda each: (each.points or 0.0, each.earned))


def _overridden(mark: Mark, override: Override | None) -> Mark:
    from dataclasses import replace

    if override is None or override.points is None:
        return mark
    return replace(mark, points=override.points, override=override)
