"""Late policy and marks: pure functions of what is stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from graders.cohort.fetch import State
from graders.cohort.late import Lateness, lateness
from graders.cohort.marks import Known, Mark, Override, Standing, rows
from graders.cohort.results import Result
from graders.cohort.settings import Cohort, Extension, LatePolicy
from graders.cohort.snapshots import Handed, HandIn
from graders.model import Learner, Verdict
from tests.cohort.world import world

DUE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def at(days: float = 0, minutes: float = 0) -> str:
    return (DUE + timedelta(days=days, minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


STEADY = LatePolicy(grace_minutes=60, percent_per_day=20, floor_percent=30, closes_after_days=7)


@pytest.mark.parametrize(("found", "expected"), [
    (at(-3), Lateness(0, 100)),
    (at(0), Lateness(0, 100)),
    (at(minutes=5), Lateness(0, 100)),  # what the first fetch after the deadline finds
    (at(minutes=60), Lateness(0, 100)),  # within grace
    (at(minutes=61), Lateness(1, 80)),
    (at(1, 60), Lateness(1, 80)),
    (at(1, 61), Lateness(2, 60)),
    (at(6), Lateness(6, 30)),  # never below the floor
    (at(7, 61), Lateness(8, 0)),  # closed
])
def test_lateness_is_by_begun_day_after_grace(found: str, expected: Lateness) -> None:
    assert lateness(STEADY, DUE, found, sorted({at(-3), at(minutes=5), found})) == expected


def test_nobody_is_late_because_the_instructor_was() -> None:
    """The first fetch after the deadline may come days later: that is nobody's lateness."""
    assert lateness(STEADY, DUE, at(4), [at(-1), at(4), at(5)]) == Lateness(0, 100)
    assert lateness(STEADY, DUE, at(5), [at(-1), at(4), at(5)]) == Lateness(5, 30)


def test_without_a_policy_nothing_late_counts() -> None:
    assert lateness(LatePolicy(), DUE, at(1), [at(0), at(1)]) == Lateness(1, 0)


def test_a_deadline_has_its_own_offset() -> None:
    shanghai = DUE.astimezone(timezone(timedelta(hours=8)))
    assert lateness(STEADY, shanghai, at(2), [at(0), at(2)]) == Lateness(2, 60)


class TestMarks:
    def mark(self, tmp_path: Path, *found: tuple[str, str, float],
             extension: datetime | None = None, override: Override | None = None) -> Mark:
        """Return ada's mark for contents (name, first fetch, points); "" is a missing file."""
        here = world(tmp_path, ("ada",))
        kata = here.katas[0]
        own = {"ada": Extension(extension, "ill")} if extension else {}
        cohort = Cohort(tmp_path, "c", "C", "t", "v1", DUE, late=STEADY, extensions=own)
        hand_ins = [
            HandIn("ada", Handed(kata.slug, State.TAKEN if name else State.MISSING, sha256=name,
                                 stub=name), when) for name, when, _ in found]
        results = {name: Result(number, kata.slug, name, "b", Verdict.WRONG_ANSWER, points, "")
                   for number, (name, _, points) in enumerate(found, 1) if points >= 0}
        known = Known(hand_ins, {"ada": sorted(when for _, when, _ in found)},
                      {kata.slug: results}, frozenset({(kata.slug, "bad")}),
                      [override] if override else [], {kata.slug: frozenset({"stub"})})
        (row,) = rows(cohort, (Learner("ada", "Ada", "a@b.cd"),), (kata,), known)
        return row.marks[0]

    def test_the_best_content_counts_after_lateness(self, tmp_path: Path) -> None:
        mark = self.mark(tmp_path, ("early", at(-1), 70), ("at", at(0), 70), ("late", at(1), 80))
        assert (mark.sha256, mark.points, mark.days_late) == ("at", 70, 0)
        mark = self.mark(tmp_path / "2", ("at", at(0), 50), ("late", at(1), 80))
        assert (mark.points, mark.earned, mark.days_late, mark.kept_percent) == (64, 80, 1, 80)

    def test_an_extension_moves_the_deadline(self, tmp_path: Path) -> None:
        mark = self.mark(tmp_path, ("at", at(0), 50), ("late", at(1), 80),
                         extension=DUE + timedelta(days=2))
        assert (mark.points, mark.days_late) == (80, 0)

    def test_what_is_not_judged_or_could_not_be_is_no_mark(self, tmp_path: Path) -> None:
        mark = self.mark(tmp_path, ("at", at(0), 50), ("new", at(1), -1))
        assert (mark.standing, mark.points) == (Standing.PENDING, None)
        mark = self.mark(tmp_path / "2", ("at", at(0), 50), ("bad", at(1), -1))
        assert (mark.standing, mark.points) == (Standing.WITHHELD, None)

    def test_a_stub_or_a_missing_file_earns_nothing_and_says_why(self, tmp_path: Path) -> None:
        assert self.mark(tmp_path, ("stub", at(0), -1)).standing is Standing.UNTOUCHED
        assert self.mark(tmp_path / "2", ("", at(0), -1)).standing is Standing.REFUSED
        assert self.mark(tmp_path / "3").standing is Standing.NOT_COLLECTED

    def test_an_override_counts_whatever_was_judged(self, tmp_path: Path) -> None:
        given = Override("ada", world(tmp_path / "x", ()).katas[0].slug, 88.0, "viva", "Ann", at(2))
        for number, points in enumerate((50, -1)):
            mark = self.mark(tmp_path / str(number), ("at", at(0), points), override=given)
            assert (mark.points, mark.override) == (88.0, given)
