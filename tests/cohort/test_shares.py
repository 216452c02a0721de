"""Which job goes to which worker, and what becomes of it when workers end, refuse or fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graders.cohort.job import Answer, Job, job_of, withheld
from graders.cohort.shares import Queue, Trial
from tests.cohort.world import RIGHT_SUM, world


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    bases = world(tmp_path_factory.mktemp("course"), ("ada",)).opened().bases
    return job_of(bases["total_up"], RIGHT_SUM.encode(), "a")


def queue(job: Job, count: int, *workers: str) -> Queue:
    made = Queue(iter([(place, job) for place in range(count)]))
    for each in workers:
        made.join(each)
    return made


def all_for(held: Queue, address: str) -> list[Trial]:
    """Give a worker all that it gets now."""
    given = []
    while (trial := held.give(address)) is not None:
        given.append(trial)
    return given


def places(trials: list[Trial]) -> list[int]:
    return [each.place for each in trials]


def good(trial: Trial) -> Answer:
    return Answer(withheld(trial.job, "stands for any Report"))


class TestAWorker:
    def test_has_two_jobs_at_a_time(self, job: Job) -> None:
        held = queue(job, 5, "one", "two")
        first = all_for(held, "one")
        assert (places(first), places(all_for(held, "two"))) == ([0, 1], [2, 3])
        ((place, _),) = held.answered("one", first[0], good(first[0]))
        assert place == 0
        assert places(all_for(held, "one")) == [4]

    def test_that_is_unknown_gets_nothing(self, job: Job) -> None:
        assert queue(job, 1).give("one") is None

    def test_that_ends_leaves_its_jobs_to_others_one_at_a_time(self, job: Job) -> None:
        held = queue(job, 4, "one", "two")
        all_for(held, "one")
        second = all_for(held, "two")
        assert held.leave("one") == []
        for trial in second:
            assert all_for(held, "two") == []  # it has another job: what goes again goes alone
            held.answered("two", trial, good(trial))
        again = all_for(held, "two")
        assert (places(again), again[0].tries) == ([0], 1)
        held.answered("two", again[0], good(again[0]))
        assert places(all_for(held, "two")) == [1]

    def test_that_refuses_gets_no_more_and_costs_no_try(self, job: Job) -> None:
        held = queue(job, 2, "one")
        trials = all_for(held, "one")
        assert held.answered("one", trials[0], Answer(refused="another version")) == []
        assert (held.workers, held.refused) == ((), {"one": "another version"})
        assert not held.is_under_way("one", trials[1])
        held.join("one")
        assert held.give("one") is None
        held.join("two")
        again = all_for(held, "two")
        assert (places(again), [each.tries for each in again]) == ([0, 1], [0, 0])


class TestAJob:
    def test_whose_worker_ends_twice_is_withheld(self, job: Job) -> None:
        held = queue(job, 1, "one", "two", "three")
        all_for(held, "one")
        assert held.leave("one") == []
        all_for(held, "two")
        ((place, report),) = held.leave("two")
        assert (place, report.verdict, report.points) == (0, "JUDGE_ERROR", 0)
        assert report.message == "the worker that judged it ended, and so did the next one"
        assert held.finished() and held.give("three") is None

    def test_that_shared_two_workers_with_a_killer_is_judged(self, job: Job) -> None:
        """The killer's second try is alone, so nobody is there to be taken along."""
        held = queue(job, 2, "one", "two", "three")
        killer, other = all_for(held, "one")
        held.leave("one")
        assert all_for(held, "two") == [killer]
        assert all_for(held, "three") == [other]
        assert [place for place, _ in held.leave("two")] == [0]
        assert [place for place, _ in held.answered("three", other, good(other))] == [1]
        assert held.finished()

    def test_that_fails_twice_is_withheld_with_the_last_reason(self, job: Job) -> None:
        held = queue(job, 1, "one")
        for why, settled in (("first", 0), ("second", 1)):
            (trial,) = all_for(held, "one")
            reports = held.answered("one", trial, Answer(fault=why))
            assert len(reports) == settled
        assert reports[0][1].message == "second"

    def test_is_not_made_before_a_worker_takes_it(self, job: Job) -> None:
        """A course has more contents than fit the memory."""
        made: list[int] = []

        def jobs() -> Iterator[tuple[int, Job]]:
            for place in range(100):
                made.append(place)
                yield place, replace(job, label=str(place))

        held = Queue(jobs())
        held.join("one")
        all_for(held, "one")
        assert made == [0, 1]


def test_it_is_finished_when_every_job_has_its_report(job: Job) -> None:
    assert queue(job, 0).finished()
    held = queue(job, 1, "one")
    assert not held.finished()
    (trial,) = all_for(held, "one")
    assert not held.finished()
    held.answered("one", trial, good(trial))
    assert held.finished()
