"""The text of a Report: verdict, first failing case, next command, in this order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from graders.model import (
    Failure,
    Machine,
    Protection,
    Report,
    StageResult,
    Status,
    Text,
    Verdict,
)
from graders.report import listing, text
from graders.report.standing import Standing, State
from tests.cli.reports import (
    accepted,
    broken,
    curve,
    failed,
    full,
    kata,
    report,
    row,
    screen,
    too_slow,
    wrong,
)


def grading(*reports: Report, every: bool = False, language: str = "en", **options: int) -> str:
    """Return the text of a run over katas with these Reports."""
    standings = [
        Standing(kata(each.kata), State.SOLVED if each.accepted else State.ATTEMPTED, each)
        for each in reports
    ]
    return text.grading(standings, screen(language, **options), every)


def told(result: Report, language: str = "en") -> str:
    """Return what stands between the tables and the ending."""
    whole = text.submission(kata(), result, "mine.py", screen(language))
    return whole[whole.index(f"{result.verdict}", whole.index("\n\n") if result.tests else 0) :]


class TestAWrongAnswer:
    def test_is_told_as_verdict_case_and_next_command(self) -> None:
        assert grading(wrong()) == (
            "topic             solved   attempted   untouched\n"
            "a01     Two sum        0           1           0\n"
            "\n"
            "verdict        kata      points   CPU s\n"
            "WRONG_ANSWER   two_sum       50    0.12\n"
            "\n"
            "WRONG_ANSWER: two_sum, 50 of 100 points, 1 of 2 tests passed\n"
            "\n"
            "  test      test_pair\n"
            "  call      find_pair([3, 2, 4], 6)\n"
            "  expected  (1, 2)\n"
            "  got       (2, 1)\n"
            "\n"
            "A hint, if you are stuck: python3 noxfile.py -s hint -- two_sum\n"
            "Change katas/algorithms/a01_two_sum/two_sum/two_sum.py and judge it again:\n"
            "python3 noxfile.py -s grade -- two_sum\n"
        )

    def test_shows_where_and_what_was_printed(self) -> None:
        failure = Failure(call="f()", got="KeyError: 3", where="two_sum.py:12 in find_pair")
        test = row("test_pair", Status.RUNTIME_ERROR, failure=failure, output="seen 1\nseen 2\n")
        lines = told(report(Verdict.RUNTIME_ERROR, test)).splitlines()
        assert lines[2:7] == [
            "  test     test_pair",
            "  call     f()",
            "  got      KeyError: 3",
            "  where    two_sum.py:12 in find_pair",
            "  printed  seen 1",
        ]
        assert lines[7] == "           seen 2"

    def test_shows_values_of_a_thousand_characters_whole(self) -> None:
        value = "[" + "1, " * 330 + "1]"
        shown = told(report(Verdict.WRONG_ANSWER, failed("t", expected=value, got="[]")))
        assert f"  expected  {value}\n" in shown

    def test_shows_of_longer_values_the_part_that_differs(self) -> None:
        one, other = "7, " * 1200 + "8", "7, " * 1200 + "9"
        shown = told(report(Verdict.WRONG_ANSWER, failed("t", expected=one, got=other)))
        assert "  expected  … 3,400 characters left out … , 7, 7" in shown
        assert "7, 8\n" in shown and "7, 9\n" in shown
        assert "(expected and got differ from character 3,601 on)" in shown

    def test_reads_no_markup_in_what_a_learner_printed(self) -> None:
        bait = "[bold red]x[/bold red] [link=file:///etc/passwd]y[/link] :smile:"
        shown = told(report(Verdict.WRONG_ANSWER, failed("t", got=bait)))
        assert f"  got   {bait}\n" in shown


class TestATooSlowSubmission:
    def test_shows_cpu_limit_and_what_growth_was_measured(self) -> None:
        shown = told(too_slow())
        assert "  CPU     stopped after 0.71 s CPU; the limit is 0.5 s\n" in shown
        assert "  growth  find_pair: grows about quadratic (exponent 1.98); the target is" in shown
        assert "one call would take about 2 hours" in shown
        assert "used: stopped" not in shown  # the judge's own words for the same numbers

    def test_shows_only_the_begin_of_a_call_at_size(self) -> None:
        call = next(line for line in told(too_slow()).splitlines() if "call " in line)
        assert len(call) < 260 and call.endswith("characters left out …")

    def test_shows_every_call_on_an_object_that_was_made_of_much(self) -> None:
        names = ", ".join(f"'r{number}'" for number in range(600))
        calls = f"Router([{names}])\n  .route('ann')\n  .routes([{names}])"
        slow = row("t", Status.TIME_LIMIT, failure=Failure(call=calls))
        shown = told(report(Verdict.TIME_LIMIT_EXCEEDED, row("a"), slow))
        assert "call  Router(['r0', 'r1'" in shown
        assert "\n          .route('ann')\n          .routes(['r0', " in shown

    def test_that_was_measured_shows_the_best_of_its_runs(self) -> None:
        test = row("t", Status.TIME_LIMIT, cpu_s=0.52, message="used 0.52 s CPU in the best of 4")
        shown = told(report(Verdict.TIME_LIMIT_EXCEEDED, row("a"), test))
        assert "  CPU   0.52 s CPU; the limit is 0.5 s\n" in shown and "best of 4" not in shown

    def test_that_slept_says_so(self) -> None:
        words = "blocked or sleeping: 2.0 s passed with 0.01 s of CPU used"
        failure = Failure(message=words)
        test = row("t", Status.TIME_LIMIT, cpu_s=0.01, message=words, failure=failure)
        assert f"  message  {words}\n" in told(report(Verdict.TIME_LIMIT_EXCEEDED, test))

    def test_that_was_slow_to_load_keeps_the_words_for_it(self) -> None:
        words = "loading the module: stopped after 1.40 s CPU; the limit is 1 s"
        test = row("t", Status.TIME_LIMIT, cpu_s=1.4, message=words, failure=Failure(message=words))
        shown = told(report(Verdict.TIME_LIMIT_EXCEEDED, test))
        assert words in shown and "the limit is 0.5 s" not in shown

    def test_shows_the_curve_of_a_growth_test_that_was_itself_too_slow(self) -> None:
        test = row("g", Status.TIME_LIMIT, cpu_s=0.71, message="used: stopped after 0.71 s CPU")
        shown = told(report(Verdict.TIME_LIMIT_EXCEEDED, test, growth=(curve("g"),)))
        assert "  growth  about quadratic: exponent 1.98 from size 1,000 to 8,000\n" in shown

    def test_is_not_explained_by_growth_that_was_as_it_should_be(self) -> None:
        test = row("t", Status.TIME_LIMIT, cpu_s=0.71, message="used: stopped after 0.71 s CPU")
        growth = (curve("g", 1.02, "about linear"),)
        shown = told(report(Verdict.TIME_LIMIT_EXCEEDED, test, row("g"), growth=growth))
        assert "growth" not in shown and "linear" not in shown

    def test_on_a_machine_unlike_the_reference_says_what_a_second_is(self) -> None:
        slow = replace(too_slow(), machine=Machine("abc", 1.75))
        assert "this one takes 1.75 times as long" in told(slow)
        assert "reference machine" not in told(too_slow())

    def test_of_growth_alone_tells_it_once_with_its_cpu_time(self) -> None:
        words = "find_pair: grows about quadratic (exponent 2.00); the target is at most linear"
        test = row("g", Status.TIME_LIMIT, cpu_s=0.4, message=words, failure=Failure(message=words))
        shown = told(report(Verdict.TIME_LIMIT_EXCEEDED, test, growth=(curve("g"),)))
        assert shown.count("grows about quadratic") == 1
        assert f"  CPU     0.40 s CPU; the limit is 0.5 s\n  growth  {words}\n" in shown


def test_too_much_memory_shows_peak_and_limit() -> None:
    words = "used 300 MiB; the limit is 256 MiB"
    test = row("t", Status.MEMORY_LIMIT, message=words, failure=Failure(message=words))
    shown = told(report(Verdict.MEMORY_LIMIT_EXCEEDED, test, peak_mib=300.0))
    assert "  memory  peak 300 MiB; the limit is 256 MiB\n" in shown and words not in shown


class TestAcceptance:
    def test_by_the_visible_tests_says_so(self) -> None:
        shown = grading(accepted())
        assert "ACCEPTED (visible tests)   two_sum      100    0.12\n" in shown
        assert shown.endswith(
            "Everything you have started is accepted (1 of 1).\npython3 noxfile.py -s next\n"
        )

    def test_by_all_tests_needs_no_word(self) -> None:
        whole = replace(full(), verdict=Verdict.ACCEPTED)
        assert "\nACCEPTED: two_sum" in text.submission(kata(), whole, "mine.py", screen())


class TestStages:
    def staged(self, *tests: object, **second: object) -> Report:
        stages = (
            StageResult(Text("Recency", "最近使用"), 60, 60.0, 1, 1, True),
            replace(StageResult(Text("Speed", "性能"), 40, 0.0, 0, 2, True), **second),  # type: ignore[arg-type]
        )
        return report(Verdict.WRONG_ANSWER, *tests, stages=stages)  # type: ignore[arg-type]

    def test_the_first_unfinished_one_is_told_with_its_points(self) -> None:
        shown = told(self.staged(row("a"), replace(failed("b", got="1"), stage=2)))
        assert "\nstage 2 of 2: Speed, 0 of 40 points\n\n  test  b\n" in shown

    def test_the_lower_stage_comes_first_even_where_a_later_test_fails_it(self) -> None:
        shown = told(self.staged(replace(failed("b"), stage=2), failed("perf of one")))
        assert "stage 1 of 2" in shown and "  test  perf of one\n" in shown

    def test_one_that_is_not_started_says_so(self) -> None:
        waiting = replace(row("b", Status.NOT_STARTED), stage=2)
        shown = told(self.staged(row("a"), waiting, started=False))
        assert "This stage is not started: its functions still raise NotImplementedError." in shown

    def test_a_kata_without_them_has_no_such_line(self) -> None:
        assert "stage" not in told(wrong())


class TestAFaultOfTheJudge:
    def test_is_not_the_learners(self) -> None:
        shown = grading(broken())
        assert "This is not a fault of your code" in shown
        assert "  the engine died twice; run again" in shown
        assert "Change katas" not in shown and "hint" not in shown
        assert shown.endswith("Judge it again:\npython3 noxfile.py -s grade -- two_sum\n")

    def test_has_a_colour_of_its_own(self) -> None:
        styles = {screen().verdict(each).style for each in (wrong(), accepted(), broken())}
        assert len(styles) == 3

    def test_has_no_points(self) -> None:
        assert "JUDGE_ERROR   two_sum             0.12" in grading(broken())


def test_a_module_that_cannot_be_loaded_is_told_by_its_message() -> None:
    shown = told(report(Verdict.COMPILE_ERROR, message="two_sum.py:3: invalid syntax", stages=()))
    assert shown.startswith("COMPILE_ERROR: two_sum\n  two_sum.py:3: invalid syntax\n")


def test_tests_that_were_not_run_are_counted_with_the_reason() -> None:
    why = "2 tests had ended abnormally before"
    skipped = [row(name, Status.NOT_RUN, message=why) for name in "bc"]
    shown = told(report(Verdict.WRONG_ANSWER, failed("a", got="1"), *skipped))
    assert f"\nTests that were not run: 2 ({why}).\n" in shown


def test_a_layer_that_is_off_is_named() -> None:
    off = replace(wrong(), protections=(Protection("seccomp", False, "no such system call"),))
    assert "sandbox: seccomp is off (no such system call)\n" in grading(off)
    assert "sandbox" not in grading(wrong())


class TestSeveralKatas:
    def two(self, every: bool) -> str:
        return grading(wrong(), replace(wrong(), kata="lcs_dp"), every=every)

    def test_only_the_first_failing_one_is_told_in_full(self) -> None:
        assert self.two(every=False).count("tests passed") == 1

    def test_all_that_were_named_are(self) -> None:
        assert self.two(every=True).count("tests passed") == 2

    def test_add_up_to_a_total(self) -> None:
        lines = self.two(every=False).splitlines()
        assert re.fullmatch(r" +total +0 +2 +0", lines[3])

    def test_the_learners_failure_comes_before_the_judges(self) -> None:
        shown = grading(replace(broken(), kata="lcs_dp"), wrong())
        assert shown.index("\nWRONG_ANSWER: two_sum") < shown.index("\nJUDGE_ERROR: lcs_dp")
        assert shown.endswith("-s grade -- two_sum\n")


class TestTheScreen:
    @pytest.mark.parametrize("language", ["en", "zh"])
    @pytest.mark.parametrize("width", [60, 80, 120])
    def test_tables_keep_within_its_width(self, language: str, width: int) -> None:
        every = [Standing(kata(slug), State.UNTOUCHED) for slug in ("two_sum", "lru_cache_repair")]
        for line in listing.listing(every, screen(language, width)).splitlines()[:-1]:
            assert cell_len(line) <= width

    def test_columns_stand_straight_under_chinese_headings(self) -> None:
        every = [Standing(kata(slug), State.SOLVED) for slug in ("two_sum", "lru_cache_repair")]
        lines = listing.listing(every, screen("zh")).splitlines()[:3]
        ends = {cell_len(line[: line.index(mark)]) for line in lines[1:] for mark in ["已解决"]}
        assert ends == {cell_len(lines[0][: lines[0].index("状态")])}

    def test_labels_stand_straight_in_chinese(self) -> None:
        lines = [line for line in told(wrong(), "zh").splitlines() if line.startswith("  ")]
        assert [line.split()[0] for line in lines] == ["测试", "调用", "期望", "实际"]
        values = ["test_pair", "find_pair", "(1, 2)", "(2, 1)"]
        places = {cell_len(x[: x.index(v)]) for x, v in zip(lines, values, strict=True)}
        assert len(places) == 1

    def test_colours_only_a_terminal(self) -> None:
        assert "\x1b[" not in grading(wrong())
        assert "\x1b[" in text.grading(
            [Standing(kata(), State.ATTEMPTED, wrong())], screen(color=True)
        )

    def test_says_the_verdict_and_its_meaning_in_chinese(self) -> None:
        assert told(wrong(), "zh").startswith("WRONG_ANSWER（答案错误）：two_sum，得分 50/100，")
        assert "ACCEPTED（通过，公开测试）" in grading(accepted(), language="zh")


def test_the_instructors_text_shows_hidden_tests_by_name() -> None:
    shown = text.submission(kata(), full(), "mine.py", screen())
    assert "test_hidden_SECRET" in shown and "find_pair([SECRET], 1)" in shown
