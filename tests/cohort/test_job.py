"""What is sent to another machine, and which answers of it are taken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graders.cohort import basis
from graders.cohort.alike import difference, terms
from graders.cohort.job import (
    ANSWER_CAP,
    Answer,
    Job,
    job_of,
    read_answer,
    read_job,
    withheld,
    write,
)
from graders.cohort.seat import Seat
from graders.model import Machine, Protection, Report, Scope, Verdict
from tests.cohort.world import RIGHT_SUM, WRONG_SUM, World, world


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("course"), ("ada",))


@pytest.fixture(scope="module")
def job(here: World) -> Job:
    return job_of(here.opened().bases["total_up"], RIGHT_SUM.encode(), "abc")


@pytest.fixture(scope="module")
def report(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Report:
    seat = Seat(tmp_path_factory.mktemp("seat") / "store")
    try:
        answer = seat.answer(job)
    finally:
        seat.close()
    assert answer.report is not None, answer
    return answer.report


class TestAJob:
    def test_is_read_as_it_was_written(self, job: Job) -> None:
        again = read_job(write(job))
        assert again == replace(job, kata=replace(job.kata, folder=Path()))

    def test_names_no_learner_no_path_and_not_the_cohorts_secret(
            self, here: World, job: Job) -> None:
        text = write(job)
        secret = basis.secret(here.cohort)
        for private in ("ada", str(here.course), str(here.cohort), secret.hex()):
            assert private not in text

    @pytest.mark.parametrize("change", [
        {"format": 2}, {"more": 1}, {"job": {}}, {"job": None}], ids=str)
    def test_of_another_form_is_refused(self, job: Job, change: dict[str, object]) -> None:
        with pytest.raises(ValueError, match=r"no job of format 1|Job: "):
            read_job(json.dumps({**json.loads(write(job)), **change}))


class TestAnAnswer:
    def test_is_the_report_that_was_found(self, job: Job, report: Report) -> None:
        assert (report.verdict, report.points) == (Verdict.ACCEPTED, 100.0)
        assert read_answer(write(Answer(report)), job) == Answer(report)

    def test_may_be_a_refusal_or_a_fault(self, job: Job) -> None:
        for answer in (Answer(refused="no"), Answer(fault="no"),
                       Answer(withheld(job, "the engine died twice"))):
            assert read_answer(write(answer), job) == answer

    @pytest.mark.parametrize("change", [
        {"kata": "two_steps"}, {"submission_sha256": "0" * 64}, {"suite_sha256": "0" * 64},
        {"seed": "00"}, {"scope": Scope.VISIBLE}, {"grader_version": "0.0.9"}, {"lane": "real"},
        {"points": 100.5}, {"points": -1.0}, {"score": 1.5}, {"machine": Machine("x", 0.0)},
        {"protections": (Protection("seccomp", False, "missing"),)}, {"protections": ()},
    ], ids=str)
    def test_about_anything_else_is_a_fault(
            self, job: Job, report: Report, change: dict[str, object]) -> None:
        found = read_answer(write(Answer(replace(report, **change))), job)
        assert found.report is None
        what = next(iter(change)).replace("score", "points")
        assert found.fault == f"its answer is not about what was asked ({what})"

    def test_that_accepts_what_failed_is_a_fault(self, here: World, report: Report) -> None:
        wrong = job_of(here.opened().bases["total_up"], WRONG_SUM.encode(), "")
        assert "(submission_sha256)" in read_answer(write(Answer(report)), wrong).fault
        for tests in ((), (replace(report.tests[0], status="FAILED"), *report.tests[1:])):
            told = write(Answer(replace(report, tests=tests)))
            assert "(verdict)" in read_answer(
                told, job_of(here.opened().bases["total_up"], RIGHT_SUM.encode(), "")).fault

    def test_gives_its_reason_in_one_short_line_that_no_terminal_obeys(self, job: Job) -> None:
        text = "\x1b[2J\n\u202e" + "x" * 900
        found = read_answer(write(Answer(refused=text, fault=text)), job)
        for told in (found.refused, found.fault):
            assert told.isprintable() and len(told) == 500

    @pytest.mark.parametrize("text", [
        None, 7, b"{}", "", "{", "[]", "null", "[" * 100_000, "x" * (ANSWER_CAP + 1),
        '{"format": 1, "answer": {"report": null, "refused": "", "fault": ""}}',
        '{"format": 1, "answer": {"report": {}, "refused": "", "fault": ""}}',
        '{"format": 1, "answer": {"report": null, "refused": NaN, "fault": ""}}'],
        ids=lambda text: str(text)[:70])
    def test_that_is_none_is_a_fault(self, job: Job, text: object) -> None:
        found = read_answer(text, job)
        assert found.report is None and found.refused == ""
        assert found.fault.startswith("its answer ")

    def test_with_a_number_that_is_none_is_a_fault(self, job: Job, report: Report) -> None:
        text = write(Answer(report)).replace('"points": 100.0', '"points": Infinity')
        assert "Infinity is no number" in read_answer(text, job).fault


class TestTerms:
    def test_are_the_code_python_and_the_libraries_of_the_kata(self, job: Job) -> None:
        assert set(job.terms) == {"graders", "reference spin", "Python", "pytest"}
        redis = terms(replace(job.kata, services=("redis",), packages=("networkx",)))
        assert {"redis", "fakeredis", "lupa", "networkx"} < set(redis)

    def test_differ_in_one_line_that_says_what_to_do(self, job: Job) -> None:
        assert difference(job.terms, dict(job.terms)) == ""
        assert difference(job.terms, {**job.terms, "pytest": "8.0"}) == (
            f"pytest 8.0 there, {job.terms['pytest']} here; bring it to the same version, and "
            "start the worker again")
        without = {name: text for name, text in job.terms.items() if name != "Python"}
        assert difference(job.terms, without).startswith("Python - there, CPython ")

    def test_that_differ_are_refused_before_anything_is_judged(
            self, job: Job, tmp_path: Path) -> None:
        seat = Seat(tmp_path / "store")
        found = seat.answer(replace(job, terms={**job.terms, "graders": "0.0.9 (000000000000)"}))
        seat.close()
        assert found.report is None and found.refused.startswith("graders 0.1.0 (")
        assert not (tmp_path / "store").exists()
