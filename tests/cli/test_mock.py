"""`mock`: what an interview is made of, how it is held, and that only its learner ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from graders import catalog
from graders.catalog import Catalog
from graders.errors import GraderError
from graders.learn import interview, interview_choice, interview_pages, memory, mock
from graders.learn.interview import Interview, Kind, Part
from graders.learn.memory import Rated, Rating
from graders.model import Verdict
from graders.question.results import Mark
from tests.cli.conftest import Checkout
from tests.cli.reports import screen
from tests.cli.submissions import LATER_FIRST
from tests.cli.test_review import commit, kept_of, run_git

LONG = ("A cache trades memory for time: the copy may be stale, so we say how stale. Cache-aside "
        "reads through the application, write-through writes both, and eviction is another thing "
        "than expiry, which bounds the age of each entry.")


class Clock:
    """Seconds that a test moves on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def tree(checkout: Checkout) -> Catalog:
    return catalog.load(checkout.root)


def sit(tree: Catalog, held: Interview, clock: Clock | None = None) -> mock.Sitting:
    return mock.Sitting(tree, screen(), held, clock or Clock())


def held(*parts: Part, minutes: int = 45) -> Interview:
    return Interview(minutes, 1, "2026-11-29T12:00+00:00", parts)


WARM = Part(Kind.WARM_UP, "two_sum", 11)
ASKED = Part(Kind.QUESTION, "s03", 9, "whole_answer")


class TestTheChoice:
    def parts(self, tree: Catalog, minutes: int = 45, seed: int = 1) -> tuple[Part, ...]:
        return interview_choice.parts(tree, tree.katas, minutes, Random(seed))

    def test_is_a_warm_up_a_kata_and_a_question(self, tree: Catalog) -> None:
        warm, kata, asked = self.parts(tree)
        assert (warm.kind, kata.kind, asked.kind) == (Kind.WARM_UP, Kind.KATA, Kind.QUESTION)
        assert warm.name == "two_sum" and kata.name != "two_sum"
        assert asked.name in ("a01", "s03") and asked.item
        assert warm.minutes + kata.minutes + asked.minutes == 45

    def test_is_the_same_for_a_seed_and_differs_between_seeds(self, tree: Catalog) -> None:
        made = [self.parts(tree, seed=seed) for seed in range(12)]
        assert made == [self.parts(tree, seed=seed) for seed in range(12)]
        assert len(set(made)) > 1

    @pytest.mark.parametrize(("minutes", "kata"), [(45, 45), (150, 90)])
    def test_suits_the_minutes(self, tree: Catalog, minutes: int, kata: int) -> None:
        for seed in range(8):
            _, chosen, _ = self.parts(tree, minutes, seed)
            assert tree.find(chosen.name)[0].minutes == kata

    def test_plans_the_katas_own_minutes_where_there_is_room(self, tree: Catalog) -> None:
        warm, kata, asked = self.parts(tree, 240)
        assert [warm.minutes, kata.minutes] == [
            tree.find(each.name)[0].minutes for each in (warm, kata)]
        assert asked.minutes == 20

    def test_takes_what_is_not_solved_before_what_is(self, tree: Catalog) -> None:
        today = date.today().isoformat()
        memory.update(tree.root, {slug: {"reviews": (Rated(0, today, Rating.EASY),)}
                                  for slug in ("two_sum", "lcs_dp", "lru_cache_repair")})
        for seed in range(8):
            assert not {"two_sum", "lcs_dp", "lru_cache_repair"} & {
                each.name for each in self.parts(tree, seed=seed)[:2]}

    def test_takes_what_is_due_before_what_is_not(self, tree: Catalog) -> None:
        days = dict.fromkeys((each.slug for each in tree.katas), date.today().isoformat())
        days |= {"lcs_dp": "2020-01-01", "two_sum": "2020-01-01"}
        memory.update(tree.root, {slug: {"reviews": (Rated(0, day, Rating.EASY),)}
                                  for slug, day in days.items()})
        assert {each.name for each in self.parts(tree)[:2]} == {"lcs_dp", "two_sum"}

    def test_asks_what_was_not_handed_in(self, tree: Catalog, checkout: Checkout) -> None:
        for topic in ("algorithms/a01_two_sum", "systems/s03_cache"):
            sheet = checkout.root / f"katas/{topic}/question/answers.toml"
            sheet.write_text(sheet.read_text().replace("answer = '''\n", f"answer = '''\n{LONG}"))
            names = {self.parts(tree, seed=seed)[2].name for seed in range(12)}
            if topic.startswith("a"):
                assert names == {"s03"}
        assert len(self.parts(tree)) == 3  # all handed in: one of them again

    def test_is_a_kata_alone_where_there_is_one(self, tree: Catalog) -> None:
        one = tree.find("lcs_dp")
        assert [each.kind for each in interview_choice.parts(tree, one, 45, Random(1))] == [
            Kind.KATA, Kind.QUESTION]

    def test_leaves_the_tour_out(self, tree: Catalog) -> None:
        tour = replace(tree.find("two_sum")[0], slug="start_here", topic="start_here", track="")
        made = interview_choice.parts(tree, (tour, *tree.katas), 45, Random(1))
        assert made == self.parts(tree)
        with pytest.raises(GraderError, match="no kata on this path"):
            interview_choice.parts(tree, (tour,), 45, Random(1))

    def test_needs_a_kata(self, tree: Catalog) -> None:
        with pytest.raises(GraderError, match="no kata on this path"):
            interview_choice.parts(tree, (), 45, Random(1))


class TestASitting:
    def test_counts_the_time_of_each_part_and_not_the_pauses(self, tree: Catalog) -> None:
        clock = Clock()
        sitting = sit(tree, held(WARM, replace(WARM, name="lcs_dp")), clock)
        sitting.opening()
        clock.now += 90
        assert sitting.prompt() == "[1:30/45:00 · 1 1:30/11:00] "
        sitting.say("next")
        clock.now += 30
        assert "The clock stands still" in sitting.say("pause") and sitting.ended
        clock.now += 10_000
        read = interview.read(tree.root)
        assert read is not None and [each.spent_s for each in read.parts] == [90, 30]
        again = sit(tree, read, clock)
        assert again.prompt() == "[2:00/45:00 · 2 0:30/11:00] "

    def test_is_not_disturbed_by_a_clock_that_goes_back(self, tree: Catalog) -> None:
        clock = Clock()
        sitting = sit(tree, held(WARM), clock)
        clock.now -= 500
        assert sitting.prompt().startswith("[0:00/45:00")

    def test_tells_once_that_the_time_is_up_and_goes_on(self, tree: Catalog) -> None:
        clock = Clock()
        sitting = sit(tree, held(WARM), clock)
        clock.now += 46 * 60
        assert "The 45 minutes are over" in sitting.say("time")
        assert sitting.say("time") == "" and not sitting.ended

    def test_of_a_kata_judges_it_in_place_and_counts_hints(
        self, tree: Catalog, checkout: Checkout
    ) -> None:
        memory.update(tree.root, {"two_sum": {"hints": 1}})
        sitting = sit(tree, held(WARM, replace(WARM, name="lcs_dp")))
        assert "Part 1 of 2: warm-up" in sitting.opening()
        checkout.write("two_sum", LATER_FIRST)
        assert "WRONG_ANSWER" in sitting.say("grade")
        assert "Hint 2 of 3" in sitting.say("提示")
        assert "# Two sum" in sitting.say("SHOW")
        assert "judge your module as it stands" in sitting.say("what?")
        checkout.solve("two_sum")
        assert "Type `next` to go on" in sitting.say(" g ")
        assert "Part 2 of 2" in sitting.say("n")
        assert "is untouched" in sitting.say("next") and sitting.ended
        first, second = sitting.held.parts
        assert (first.verdict, first.points, first.hints) == (Verdict.ACCEPTED, 100.0, 1)
        assert (second.verdict, second.points) == (None, 0.0)
        assert memory.read(tree.root)["two_sum"].reviews[0].rating is Rating.HARD

    def test_of_a_question_takes_lines_until_a_dot(self, tree: Catalog) -> None:
        sitting = sit(tree, held(ASKED))
        assert "Part 1 of 1: question" in sitting.opening()
        assert sitting.say("Too short.") == ""
        assert "write 30 words or 60 Chinese characters" in sitting.say(".")
        assert sitting.say(LONG) == ""
        assert sitting.held.part.text == f"Too short.\n{LONG}"
        told = sitting.say("。")
        assert "Which of these did you say?" in told
        assert "from 1 to 8" in sitting.say("9") and "from 1 to 8" in sitting.say("all")
        assert "Follow-up 1 of 2" in sitting.say("1，3 8")
        assert "Follow-up 2 of 2" in sitting.say("by a message")
        assert sitting.say("") == "" and sitting.ended
        part = sitting.held.parts[0]
        assert (part.mark, part.ticks, part.replies) == (
            Mark.SUBMITTED, (1, 3, 8), ("by a message", ""))

    def test_of_a_question_reveals_nothing_before_an_answer(self, tree: Catalog) -> None:
        sitting = sit(tree, held(ASKED))
        point = mock.explained(tree, replace(ASKED, text=LONG))[1].notes[0].en
        told = [sitting.opening(), *map(sitting.say, ("", "show", "short", ".", "."))]
        assert point not in "".join(told) and sitting.ended
        assert sitting.held.parts[0].mark is Mark.TOO_SHORT

    def test_of_a_question_goes_on_in_each_of_its_steps(self, tree: Catalog) -> None:
        steps = [LONG, ".", "2", "reply", "reply"]
        current = held(ASKED)
        for number, step in enumerate(steps):
            sitting = sit(tree, current)
            opening = sitting.opening()
            assert (LONG[:40] in opening) == (number == 1)
            assert ("Which of these" in opening) == (number == 2)
            assert ("Follow-up 1" in opening) == (number == 3)
            assert ("Follow-up 2" in opening) == (number == 4)
            sitting.say(step)
            read = interview.read(tree.root)
            assert read is not None
            current = read
        assert current.over

    def test_takes_the_answer_on_the_sheet_where_none_is_typed(
        self, tree: Catalog, checkout: Checkout
    ) -> None:
        sheet = checkout.root / "katas/systems/s03_cache/question/answers.toml"
        sheet.write_text(sheet.read_text().replace("answer = '''\n", f"answer = '''\n{LONG}"))
        before = sheet.read_bytes()
        sitting = sit(tree, held(ASKED))
        assert "Which of these did you say?" in sitting.say(".")
        assert sheet.read_bytes() == before

    def test_keeps_no_keys_that_move_a_cursor(self, tree: Catalog) -> None:
        sitting = sit(tree, held(ASKED))
        sitting.say("a\x1b[31m\x07\udc80\u202e caché 缓存")
        assert sitting.held.part.text == "a[31m caché 缓存"


class TestTheDebrief:
    def text(self, tree: Catalog, *parts: Part) -> str:
        return mock.debrief(tree, replace(held(*parts), at=len(parts)), screen())

    def test_tells_verdicts_points_hints_minutes_and_the_checklist(self, tree: Catalog) -> None:
        solved = replace(WARM, verdict=Verdict.WRONG_ANSWER, points=37.5, hints=2, spent_s=754)
        asked = replace(ASKED, mark=Mark.SUBMITTED, text=LONG, ticked=True, ticks=(2,),
                        replies=("by [red]a message", ""), spent_s=61)
        told = self.text(tree, solved, asked)
        row = next(line for line in told.splitlines() if line.startswith("warm-up"))
        assert row.split() == ["warm-up", "two_sum", "Two", "sum", "wrong", "answer", "37.5", "2",
                               "12:34", "of", "11"]
        assert "handed in" in told and "1:01 of 9" in told
        assert told.count("[x]") == 1 and told.count("[ ]") == 7
        assert "by [red]a message" in told
        assert "In all 13:35 of 45 minutes." in told
        assert told.endswith("Not accepted yet; go on with:\n"
                             "python3 noxfile.py -s grade -- two_sum\n")

    def test_names_what_is_due_and_what_was_not_begun(self, tree: Catalog) -> None:
        memory.update(tree.root, {"lcs_dp": {"reviews": (Rated(0, "2020-01-01", Rating.GOOD),)}})
        told = self.text(tree, WARM)
        assert "not begun" in told
        assert "Due for a review: lcs_dp." in told and "-s review\n" in told
        assert told.endswith("python3 noxfile.py -s show -- two_sum\n")

    def test_says_so_when_the_question_is_gone(self, tree: Catalog) -> None:
        with pytest.raises(GraderError, match="the question gone of s03 is gone; drop"):
            self.text(tree, replace(ASKED, item="gone"))


class TestTicks:
    @pytest.mark.parametrize(
        ("line", "ticks"),
        [("", ()), ("1 3", (1, 3)), ("3,1,3", (1, 3)), ("２、3；", (2, 3)), ("0", None),
         ("4", None), ("x", None), ("-1", None), ("1" * 5000, None)],
    )  # fmt: skip
    def test_are_numbers_of_points(self, line: str, ticks: tuple[int, ...] | None) -> None:
        assert interview_pages.numbers(line, 3) == ticks


class TestTheFile:
    @pytest.mark.parametrize(
        "junk", [b"", b"{", b"[]", b'{"format": 1}', b'{"format": 1, "interview": {"at": 0}}',
                 b'{"format": 0, "interview": {}}'])
    def test_that_cannot_be_understood_is_none(self, tmp_path: Path, junk: bytes) -> None:
        interview.write(tmp_path, held(WARM))
        (tmp_path / ".kata40/mock.json").write_bytes(junk)
        assert interview.read(tmp_path) is None

    def test_comes_back_as_it_was(self, tmp_path: Path) -> None:
        full = held(replace(WARM, verdict=Verdict.ACCEPTED, points=1.5),
                    replace(ASKED, mark=Mark.SUBMITTED, text="é\n缓存", ticks=(1,), replies=("x",)))
        assert interview.read(tmp_path) is None
        interview.write(tmp_path, full)
        assert interview.read(tmp_path) == full

    def test_of_newer_graders_is_one_clear_error_and_stays(self, checkout: Checkout) -> None:
        interview.write(checkout.root, held(WARM))
        path = checkout.root / ".kata40/mock.json"
        path.write_text('{"format": 2}')
        ran = checkout.run("mock")
        assert (ran.code, ran.err.count("\n")) == (2, 1) and "format 2 is newer than 1" in ran.err
        assert path.read_text() == '{"format": 2}'

    def test_that_cannot_be_written_is_one_clear_error(self, checkout: Checkout) -> None:
        (checkout.root / ".kata40").write_text("in the way")
        ran = checkout.run("mock")
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert ".kata40/mock.json: cannot be written" in ran.err


def piped(checkout: Checkout, *arguments: str, lines: Iterable[str] = ()) -> tuple[int, str, str]:
    process = checkout.spawn("mock", *arguments, stdin=subprocess.PIPE)
    out, err = process.communicate("".join(f"{line}\n" for line in lines).encode(), timeout=200)
    return process.returncode, out.decode(), err.decode()


class TestTheCommand:
    def test_runs_from_a_pipe_pauses_at_its_end_and_goes_on(self, checkout: Checkout) -> None:
        code, out, err = piped(checkout, "--seed", "7", lines=["next"])
        assert (code, err) == (0, "") and "A mock interview of 45 minutes (seed 7)." in out
        assert "Part 2 of 3" in out and "The clock stands still" in out
        code, out, err = piped(checkout, lines=["next", LONG, ".", "1", "", ""])
        assert (code, err) == (0, "") and "The interview goes on, at 0:" in out
        assert "Part 2 of 3" in out and "Debrief" in out
        assert checkout.run("mock", "--debrief").out == out[out.index("Debrief"):]
        assert "\x1b" not in out

    def test_survives_ctrl_c(self, checkout: Checkout) -> None:
        process = checkout.spawn("mock", "--seed", "7", stdin=subprocess.PIPE)
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(b"next\n")
        process.stdin.flush()
        told = b""
        while b"Part 2 of 3" not in told:
            told += process.stdout.read1(4096)  # type: ignore[attr-defined]
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130 and err == b""
        assert b"The clock stands still" in out
        read = interview.read(checkout.root)
        assert read is not None and read.at == 1

    def test_survives_kill_9(self, checkout: Checkout) -> None:
        process = checkout.spawn("mock", stdin=subprocess.PIPE)
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(b"next\n")
        process.stdin.flush()
        told = b""
        while b"Part 2 of 3" not in told:
            told += process.stdout.read1(4096)  # type: ignore[attr-defined]
        process.kill()
        process.communicate()
        read = interview.read(checkout.root)
        assert read is not None and read.at == 1
        assert "Part 2 of 3" in piped(checkout)[1]

    def test_does_not_begin_another_while_one_is_under_way(self, checkout: Checkout) -> None:
        interview.write(checkout.root, held(WARM))
        ran = checkout.run("mock", "--minutes", "30")
        assert ran.code == 2 and "an interview is under way; go on with it, or drop it" in ran.err

    def test_drops_it_and_leaves_the_files(self, checkout: Checkout) -> None:
        checkout.write("two_sum", "x = 1\n")
        interview.write(checkout.root, held(WARM))
        assert checkout.run("mock", "--drop").lines == [
            "The interview is dropped; your files stay as they are."]
        assert checkout.run("mock", "--drop").lines == ["No interview is under way."]
        assert checkout.module("two_sum").read_text() == "x = 1\n"

    def test_chooses_from_a_path(self, checkout: Checkout) -> None:
        for seed in range(4):
            piped(checkout, "--path", "algorithms", "--seed", str(seed))
            data = json.loads((checkout.root / ".kata40/mock.json").read_text())
            names = {each["name"] for each in data["interview"]["parts"]}
            assert names <= {"two_sum", "lcs_dp", "a01"}
            checkout.run("mock", "--drop")

    @pytest.mark.parametrize(
        ("arguments", "told", "code"),
        [(("--path", "algoritms"), "did you mean 'algorithms'", 2),
         (("--minutes", "5"), "range", 2), (("--seed", "-1"), "range", 2),
         (("--debrief",), "no interview has been finished; begin one: python3 noxfile.py", 1)],
    )  # fmt: skip
    def test_tells_wrong_usage_in_one_line(
        self, checkout: Checkout, arguments: tuple[str, ...], told: str, code: int
    ) -> None:
        ran = checkout.run("mock", *arguments)
        assert ran.code == code and told in ran.err and ran.err.count("\n") == 1

    def solve_all(self, checkout: Checkout) -> None:
        for path in sorted((checkout.root / "katas").rglob("kata.toml")):
            slug = path.parent.name
            checkout.write(slug, "# mine\n")
            memory.update(checkout.root, {slug: {
                "reviews": (Rated(0, "2026-01-01", Rating.GOOD, "0" * 16),)}})

    def test_of_solved_katas_begins_them_from_the_stub(self, checkout: Checkout) -> None:
        stubs = {path.name: path.read_bytes() for path in (checkout.root / "katas").rglob("*.py")}
        run_git(checkout.root, "init", "-q")
        commit(checkout)
        self.solve_all(checkout)
        code, _, err = piped(checkout)
        assert (code, err) == (0, "")
        read = interview.read(checkout.root)
        assert read is not None and read.parts[0].name == "two_sum"
        assert checkout.module("two_sum").read_bytes() == stubs["two_sum.py"]
        assert kept_of(checkout) == {1: b"# mine\n"}

    def test_of_solved_katas_begins_nothing_where_that_is_not_safe(
        self, checkout: Checkout
    ) -> None:
        self.solve_all(checkout)
        (checkout.root / ".copier-answers.yml").write_text(f"_src_path: {os.devnull}\n")
        ran = checkout.run("mock")
        assert ran.code in (1, 2) and ran.out == "" and ran.err.count("\n") == 1
        assert interview.read(checkout.root) is None
        assert checkout.module("two_sum").read_text() == "# mine\n"


def test_lines_can_be_typed_in_chinese() -> None:
    known: Callable[[str], str] = interview_pages.command_of
    assert [known(each) for each in ("题面", "提示", "评测", "下一个", "时间", "暂停", "放弃")] == [
        "show", "hint", "grade", "next", "time", "pause", ""]
