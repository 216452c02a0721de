"""What a learner may see of a Report that covers hidden tests."""

from __future__ import annotations

from dataclasses import replace

from graders.model import Group, Status, Verdict
from graders.report import json, text
from graders.report.learner import for_learner
from tests.cli.reports import accepted, full, kata, screen


def test_a_hidden_test_is_an_ordinal_passed_or_not() -> None:
    rows = [each for each in for_learner(full()).tests if each.hidden]
    assert [(row.name, row.status) for row in rows] == [
        ("hidden 1", Status.PASSED),
        ("hidden 2", Status.FAILED),
        ("hidden 3", Status.FAILED),
    ]
    for row in rows:
        assert (row.cpu_s, row.limit_s, row.message, row.output) == (0.0, 0.0, "", "")
        assert row.group is Group.CORRECTNESS and not any(
            getattr(row.failure, part) for part in ("call", "expected", "got", "message", "where")
        )


def test_no_text_of_a_hidden_test_is_left_anywhere() -> None:
    written = json.text(json.report_data(for_learner(full())))
    assert "SECRET" not in written and "test_hidden" not in written


def test_whole_run_measurements_and_the_seed_cover_visible_tests_only() -> None:
    seen = for_learner(full())
    assert seen.cpu_s == 0.02  # of the two visible tests
    assert (seen.wall_s, seen.peak_mib, seen.seed) == (0.0, 0.0, "")
    assert [each.name for each in seen.growth] == ["test_large"]


def test_verdict_points_and_visible_tests_stay() -> None:
    whole, seen = full(), for_learner(full())
    assert (seen.verdict, seen.points, seen.stages) == (whole.verdict, whole.points, whole.stages)
    assert [t for t in seen.tests if not t.hidden] == [t for t in whole.tests if not t.hidden]


def test_a_fault_of_the_judge_does_not_quote_a_hidden_test() -> None:
    whole = replace(full(), verdict=Verdict.JUDGE_ERROR, message="test_hidden_SECRET: torn")
    seen = for_learner(whole)
    assert "SECRET" not in seen.message and "judge again" in seen.message


def test_a_report_of_the_visible_suite_stays_as_it_is() -> None:
    assert for_learner(accepted()) == accepted()


def test_its_text_says_that_a_hidden_test_did_not_pass() -> None:
    shown = text.submission(kata(), for_learner(full()), "mine.py", screen())
    assert "  test  hidden 2\n" in shown
    assert "What it checks stays hidden" in shown
