"""Where every processor has a job, judge child and worker of a job keep to one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graders.judge import processors
from graders.judge.judge import Judge
from graders.judge.processors import ANY, choose, keep_to
from graders.judge.request import Request, Submission, takes_turns
from graders.model import Kata
from tests.judge.conftest import DEFAULTS, Lab

OURS = sorted(os.sched_getaffinity(0))
SUITE = "from labkata import *\ndef test_it():\n    assert solve() == 7"
TELLS = "import os\ndef solve(): return sorted(os.sched_getaffinity(0))"


class TestChoose:
    @pytest.fixture(autouse=True)
    def four(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 2, 5, 7})

    def test_leaves_a_job_alone_where_there_is_room(self) -> None:
        assert choose([]) == choose([ANY]) == choose([ANY, 2]) == ANY

    def test_takes_the_one_with_the_fewest_jobs(self) -> None:
        assert choose([ANY, 1, 2]) == 5
        assert choose([1, 2, 5]) == 7
        assert choose([1, 2, 5, 7, 1, 7]) == 2

    def test_leaves_a_job_alone_that_has_the_machine_to_itself(
            self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
        assert choose([]) == ANY
        assert choose([ANY]) == 0


def test_a_processor_that_is_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(pid: int, wanted: set[int]) -> None:
        asked.append(wanted)
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(processors.os, "sched_setaffinity", refuse)
    keep_to(3)
    keep_to(ANY)
    assert asked == [{3}]


@pytest.fixture
def full(tmp_path: Path, lab: Lab) -> Iterator[Lab]:
    """A laboratory on an engine of its own with as many jobs as processors, and one more."""
    with Judge(tmp_path, jobs=len(OURS) + 1, use_cache=False, store=lab.judge.store) as judge:
        yield Lab(judge, tmp_path)


def told(lab: Lab, kata: Kata, count: int) -> list[str]:
    """Return which processors so many submissions at once may use, as each has seen it."""
    kata.suite.write_text(SUITE)
    requests = [Request(kata, Submission("labkata", f"{DEFAULTS}{TELLS}\n# {number}\n".encode()))
                for number in range(count)]
    reports = dict(lab.judge.judge_many(requests))
    return [reports[number].tests[0].failure.got for number in range(count)]


class TestAJob:
    def test_keeps_to_one_when_all_have_something_to_do(self, full: Lab) -> None:
        seen = told(full, full.kata, 6 * len(OURS))
        assert {str([each]) for each in OURS} <= set(seen)
        assert sum(each == str(OURS) for each in seen) <= len(OURS) or len(OURS) == 1

    def test_keeps_to_none_when_nothing_is_beside_it(self, full: Lab) -> None:
        assert told(full, full.kata, 1) == [str(OURS)]

    def test_keeps_to_none_when_it_may_have_threads(self, full: Lab) -> None:
        assert set(told(full, replace(full.kata, threads=2), 4 * len(OURS))) == {str(OURS)}


def test_only_where_suite_and_submission_take_turns_one_is_enough(lab: Lab) -> None:
    assert takes_turns(lab.kata)
    for changed in ({"threads": 1}, {"processes": 1}, {"network": True}, {"services": ("redis",)}):
        assert not takes_turns(lab.make_kata(**changed)), changed
