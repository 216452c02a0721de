"""The commands on marks, as an instructor types them, and what they answer to a mistake."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click
import pytest

from graders import cli
from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import Report, Verdict
from tests.cohort.world import HALF_STEPS, RIGHT_SUM, STEPS, SUM, SUM_SUITE, World, world

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def here(tmp_path: Path) -> World:
    made = world(tmp_path, ("ada", "bob", "cy"))
    made.add("ada", {SUM: RIGHT_SUM, STEPS: HALF_STEPS})
    made.add("bob", {SUM_SUITE: "def test(): pass\n"})
    return made


@pytest.fixture
def run(here: World, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(here.course)
    monkeypatch.setenv("KATA_STORE", str(here.cohort.parent / "store"))
    monkeypatch.setenv("KATA_AUTHOR", "Ann")
    monkeypatch.setenv("KATA_LANG", "en")

    def call(*words: str) -> Ran:
        capsys.readouterr()
        code = cli.run([*words[:2], str(here.cohort), *words[2:]])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return call


def test_from_repositories_to_marks(run: Run, here: World, tmp_path: Path) -> None:
    ran = run("cohort", "collect")
    assert (ran.code, ran.err) == (1, "")  # cy's repository is missing
    assert ran.out.splitlines() == [
        f"bob: not as it was shipped: {SUM_SUITE}",
        f"cy: {here.repo('cy')}: no such repository; create it, or mend the roster",
        "2 of 3 repositories collected."]
    ran = run("cohort", "grade")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "2 judged, 0 known before, 2 not started.\n"
    assert run("cohort", "grade").out == "0 judged, 2 known before, 2 not started.\n"
    ran = run("cohort", "status")
    assert ran.code == 0 and "total_up" in ran.out and "2 of 3 repositories" in ran.out
    ran = run("gradebook", "show")
    assert [line.split() for line in ran.out.splitlines()] == [
        ["learner", "total_up", "two_steps", "total"], ["ada", "100", "60", "160"],
        ["bob", "0", "0", "0"], ["cy", "0", "0", "0"]]
    assert run("cohort", "return", "--to", str(tmp_path / "lms")).out == (
        "3 delivered, 0 had it already, 0 could not be reached.\n")
    ran = run("cohort", "return")
    assert ran.code == 1
    assert ran.out.endswith("2 delivered, 0 had it already, 1 could not be reached.\n")
    ran = run("gradebook", "export", "--format", "html")
    assert ran.out.splitlines() == [str(here.cohort / "export/index.html"), "and 3 more files"]


def test_a_mended_suite_tells_whose_mark_changed(run: Run, here: World) -> None:
    run("cohort", "collect")
    run("cohort", "grade")
    hidden = here.course / "solutions/algorithms/a01_sums/two_steps/test_hidden_two_steps.py"
    hidden.write_text(hidden.read_text().replace("second(5) == 10", "second(0) == 0"))
    ran = run("cohort", "grade")
    assert ran.out.splitlines() == [
        "ada, two_steps: 60 -> 80", "1 mark changed, under new suites of two_steps.",
        "1 judged, 1 known before, 2 not started."]
    assert run("cohort", "grade").out == "0 judged, 2 known before, 2 not started.\n"
    trail = run("gradebook", "audit").out.splitlines()
    assert [line.split()[1:] for line in trail if "60 -> 80" in line] == [
        ["cohort", "grade", "regrade", "ada", "two_steps", "60", "->", "80"]]


def test_what_was_broken_off_while_it_was_told_is_told_again(
        run: Run, here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run("cohort", "collect")
    run("cohort", "grade")
    hidden = here.course / "solutions/algorithms/a01_sums/two_steps/test_hidden_two_steps.py"
    hidden.write_text(hidden.read_text().replace("second(5) == 10", "second(0) == 0"))

    def broken_off(*arguments: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("graders.cohort.told.graded", broken_off)
        ran = run("cohort", "grade")
        assert (ran.code, "->" in ran.out) == (130, False)
    assert "->" not in run("gradebook", "audit").out
    assert run("cohort", "grade").out.splitlines() == [
        "ada, two_steps: 60 -> 80", "1 mark changed, under new suites of two_steps.",
        "0 judged, 2 known before, 2 not started."]


def test_what_the_judge_failed_on_is_told_with_all_the_rest_when_it_is_judged(
        run: Run, here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run("cohort", "collect")
    run("cohort", "grade")
    hidden = here.course / "solutions/algorithms/a01_sums/two_steps/test_hidden_two_steps.py"
    hidden.write_text(hidden.read_text().replace("second(5) == 10", "second(0) == 0"))
    judged = Judge.judge_many

    def faulty(self: Judge, requests: Iterable[Request]) -> Iterator[tuple[int, Report]]:
        for place, report in judged(self, requests):
            yield place, replace(report, verdict=Verdict.JUDGE_ERROR, message="a fault")

    with monkeypatch.context() as patch:
        patch.setattr(Judge, "judge_many", faulty)
        assert run("cohort", "grade").code == 3
    assert "ada, two_steps: 60 -> 80" in run("cohort", "grade").out.splitlines()
    assert "->" not in run("cohort", "grade").out


class TestNotes:
    def test_an_override_needs_a_reason_and_is_in_the_trail(self, run: Run) -> None:
        run("cohort", "collect")
        assert run("gradebook", "override", "cy", "total_up", "55.5", "on paper").code == 0
        assert "55.5*" in run("gradebook", "show").out
        assert "given by the instructor: on paper" in run("gradebook", "show", "cy").out
        assert run("gradebook", "override", "cy", "total_up", "none", "was bob's").code == 0
        assert "55.5" not in run("gradebook", "show").out
        trail = run("gradebook", "audit").out
        assert "55.5: on paper" in trail and "withdrawn: was bob's" in trail
        assert trail.count("Ann") == 2
        ran = run("gradebook", "override", "cy", "total_up", "50", " ")
        assert (ran.code, ran.err) == (2, "kata40: write 1 to 4096 characters of text\n")

    def test_a_request_is_a_row_with_a_state(self, run: Run) -> None:
        assert run("gradebook", "request", "ada", "total_up", "why?").out == "request 1\n"
        assert "open" in run("gradebook", "requests").out
        assert "ada, total_up: asks for another look: why?" in run("cohort", "status").out
        assert run("gradebook", "answer", "1", "declined", "see test 2").code == 0
        assert "declined" in run("gradebook", "requests").out
        ran = run("gradebook", "answer", "1", "granted", "no")
        assert (ran.code, ran.err) == (
            2, "kata40: request 1: is declined already; open another one\n")
        assert "there is none" in run("gradebook", "answer", "7", "granted", "no").err

    def test_a_comment_is_delivered(self, run: Run, tmp_path: Path) -> None:
        run("cohort", "collect")
        run("gradebook", "comment", "ada", "Mind the names", "--kata", "total_up", "--as", "Bea")
        run("cohort", "return", "--to", str(tmp_path / "lms"))
        page = (tmp_path / "lms" / "ada.html").read_text()
        assert "Mind the names\n— Bea" in page

    def test_a_rubric_knows_the_items_of_a_topic(self, run: Run, here: World) -> None:
        from tests.cohort import world as texts

        texts.write(here.course, {
            "katas/algorithms/a01_sums/question/question.toml": _QUESTION,
            "solutions/algorithms/a01_sums/question/key.toml": _KEY})
        assert run("gradebook", "rubric", "ada", "a01", "why_sums", "1", "3").code == 0
        told = run("gradebook", "rubric", "ada", "a01", "why_sum", "1").err
        assert "why_sum: no `explain` item of a01; it has why_sums" in told
        told = run("gradebook", "rubric", "ada", "a01", "why_sums", "4").err
        assert "has 3 model points; tick some of 1 to 3" in told
        told = run("gradebook", "rubric", "ada", "a02", "why_sums", "1").err
        assert "a02: no topic with questions has this name" in told
        run("cohort", "return", "--to", str(here.cohort / "lms"))
        page = (here.cohort / "lms" / "ada.html").read_text()
        assert "a01, why_sums: 2 model points found in your answer (1, 3)" in page


_QUESTION = """\
format = 1
minutes = 10
[[items]]
id = "why_sums"
form = "explain"
ask = { en = "Why?", zh = "为什么？" }
"""
_KEY = """\
format = 1
[why_sums]
points.en = ["a", "b", "c"]
points.zh = ["一", "二", "三"]
follow_ups.en = ["d", "e"]
follow_ups.zh = ["四", "五"]
"""


@pytest.mark.parametrize(("words", "told"), [
    (("gradebook", "show", "adda"), "adda: no learner of this cohort has this id; did you mean "
                                    "'ada'?"),
    (("gradebook", "comment", "ada", "x", "--kata", "total"), "total: no kata of this cohort"),
    (("gradebook", "override", "ada", "total_up", "101", "x"), "101: is no mark; give 0 to 100"),
    (("gradebook", "override", "ada", "total_up", "nan", "x"), "nan: is no mark; give 0 to 100"),
    (("cohort", "grade", "s03"), "s03: no kata or topic has this name"),
    (("cohort", "collect", "--retry"), "nothing was collected yet; leave out --retry"),
    (("cohort", "viva", "eve"), "eve: no learner of this cohort has this id"),
])
def test_a_mistake_is_one_line_and_exit_2(run: Run, words: tuple[str, ...], told: str) -> None:
    ran = run(*words)
    assert ran.code == 2 and ran.out == ""
    assert told in ran.err and ran.err.count("\n") == 1


@pytest.mark.parametrize("page", ["marks.md", "marks.zh.md"])
def test_every_command_of_the_guide_is_understood(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    lines = re.findall(r"noxfile\.py -s (cohort|gradebook) -- (.+)", text)
    lines += [(words[0], words[1]) for words in re.findall(
        r"`(cohort|gradebook) ([a-z]+ COHORT[^`]*)`", text)]
    assert len(lines) >= 15
    for name, typed in lines:
        word, *rest = shlex.split(typed.partition(" > ")[0])
        group = cli.cli.commands[name]
        assert isinstance(group, click.Group)
        group.commands[word].make_context(word, rest)  # raises for what it does not know


def test_a_folder_that_is_no_cohort_stays_as_it_is(run: Run, here: World, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for words in (("cohort", "collect"), ("cohort", "status"), ("gradebook", "show")):
        assert cli.run([*words, str(tmp_path / "empty")]) == 2
    assert os.listdir(tmp_path / "empty") == []


def test_a_collection_that_is_killed_goes_on(here: World, tmp_path: Path) -> None:
    """SIGKILL to the real command once the first snapshot is there."""
    for number in range(12):
        here.add(f"l{number:02}")
    rows = "".join(f"l{number:02},L,l@example.org,\n" for number in range(12))
    (here.cohort / "roster.csv").write_text(f"id,name,email,repo\n{rows}")
    command = [sys.executable, "-P", "-m", "graders", "cohort", "collect", str(here.cohort),
               "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KATA_LANG": "en"}
    process = subprocess.Popen(command, cwd=here.course, env=environment,
                               stdout=subprocess.DEVNULL)
    heads = here.cohort / "collected.git" / "refs" / "collected"
    while process.poll() is None and len(list(heads.glob("*"))) < 3:
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = subprocess.run(command, cwd=here.course, env=environment, capture_output=True,
                          text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("12 of 12 repositories collected.\n")
    import sqlite3

    with sqlite3.connect(here.cohort / "cohort.db") as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT learner), max(collection) "
                                  "FROM snapshots").fetchone() == (12, 12, 1)
    assert not (here.cohort / ".quarantine").exists()
