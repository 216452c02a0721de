"""A kata with stages, half done: what is told first, in both languages, and by which verdict."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import jsonschema
import pytest

from graders.model import Failure, Group, Report, StageResult, Status, Text, Verdict
from graders.report import schema, summary, text
from graders.report.standing import Standing, State
from tests.cli.conftest import SOLUTIONS, Checkout
from tests.cli.reports import failed, kata, report, row, screen

FIRST = StageResult(Text("Length", "长度"), 40, 40.0, 2, 2, True)
SECOND = StageResult(Text("One string", "求出一个"), 35, 0.0, 0, 1, False)
THIRD = StageResult(Text("All strings", "求出全部"), 25, 0.0, 0, 1, True)
STUB = Failure(call="lcs('A', 'A')", got="NotImplementedError", where="lcs_dp.py:14 in lcs")


def half_done(**changes: object) -> Report:
    """Stage 1 done, 2 untouched, 3 wrong."""
    tests = (
        row("test_length"),
        replace(row("test_string", Status.NOT_STARTED, failure=STUB), stage=2),
        replace(failed("test_all", call="all_lcs('', '')", expected="['']", got="[]"), stage=3),
        row("test_length_at_size", group=Group.PERF),
    )
    stages = (FIRST, SECOND, THIRD)
    plain = report(Verdict.NOT_STARTED, *tests, stages=stages, points=40.0, kata="lcs_dp")
    return replace(plain, **changes)  # type: ignore[arg-type]


def graded(result: Report, language: str = "en", whole: bool = False) -> str:
    standing = Standing(kata("lcs_dp"), State.ATTEMPTED, result)
    return text.grading([standing], screen(language), whole=whole)


def judged(result: Report, whole: bool = False) -> str:
    return text.submission(kata("lcs_dp"), result, "mine.py", screen(), whole)


class TestAHalfDoneKata:
    def test_shows_what_is_done_and_stops_at_what_is_not_started(self) -> None:
        assert (
            "\n"
            "verdict                      kata     points   CPU s\n"
            "NOT_STARTED (stage 2 of 3)   lcs_dp       40    0.12\n"
            "\n"
            "NOT_STARTED (stage 2 of 3): lcs_dp, 40 of 100 points, 2 of 4 tests passed\n"
            "stage 1 of 3: Length, 40 of 40 points\n"
            "stage 2 of 3: One string, 0 of 35 points\n"
            "This stage is not started: its functions still raise NotImplementedError.\n"
            "\n"
            "  test   test_string\n"
            "  call   lcs('A', 'A')\n"
            "  where  lcs_dp.py:14 in lcs\n"
            "\n"
            "Stages after this one: 1 (--all shows them).\n"
            "\n"
            "A hint, if you are stuck: "
        ) in graded(half_done())

    def test_says_the_same_in_chinese(self) -> None:
        assert (
            "NOT_STARTED（未开始，第 2/3 阶段）：lcs_dp，得分 40/100，通过测试 2/4\n"
            "第 1 阶段（共 3 个）：长度，得分 40/40\n"
            "第 2 阶段（共 3 个）：求出一个，得分 0/35\n"
            "这个阶段还没有开始：其中的函数仍然抛出 NotImplementedError。\n"
            "\n"
            "  测试  test_string\n"
            "  调用  lcs('A', 'A')\n"
            "  位置  lcs_dp.py:14，在 lcs 中\n"
            "\n"
            "后面还有 1 个阶段（加 --all 可以看到）。\n"
        ) in graded(half_done(), "zh")

    def test_shows_every_stage_with_its_first_failing_case_when_asked(self) -> None:
        shown = graded(half_done(), whole=True)
        assert (
            "\n"
            "stage 1 of 3: Length, 40 of 40 points\n"
            "\n"
            "stage 2 of 3: One string, 0 of 35 points\n"
            "This stage is not started: its functions still raise NotImplementedError.\n"
            "\n"
            "  test   test_string\n"
            "  call   lcs('A', 'A')\n"
            "  where  lcs_dp.py:14 in lcs\n"
            "\n"
            "stage 3 of 3: All strings, 0 of 25 points\n"
            "\n"
            "  test      test_all\n"
            "  call      all_lcs('', '')\n"
            "  expected  ['']\n"
            "  got       []\n"
        ) in shown
        assert "--all" not in shown

    def test_tells_of_no_later_test_before_it_is_asked(self) -> None:
        assert "test_all" not in graded(half_done())
        assert "test_all" not in judged(half_done())
        assert "test_all" in judged(half_done(), whole=True)

    def test_lists_its_tests_stage_by_stage(self) -> None:
        lines = judged(half_done()).splitlines()
        assert [line.split()[0] for line in lines[1:4]] == [
            "test_length", "test_length_at_size", "test_string"]  # fmt: skip

    def test_reads_so_on_the_page_of_a_workflow(self) -> None:
        standing = Standing(kata("lcs_dp"), State.ATTEMPTED, half_done())
        page = summary.markdown([standing], screen())
        assert "| lcs_dp | NOT_STARTED (stage 2 of 3) | 40 |" in page
        assert "stage 1 of 3: Length, 40 of 40 points" in page

    def test_is_shown_done_in_green_and_not_started_in_yellow(self) -> None:
        result = half_done()
        assert screen().verdict(result).style == "bold yellow"
        standing = Standing(kata("lcs_dp"), State.ATTEMPTED, result)
        coloured = text.grading([standing], screen(color=True))
        assert re.search(r"\x1b\[32mstage 1 of 3", coloured)

    def test_says_where_a_stage_is_written_in_part(self) -> None:
        begun = (FIRST, replace(SECOND, started=True), THIRD)
        shown = graded(half_done(stages=begun))
        assert "Part of it is not written yet: this function still raises" in shown
        assert "This stage is not started" not in shown

    def test_of_the_last_stage_has_no_word_on_later_ones(self) -> None:
        result = half_done()
        tests = tuple(test for test in result.tests if test.stage != 2)
        shown = graded(replace(result, tests=tests, verdict=Verdict.WRONG_ANSWER))
        assert "WRONG_ANSWER (stage 3 of 3): lcs_dp" in shown and "--all" not in shown


UNTOUCHED = "\n\ndef {name}(a, b):\n    raise NotImplementedError\n"
SLOW = """

def lcs_length(a, b):
    if not a or not b:
        return 0
    if a[-1] == b[-1]:
        return lcs_length(a[:-1], b[:-1]) + 1
    return max(lcs_length(a[:-1], b), lcs_length(a, b[:-1]))
"""


class TestAStubFilledInStageByStage:
    """lcs_dp has one function in each of its three stages."""

    @pytest.fixture
    def reference(self) -> str:
        return next(SOLUTIONS.rglob("lcs_dp/lcs_dp.py")).read_text(encoding="utf-8")

    def graded(self, checkout: Checkout, module: str) -> dict[str, object]:
        checkout.write("lcs_dp", module)
        data = json.loads(checkout.run("grade", "lcs_dp", "--format", "json").out)
        jsonschema.validate(data, schema.grade_schema())
        (told,) = data["reports"]
        return told  # type: ignore[no-any-return]

    def test_is_not_started_where_the_next_one_is_the_stub(
        self, checkout: Checkout, reference: str
    ) -> None:
        module = reference + UNTOUCHED.format(name="lcs") + UNTOUCHED.format(name="all_lcs")
        told = self.graded(checkout, module)
        assert (told["verdict"], told["points"]) == ("NOT_STARTED", 40.0)
        stages: list[dict[str, object]] = told["stages"]  # type: ignore[assignment]
        assert [(each["earned"], each["started"]) for each in stages] == [
            (40.0, True), (0.0, False), (0.0, False)]  # fmt: skip
        tests: list[dict[str, object]] = told["tests"]  # type: ignore[assignment]
        waiting = {each["status"] for each in tests if each["stage"] != 1}
        assert waiting == {"NOT_STARTED", "NOT_RUN"}
        ran = checkout.run("grade")
        assert ran.code == 1
        assert "\nNOT_STARTED (stage 2 of 3): lcs_dp, 40 of 100 points, " in ran.out
        assert "RUNTIME_ERROR" not in ran.out and "all_lcs" not in ran.out
        assert ran.out.count("stage 3 of 3") == 0
        assert checkout.run("grade", "--all").out.count("\nstage 3 of 3: All strings") == 1

    def test_is_too_slow_where_its_first_stage_is_whatever_comes_after(
        self, checkout: Checkout, reference: str
    ) -> None:
        module = reference + SLOW + UNTOUCHED.format(name="lcs")
        told = self.graded(checkout, module)
        assert told["verdict"] == "TIME_LIMIT_EXCEEDED"
        ran = checkout.run("grade")
        assert "\nTIME_LIMIT_EXCEEDED (stage 1 of 3): lcs_dp, " in ran.out
        assert "\nStages after this one: 2 (--all shows them).\n" in ran.out

    def test_is_wrong_in_the_stage_that_is_and_its_speed_is_not_measured(
        self, checkout: Checkout, reference: str
    ) -> None:
        module = reference + "\n\ndef lcs(a, b):\n    return a\n"
        told = self.graded(checkout, module)
        assert (told["verdict"], told["points"]) == ("WRONG_ANSWER", 65.0)
        tests: list[dict[str, object]] = told["tests"]  # type: ignore[assignment]
        fast = {each["name"]: each["status"] for each in tests if each["group"] == "perf"}
        assert fast["test_string_for_600_characters_each"] == "NOT_RUN"
        assert fast["test_length_for_600_characters_each"] == "PASSED"

    def test_reads_so_in_chinese(
        self, checkout: Checkout, reference: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        checkout.write("lcs_dp", reference + UNTOUCHED.format(name="all_lcs"))
        out = checkout.run("grade").out
        assert "NOT_STARTED（未开始，第 3/3 阶段）：lcs_dp，得分 75/100" in out
        assert "\n第 2 阶段（共 3 个）：求出一个，得分 35/35\n" in out
        assert "这个阶段还没有开始" in out
