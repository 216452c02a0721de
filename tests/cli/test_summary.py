"""The Markdown of a GitHub workflow's summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.model import Verdict
from graders.report import summary
from graders.report.standing import Standing, State
from tests.cli.conftest import Checkout
from tests.cli.reports import accepted, broken, failed, kata, report, screen, wrong


def of(*reports: object, language: str = "en") -> str:
    standings = [Standing(kata(), State.ATTEMPTED, each) for each in reports]  # type: ignore[arg-type]
    return summary.markdown(standings, screen(language))


def test_a_table_of_verdicts_comes_first_then_the_first_failing_case() -> None:
    lines = of(wrong()).splitlines()
    assert lines[:5] == [
        "### Accepted katas: 0 of 1",
        "",
        "| kata | verdict | points |",
        "|---|---|---:|",
        "| two_sum | WRONG_ANSWER | 50 |",
    ]
    assert lines[6:8] == ["<pre>", "WRONG_ANSWER: two_sum, 50 of 100 points, 1 of 2 tests passed"]
    assert lines[-1] == "</pre>"


def test_what_a_learner_wrote_can_close_or_open_nothing() -> None:
    bait = "</pre><img src=x onerror=1>\n\n# head `code` [link](http://x) @someone | cell"
    shown = of(report(Verdict.WRONG_ANSWER, failed("t[</pre>|x]", got=bait)))
    inside = shown[shown.index("<pre>") + 5 : shown.rindex("</pre>")]
    assert "<" not in inside and "&lt;/pre&gt;&lt;img" in inside
    assert "\n\n" not in inside  # an empty line would end the block for some readers


def test_a_fault_of_the_judge_has_no_points() -> None:
    assert "| two_sum | JUDGE_ERROR |  |" in of(broken())


def test_acceptance_needs_no_details() -> None:
    assert "<pre>" not in of(accepted())
    assert "| two_sum | ACCEPTED（通过，公开测试） | 100 |" in of(accepted(), language="zh")


def test_it_stays_under_what_github_takes() -> None:
    big = failed("t", got="<" * 4000, expected=">" * 900)
    shown = of(*[report(Verdict.WRONG_ANSWER, big)] * 400)
    assert len(shown) < 600_000
    assert shown.endswith("</pre>\n\nThe rest is left out; the log of the run has all of it.\n")


class TestGrade:
    def test_adds_to_the_page_that_the_workflow_names(
        self, checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = tmp_path / "summary.md"
        page.write_text("before\n")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
        assert checkout.run("grade").code == 0
        assert page.read_text() == (
            "before\n### Accepted katas: 0 of 7\n\nNothing to judge yet: no kata here has been "
            "changed.\n"
        )

    def test_does_not_fail_for_a_page_that_cannot_be_written(
        self, checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
        ran = checkout.run("grade")
        assert (ran.code, ran.err) == (0, "")
