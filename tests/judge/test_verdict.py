"""The verdict is a pure function: of what was expected, what was seen, and the stages."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.judge.clean import TEXT_CAP, clean, clean_failure
from graders.judge.records import Narration, Outcome
from graders.judge.verdict import Decision, decide, status_of
from graders.model import (
    Api,
    Failure,
    Group,
    GrowthRow,
    Kata,
    Kind,
    Limits,
    Stage,
    Status,
    Text,
    Verdict,
)

CORRECT, PERF = Group.CORRECTNESS, Group.PERF
BOTH = Text("stage", "阶段")
RIGHT = ("passed", "passed", "passed")
WRONG = ("passed", "failed", "passed")


def kata(*points: int) -> Kata:
    return Kata(
        slug="k", topic="a01", topic_folder="a01_k", track="algorithms", folder=Path("/k"),
        title=BOTH, kind=Kind.IMPLEMENT, difficulty=1, minutes=20, order=10, core=True, aka=(),
        prerequisites=(), source="", services=(), packages=(), network=False, processes=0,
        threads=0, open_files=64, hints=(), stages=tuple(Stage(BOTH, p) for p in points),
        api=Api(("f",)), limits=Limits())


def seen(name: str = "test_a", phases: tuple[str, ...] = RIGHT, **more: object) -> Outcome:
    fields: dict[str, object] = {
        "name": name, "stage": 1, "group": CORRECT, "hidden": False, "phases": phases,
        "fact": None, "fact_text": "", "learner_raised": "", "untouched": False, "judge_fault": "",
        "failure": Failure(), "output": "", "cpu_s": 0.1, "limit_s": 0.5, "wall_s": 0.1,
        "peak_mib": 9.0}
    return Outcome(**{**fields, **more})  # type: ignore[arg-type]


PASS = {"fact": None}
FAIL = {"phases": WRONG}
NOT_RUN = {"phases": (), "fact": Status.NOT_RUN, "cpu_s": 0.0}


def told(*outcomes: Outcome, **more: object) -> Narration:
    """Return the narration in which exactly these outcomes were expected."""
    expected = tuple((each.name, each.stage, each.group) for each in outcomes)
    fields: dict[str, object] = {"id": "0", "expected": expected, "outcomes": outcomes}
    return Narration(**{**fields, **more})  # type: ignore[arg-type]


def decided(*outcomes: Outcome, points: tuple[int, ...] = (100,), **more: object) -> Decision:
    return decide(kata(*points), (told(*outcomes, **more),))


class TestStatusOfOneTest:
    @pytest.mark.parametrize(("outcome", "status"), [
        (seen(), Status.PASSED),
        (seen(cpu_s=0.5), Status.PASSED),
        (seen(cpu_s=0.501), Status.TIME_LIMIT),  # the runs above the limit did not help
        (seen(phases=WRONG), Status.FAILED),  # an exception in the test's own body
        (seen(phases=("passed", "passed", "failed")), Status.FAILED),
        (seen(phases=("passed", "skipped", "passed")), Status.FAILED),
        (seen(phases=("passed", "passed")), Status.FAILED),
        (seen(phases=("passed",) * 4), Status.FAILED),
        (seen(phases=()), Status.FAILED),
        (seen(phases=WRONG, learner_raised="ValueError"), Status.RUNTIME_ERROR),
        (seen(phases=WRONG, learner_raised="MemoryError"), Status.MEMORY_LIMIT),
        (seen(phases=WRONG, learner_raised="NotImplementedError", untouched=True),
         Status.NOT_STARTED),
        (seen(phases=WRONG, learner_raised="NotImplementedError"), Status.RUNTIME_ERROR),
        (seen(untouched=True), Status.PASSED),  # the test expected the error
        (seen(fact=Status.CRASHED), Status.CRASHED),  # sticky, whatever the suite caught
        (seen(fact=Status.MEMORY_LIMIT, phases=WRONG, learner_raised="ValueError"),
         Status.MEMORY_LIMIT),
        (seen(phases=("failed", "passed"), judge_fault="fixture"), Status.JUDGE_ERROR),
        (seen(fact=Status.CRASHED, judge_fault="lost"), Status.JUDGE_ERROR),
    ])
    def test_follows_the_facts_then_the_phases_then_the_clock(
        self, outcome: Outcome, status: Status
    ) -> None:
        assert status_of(outcome) is status


class TestVerdict:
    @pytest.mark.parametrize(("outcome", "word"), [
        (seen(phases=WRONG), Verdict.WRONG_ANSWER),
        (seen(phases=WRONG, learner_raised="KeyError"), Verdict.RUNTIME_ERROR),
        (seen(fact=Status.CRASHED), Verdict.RUNTIME_ERROR),
        (seen(fact=Status.TIME_LIMIT), Verdict.TIME_LIMIT_EXCEEDED),
        (seen(fact=Status.MEMORY_LIMIT), Verdict.MEMORY_LIMIT_EXCEEDED),
        (seen(fact=Status.OUTPUT_LIMIT), Verdict.OUTPUT_LIMIT_EXCEEDED),
        (seen(phases=WRONG, untouched=True), Verdict.NOT_STARTED),
        (seen(phases=WRONG, judge_fault="x"), Verdict.JUDGE_ERROR),
    ])
    def test_is_the_word_of_the_failing_test(self, outcome: Outcome, word: Verdict) -> None:
        assert decided(seen("test_before"), replace(outcome, name="test_it"),
                       seen("test_after")).verdict is word

    def test_accepts_when_every_expected_test_passed_exactly_once(self) -> None:
        decision = decided(seen("test_a"), seen("test_b"))
        assert (decision.verdict, decision.points, decision.message) == (
            Verdict.ACCEPTED, 100.0, "")

    def test_the_first_failing_test_in_suite_order_decides(self) -> None:
        decision = decided(seen("a"), seen("b", fact=Status.TIME_LIMIT), seen("c", WRONG))
        assert decision.verdict is Verdict.TIME_LIMIT_EXCEEDED

    def test_suite_order_is_visible_then_hidden_then_performance(self) -> None:
        visible = told(seen("perf", fact=Status.TIME_LIMIT, group=PERF), seen("plain"))
        hidden = told(seen("h_perf", fact=Status.CRASHED, group=PERF, hidden=True),
                      seen("h", WRONG, hidden=True))
        decision = decide(kata(100), (visible, hidden))
        assert [row.name for row in decision.tests] == ["plain", "h", "perf", "h_perf"]
        assert decision.verdict is Verdict.WRONG_ANSWER
        assert [row.hidden for row in decision.tests] == [False, True, False, True]

    def test_order_within_a_suite_is_kept(self) -> None:
        names = ["z", "a", "m"]
        assert [row.name for row in decided(*map(seen, names)).tests] == names

    @pytest.mark.parametrize("status", [Status.FAILED, Status.CRASHED, Status.TIME_LIMIT])
    def test_not_run_never_decides(self, status: Status) -> None:
        decision = decided(seen("a", **NOT_RUN), seen("b", fact=status), seen("c", **NOT_RUN))
        assert decision.verdict is not Verdict.ACCEPTED
        assert decision.verdict is decided(seen("b", fact=status)).verdict

    def test_nothing_but_not_run_is_no_acceptance_and_no_blame(self) -> None:
        decision = decided(seen("a"), seen("b", **NOT_RUN))
        assert decision.verdict is Verdict.JUDGE_ERROR
        assert "not every expected test was run" in decision.message

    def test_no_tests_at_all_are_no_acceptance(self) -> None:
        assert decided().verdict is Verdict.JUDGE_ERROR

    def test_a_judge_error_anywhere_outweighs_failures_before_it(self) -> None:
        decision = decided(seen("a", WRONG), seen("b", judge_fault="the clock is gone"))
        assert decision.verdict is Verdict.JUDGE_ERROR
        assert decision.message == "b: the clock is gone"

    def test_a_fault_of_the_engine_outweighs_everything(self) -> None:
        decision = decided(seen("a"), fault="the judge child ended early\x1b[2J")
        assert decision.verdict is Verdict.JUDGE_ERROR
        assert decision.message == "the judge child ended early\\x1b[2J"

    def test_a_fault_in_the_hidden_run_outweighs_a_passed_visible_one(self) -> None:
        decision = decide(kata(100), (told(seen("a")), Narration("0", fault="gone")))
        assert (decision.verdict, decision.points) == (Verdict.JUDGE_ERROR, 0.0)

    def test_a_compile_error_carries_its_text(self) -> None:
        decision = decided(seen("a", ("error",)), seen("b", **NOT_RUN),
                           compile_error="k.py:3: syntax error")
        assert (decision.verdict, decision.message) == (
            Verdict.COMPILE_ERROR, "k.py:3: syntax error")
        assert decision.points == 0.0

    def test_a_file_that_could_not_be_read_needs_no_tests(self) -> None:
        decision = decide(kata(40, 60), (Narration("", compile_error="k.py: is missing"),))
        assert (decision.verdict, decision.points) == (Verdict.COMPILE_ERROR, 0.0)
        assert [(stage.points, stage.earned) for stage in decision.stages] == [(40, 0), (60, 0)]


class TestEveryExpectedTestExactlyOnce:
    expected = (("test_a", 1, CORRECT), ("test_b", 1, CORRECT))

    def decide(self, *outcomes: Outcome) -> Decision:
        return decide(kata(100), (Narration("0", expected=self.expected, outcomes=outcomes),))

    def test_missing_is_not_accepted(self) -> None:
        decision = self.decide(seen("test_a"))
        assert decision.verdict is not Verdict.ACCEPTED
        assert [row.status for row in decision.tests] == [Status.PASSED, Status.NOT_RUN]

    def test_twice_is_a_failure(self) -> None:
        decision = self.decide(seen("test_a"), seen("test_b"), seen("test_b"))
        assert decision.verdict is Verdict.WRONG_ANSWER
        assert decision.tests[1].message == "reported 2 times"
        assert decision.points == 50.0

    def test_a_second_report_does_not_mend_a_first(self) -> None:
        decision = self.decide(seen("test_a", WRONG), seen("test_a"), seen("test_b"))
        assert decision.tests[0].status is Status.FAILED

    def test_unexpected_is_not_accepted(self) -> None:
        decision = self.decide(seen("test_a"), seen("test_b"), seen("test_c"))
        assert decision.verdict is not Verdict.ACCEPTED

    def test_unexpected_instead_of_expected_is_not_accepted(self) -> None:
        assert self.decide(seen("test_a"), seen("test_c")).verdict is not Verdict.ACCEPTED

    def test_the_same_name_expected_twice_is_not_passed_by_one_report(self) -> None:
        twice = Narration("0", expected=self.expected[:1] * 2, outcomes=(seen("test_a"),))
        assert decide(kata(100), (twice,)).verdict is not Verdict.ACCEPTED

    def test_stage_and_group_are_those_of_the_collection(self) -> None:
        """What was expected is trusted; an outcome cannot move a test to another stage."""
        one = Narration("0", expected=(("test_a", 2, PERF),),
                        outcomes=(seen("test_a", stage=1, group=CORRECT),))
        row = decide(kata(50, 50), (one,)).tests[0]
        assert (row.stage, row.group) == (2, PERF)

    def test_hidden_tests_that_never_ran_stay_hidden(self) -> None:
        """The learner's Report shows of a hidden test only its ordinal: names must not leak."""
        hidden = Narration("0", expected=(("test_secret", 1, CORRECT),), fault="the engine died")
        decision = decide(kata(100), (told(seen("test_a")), hidden))
        assert [row.hidden for row in decision.tests if row.name == "test_secret"] in ([], [True])


class TestPoints:
    @pytest.mark.parametrize(("outcomes", "points"), [
        ([seen("a"), seen("b"), seen("c", WRONG)], 66.67),
        ([seen("a", WRONG), seen("b", WRONG), seen("c")], 33.33),
        ([seen("a"), seen("b"), seen("c", **NOT_RUN), seen("d", WRONG)], 50.0),
        ([seen("a"), seen("p", group=PERF)], 100.0),
        ([seen("a"), seen("p", group=PERF, fact=Status.TIME_LIMIT)], 50.0),
        ([seen("a"), seen("b"), seen("p", group=PERF), seen("q", WRONG, group=PERF)], 75.0),
        ([seen("a"), seen("b", WRONG), seen("p", group=PERF)], 33.33),  # passed, but too early
        ([seen("p", group=PERF), seen("q", WRONG, group=PERF)], 50.0),
        ([seen("a", fact=Status.NOT_RUN), seen("p", group=PERF)], 0.0),
    ])
    def test_of_one_stage(self, outcomes: list[Outcome], points: float) -> None:
        decision = decided(*outcomes, points=(100,))
        if decision.verdict is not Verdict.JUDGE_ERROR:
            assert decision.points == points
        assert decision.stages[0].earned == points

    def test_each_stage_earns_its_own_share(self) -> None:
        decision = decided(seen("a"), seen("b", WRONG), seen("c", stage=2), seen("d", stage=2),
                           points=(40, 60))
        assert [(stage.earned, stage.passed, stage.tests) for stage in decision.stages] == [
            (20.0, 1, 2), (60.0, 2, 2)]
        assert decision.points == 80.0

    def test_performance_waits_for_its_own_stage_only(self) -> None:
        decision = decided(seen("a", WRONG), seen("b", stage=2), seen("p", group=PERF),
                           seen("q", stage=2, group=PERF), points=(50, 50))
        assert [stage.earned for stage in decision.stages] == [0.0, 50.0]

    def test_performance_waits_for_hidden_tests_too(self) -> None:
        visible = told(seen("a"), seen("p", group=PERF))
        hidden = told(seen("h", WRONG, hidden=True), seen("h2", hidden=True),
                      seen("q", group=PERF, hidden=True))
        decision = decide(kata(100), (visible, hidden))
        assert decision.stages[0].passed == 2
        assert decision.points == 40.0

    def test_visible_and_hidden_tests_count_alike(self) -> None:
        decision = decide(kata(100), (told(seen("a"), seen("b")),
                                      told(seen("h", hidden=True), seen("i", WRONG, hidden=True))))
        assert decision.points == 75.0

    def test_points_are_rounded_once_at_the_end(self) -> None:
        """Three stages of 100/3 each, a third passed: rounding each stage would lose a cent."""
        outcomes = [seen(f"t{stage}{n}", RIGHT if n == 0 else WRONG, stage=stage)
                    for stage in (1, 2, 3) for n in range(3)]
        decision = decided(*outcomes, points=(34, 33, 33))
        assert decision.points == 33.33
        assert [stage.earned for stage in decision.stages] == [11.33, 11.0, 11.0]
        sevenths = [seen(f"t{stage}{n}", RIGHT if n == 0 else WRONG, stage=stage)
                    for stage in (1, 2, 3) for n in range(7)]
        decision = decided(*sevenths, points=(33, 33, 34))
        assert decision.points == 14.29  # 4.714 + 4.714 + 4.857; rounded parts give 14.28
        assert sum(stage.earned for stage in decision.stages) == pytest.approx(14.28)

    def test_a_judge_error_withholds_all_points(self) -> None:
        decision = decided(seen("a"), seen("b", judge_fault="x"))
        assert (decision.verdict, decision.points) == (Verdict.JUDGE_ERROR, 0.0)

    def test_a_stage_without_tests_earns_nothing(self) -> None:
        assert [stage.earned for stage in decided(seen("a"), points=(60, 40)).stages] == [60.0, 0.0]

    def test_a_kata_without_stages_has_one(self) -> None:
        decision = decided(seen("a"), seen("b", WRONG), points=())
        assert [(stage.points, stage.earned) for stage in decision.stages] == [(100, 50.0)]

    def test_an_untouched_stage_is_not_started(self) -> None:
        stub = {"phases": WRONG, "untouched": True, "learner_raised": "NotImplementedError"}
        decision = decided(seen("a"), seen("b", stage=2, **stub), seen("c", stage=2, **NOT_RUN),
                           points=(50, 50))
        assert [stage.started for stage in decision.stages] == [True, False]
        assert decision.verdict is Verdict.NOT_STARTED
        assert decision.points == 50.0

    def test_the_first_unfinished_stage_names_the_verdict(self) -> None:
        """Stage 1 is right but slow, stage 2 wrong: suite order alone would say wrong."""
        slow = seen("p", fact=Status.TIME_LIMIT, group=PERF)
        decision = decided(seen("a"), seen("b", WRONG, stage=2), slow, points=(50, 50))
        assert [row.name for row in decision.tests] == ["a", "b", "p"]
        assert decision.verdict is Verdict.TIME_LIMIT_EXCEEDED
        undone = decided(seen("a", **NOT_RUN), seen("b", WRONG, stage=2), points=(50, 50))
        assert undone.verdict is Verdict.WRONG_ANSWER

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([CORRECT, PERF]), st.booleans(),
                              st.sampled_from(["pass", "fail", "time", "none", "fault"])),
                    min_size=1, max_size=12),
           st.sampled_from([(100,), (60, 40), (20, 30, 50)]))
    def test_full_points_exactly_when_accepted(
        self, drawn: list[tuple[int, Group, bool, str]], points: tuple[int, ...]
    ) -> None:
        ways: dict[str, dict[str, object]] = {
            "pass": {}, "fail": FAIL, "time": {"fact": Status.TIME_LIMIT}, "none": NOT_RUN,
            "fault": {"judge_fault": "x"}}
        rows = [seen(f"t{i}", **{"stage": min(stage, len(points)), "group": group,  # type: ignore
                                 "hidden": hidden, **ways[way]})
                for i, (stage, group, hidden, way) in enumerate(drawn)]
        narrations = tuple(told(*(row for row in rows if row.hidden is hidden))
                           for hidden in (False, True))
        decision = decide(kata(*points), narrations)
        every = all(way == "pass" for *_, way in drawn)
        assert (decision.verdict is Verdict.ACCEPTED) == every
        assert 0 <= decision.points <= 100
        whole = {row.stage for row in rows} == set(range(1, len(points) + 1))
        assert (decision.points == 100) == (every and whole)
        assert decide(kata(*points), narrations) == decision


class TestRows:
    def test_growth_rows_are_kept_from_both_suites(self) -> None:
        row = GrowthRow("test_g", (1, 2, 4, 8), (0.1, 0.2, 0.4, 0.8), 1.0, "about linear")
        decision = decide(kata(100), (
            told(seen("a"), growth=(row,)),
            told(seen("h", hidden=True), growth=(replace(row, name="g\x1b", label="\u202e"),))))
        assert decision.growth == (row, replace(row, name="g\\x1b", label="\\u202e"))

    def test_a_failing_row_tells_and_a_passing_one_is_silent(self) -> None:
        failure = Failure("f(1)", "2", "3", "", "k.py:1 in f")
        wrong, right = decided(seen("a", WRONG, failure=failure, output="hello"),
                               seen("b", failure=failure, output="hello")).tests
        assert (wrong.message, wrong.failure, wrong.output) == (
            "expected 2, got 3", failure, "hello")
        assert (right.message, right.failure, right.output) == ("", Failure(), "")

    @pytest.mark.parametrize(("failure", "message"), [
        (Failure(message="because", expected="1", got="2"), "because"),
        (Failure(expected="1", got="2"), "expected 1, got 2"),
        (Failure(got="ValueError: x"), "ValueError: x"),
        (Failure(), ""),
    ])
    def test_the_message_is_the_most_telling_part(self, failure: Failure, message: str) -> None:
        assert decided(seen("a", WRONG, failure=failure)).tests[0].message == message

    def test_the_text_of_a_fact_comes_first(self) -> None:
        row = decided(seen("a", fact=Status.CRASHED, fact_text="exit code 3",
                           failure=Failure(message="other"))).tests[0]
        assert row.message == "exit code 3"

    def test_every_text_from_a_learner_is_cleaned(self) -> None:
        bad, shown = "\x1b[31m\u202e\ud800\u2028", "\\x1b[31m\\u202e\\ud800\\u2028"
        row = decided(seen(f"t[{bad}]", WRONG, failure=Failure(bad, bad, bad, bad, bad),
                           output=bad, fact_text=bad)).tests[0]
        assert row.name == f"t[{shown}]"
        assert (row.message, row.output) == (shown, shown)
        assert row.failure == Failure(shown, shown, shown, shown, shown)

    def test_clocks_and_limits_are_those_of_the_outcome(self) -> None:
        row = decided(seen("a", cpu_s=0.25, limit_s=0.75)).tests[0]
        assert (row.cpu_s, row.limit_s) == (0.25, 0.75)


class TestCleanText:
    @pytest.mark.parametrize(("text", "shown"), [
        ("plain [1, 'a']", "plain [1, 'a']"), ("", ""), ("一致性，é ß 🙂", "一致性，é ß 🙂"),
        ("a\nb\tc", "a\nb\tc"), ("\r", "\\x0d"), ("\x00\x07\x1b[2J", "\\x00\\x07\\x1b[2J"),
        ("\x7f\x85\x9b", "\\x7f\\x85\\x9b"), ("a\u202eb\u2066c\u2069", "a\\u202eb\\u2066c\\u2069"),
        ("\u200b\u200f\u061c\ufeff", "\\u200b\\u200f\\u061c\\ufeff"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\ud800x\udfff", "\\ud800x\\udfff"), ("\ue000", "\\ue000"),
        ("\U000e0041\U0010ffff", "\\U000e0041\\U0010ffff"),
    ])
    def test_what_is_invisible_or_directional_becomes_an_escape(
        self, text: str, shown: str
    ) -> None:
        assert clean(text) == shown

    @pytest.mark.parametrize("text", ["a" * 5000, "\x00" * 5000, "\U000e0041" * 4096, "长" * 9999,
                                      "a" * 4096 + "\x1b", "\n" * 4097])
    def test_a_text_is_no_longer_than_the_cap(self, text: str) -> None:
        """4 KiB for a Report's text, escapes and the count of what is left out included."""
        shown = clean(text)
        assert len(shown) <= TEXT_CAP
        assert "more characters" in shown

    def test_a_text_of_exactly_the_cap_is_whole(self) -> None:
        assert clean("x" * TEXT_CAP) == "x" * TEXT_CAP
        assert clean("x" * 40, cap=40) == "x" * 40
        assert len(clean("x" * 41, cap=40)) <= 40

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.text(st.characters(exclude_categories=()), max_size=60))
    def test_whatever_comes_can_be_written_and_shown(self, text: str) -> None:
        shown = clean(text)
        shown.encode("utf-8")
        for char in shown:
            assert char in "\n\t" or unicodedata.category(char) not in (
                "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        assert clean(shown) == shown

    def test_a_failure_is_cleaned_in_every_part(self) -> None:
        assert clean_failure(Failure(*["\x1b"] * 5)) == Failure(*["\\x1b"] * 5)
