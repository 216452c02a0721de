"""`grade` on a learner's checkout: what is run, what is said, how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import jsonschema
import pytest

from graders.report import schema
from tests.cli import submissions
from tests.cli.conftest import Checkout

NO_ENGINE = """
import sys
from graders.cli import run
code = run(sys.argv[1:])
loaded = [name for name in ("graders.judge.judge", "pytest", "_pytest") if name in sys.modules]
print(loaded, code)
"""


class TestAnUntouchedClone:
    def test_says_where_to_start_and_is_no_failure(self, checkout: Checkout) -> None:
        ran = checkout.run("grade")
        assert (ran.code, ran.err) == (0, "")
        assert ran.lines[0].split() == ["topic", "solved", "attempted", "untouched"]
        assert ran.lines[-4:] == [
            "",
            "Nothing to judge yet: no kata here has been changed.",
            "Start with two_sum (Two sum, about 20 minutes). Its module: "
            "katas/algorithms/a01_two_sum/two_sum/two_sum.py",
            "python3 noxfile.py -s show -- two_sum",
        ]

    def test_starts_no_engine(self, checkout: Checkout) -> None:
        command = [sys.executable, "-c", NO_ENGINE, "grade"]
        out = subprocess.run(command, cwd=checkout.root, capture_output=True, text=True).stdout
        assert out.splitlines()[-1] == "[] 0"

    def test_is_not_all_accepted(self, checkout: Checkout) -> None:
        assert checkout.run("grade", "--all").code == 1

    def test_is_judged_no_more_when_it_is_named(self, checkout: Checkout) -> None:
        ran = checkout.run("grade", "lcs_dp", "s03")
        assert ran.code == 0 and "Start with lcs_dp" in ran.out

    def test_lists_its_katas_as_not_started_in_json(self, checkout: Checkout) -> None:
        data = json.loads(checkout.run("grade", "--format", "json", "a01").out)
        assert data["not_started"] == ["two_sum"] and data["reports"] == []
        assert [each["outcome"] for each in data["questions"]] == ["NOT_STARTED"]


class TestARightSolution:
    def test_is_accepted_and_the_next_kata_follows(self, checkout: Checkout) -> None:
        checkout.solve("two_sum")
        ran = checkout.run("grade")
        assert ran.code == 0
        assert "\nACCEPTED (visible tests)   two_sum      100 " in ran.out
        assert ran.lines[-2:] == [
            "Everything you have started is accepted (1 of 7).",
            "python3 noxfile.py -s next",
        ]

    def test_is_remembered(self, checkout: Checkout) -> None:
        checkout.solve("two_sum")
        checkout.run("grade")
        row = next(line for line in checkout.run("list").lines if "two_sum" in line)
        assert row.endswith("solved")
        assert checkout.run("next").lines[0].startswith("lcs_dp: ")

    def test_satisfies_all_only_when_every_kata_is(self, checkout: Checkout) -> None:
        checkout.solve("two_sum")
        assert checkout.run("grade", "--all").code == 1
        assert checkout.run("grade", "--all", "two_sum").code == 0

    def test_is_accepted_by_the_other_engine(self, checkout: Checkout) -> None:
        checkout.solve("two_sum")
        ran = checkout.run("grade", "two_sum", "--engine", "subprocess", "--format", "json")
        (report,) = json.loads(ran.out)["reports"]
        assert (ran.code, report["verdict"], report["engine"]) == (0, "ACCEPTED", "subprocess")


class TestAWrongSolution:
    @pytest.fixture(autouse=True)
    def wrong(self, checkout: Checkout) -> None:
        checkout.write("two_sum", submissions.LATER_FIRST)

    def test_shows_the_first_failing_case_and_the_next_command(self, checkout: Checkout) -> None:
        ran = checkout.run("grade")
        assert ran.code == 1
        case = ran.out[ran.out.index("\nWRONG_ANSWER: two_sum, ") :]
        assert (
            "  test      test_finds_two_different_positions\n"
            "  call      find_pair([3, 2, 4], 6)\n"
            "  expected  (1, 2)\n"
            "  got       (2, 1)\n"
        ) in case
        assert ran.lines[-1] == "python3 noxfile.py -s grade -- two_sum"

    def test_says_the_same_in_json(self, checkout: Checkout) -> None:
        data = json.loads(checkout.run("grade", "--format", "json").out)
        jsonschema.validate(data, schema.grade_schema())
        (report,) = data["reports"]
        failed = next(test for test in report["tests"] if test["status"] == "FAILED")
        assert report["verdict"] == "WRONG_ANSWER" and report["scope"] == "visible"
        assert failed["failure"]["call"] == "find_pair([3, 2, 4], 6)"
        assert failed["failure"]["expected"] == "(1, 2)"
        assert failed["failure"]["got"] == "(2, 1)"
        assert len(data["not_started"]) == 6

    def test_reads_the_same_in_chinese(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        ran = checkout.run("grade")
        assert "\nWRONG_ANSWER（答案错误）：two_sum，得分 " in ran.out
        assert "  期望  (1, 2)\n" in ran.out
        assert ran.lines[-1] == "python3 noxfile.py -s grade -- two_sum"

    def test_comes_first_of_several_in_the_order_of_learning(self, checkout: Checkout) -> None:
        checkout.write("lru_cache_repair", "x = (\n")
        ran = checkout.run("grade")
        assert ran.out.index("WRONG_ANSWER    two_sum") < ran.out.index("COMPILE_ERROR   lru")
        assert "COMPILE_ERROR: lru" not in ran.out
        assert "COMPILE_ERROR: lru" in checkout.run("grade", "a01", "s03").out


def test_a_slow_solution_shows_its_cpu_time_and_the_limit(checkout: Checkout) -> None:
    checkout.write("two_sum", submissions.ALL_PAIRS)
    ran = checkout.run("grade")
    assert ran.code == 1
    assert "TIME_LIMIT_EXCEEDED: two_sum, " in ran.out
    assert re.search(r"  CPU +stopped after 0\.\d+ s CPU; the limit is 0\.5 s\n", ran.out)


def test_an_exception_shows_where_it_came_from(checkout: Checkout) -> None:
    checkout.write("two_sum", submissions.RAISES)
    ran = checkout.run("grade")
    assert ran.code == 1
    assert "  got    IndexError: list index out of range\n" in ran.out
    assert "  where  two_sum.py:2 in find_pair\n" in ran.out


def test_a_changed_module_that_does_nothing_yet_is_not_started(checkout: Checkout) -> None:
    module = checkout.module("two_sum")
    checkout.write("two_sum", module.read_text(encoding="utf-8") + "\n# begun\n")
    ran = checkout.run("grade")
    assert ran.code == 1
    assert re.search(r"\nNOT_STARTED: two_sum, 0 of 100 points, 0 of \d+ tests passed\n", ran.out)
    assert "\nNothing is written yet: the functions still raise NotImplementedError.\n" in ran.out
    assert re.search(r"  where  two_sum\.py:\d+ in find_pair\n", ran.out)


class TestAModuleThatCannotBeRead:
    def graded(self, checkout: Checkout) -> str:
        ran = checkout.run("grade")
        assert (ran.code, ran.err) == (1, "")
        return ran.out

    def test_is_a_compile_error_when_it_is_missing(self, checkout: Checkout) -> None:
        checkout.module("two_sum").unlink()
        out = self.graded(checkout)
        assert "COMPILE_ERROR: two_sum\n  two_sum.py: is missing; restore it with git" in out

    def test_is_a_compile_error_when_it_is_a_link(self, checkout: Checkout) -> None:
        module = checkout.module("two_sum")
        module.rename(checkout.root / "elsewhere.py")
        module.symlink_to(checkout.root / "elsewhere.py")
        assert "two_sum.py: is a symbolic link; a submission is" in self.graded(checkout)

    def test_is_a_compile_error_when_it_is_not_utf_8(self, checkout: Checkout) -> None:
        checkout.module("two_sum").write_bytes(b"x = 1\ny = '\xff'\n")
        assert "two_sum.py:2: is not UTF-8; save the file as UTF-8" in self.graded(checkout)

    def test_is_a_compile_error_when_it_is_huge(self, checkout: Checkout) -> None:
        checkout.module("two_sum").write_bytes(b"#" * (1 << 20) + b"\n")
        assert "two_sum.py: is larger than 1024 KiB" in self.graded(checkout)

    def test_is_a_compile_error_when_it_is_a_pipe(self, checkout: Checkout) -> None:
        checkout.module("two_sum").unlink()
        os.mkfifo(checkout.module("lcs_dp").parents[2] / "a01_two_sum/two_sum/two_sum.py")
        assert "two_sum.py: is not a regular file" in self.graded(checkout)

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0,
                        reason="root, and on Windows everyone, may read everything")
    def test_is_a_compile_error_when_it_is_closed_to_the_reader(self, checkout: Checkout) -> None:
        checkout.module("two_sum").chmod(0)
        assert "two_sum.py: cannot be read (Permission denied)" in self.graded(checkout)

    def test_is_a_compile_error_when_it_is_no_python(self, checkout: Checkout) -> None:
        checkout.write("two_sum", "def find_pair(:\n")
        assert "  two_sum.py:1: " in self.graded(checkout)


class TestACheckoutThatCannotBeWritten:
    def test_is_graded_all_the_same(self, checkout: Checkout) -> None:
        (checkout.root / ".kata40").write_text("in the way")
        checkout.solve("two_sum")
        ran = checkout.run("grade")
        assert (ran.code, ran.err) == (0, "")

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0,
                        reason="root, and on Windows everyone, may write everything")
    def test_is_graded_when_it_is_read_only(self, checkout: Checkout) -> None:
        checkout.solve("two_sum")
        checkout.root.chmod(0o555)
        try:
            ran = checkout.run("grade")
        finally:
            checkout.root.chmod(0o755)
        assert (ran.code, ran.err) == (0, "")


def test_two_runs_at_once_both_end_well_and_both_are_remembered(checkout: Checkout) -> None:
    checkout.solve("two_sum")
    checkout.solve("lru_cache_repair")
    runs = [checkout.spawn("grade", slug) for slug in ("two_sum", "lru_cache_repair")]
    assert [run.wait() for run in runs] == [0, 0]
    for run in runs:
        assert run.stderr is not None and run.stderr.read() == b""
    states = {line.split()[1]: line.split()[-1] for line in checkout.run("list").lines[1:8]}
    assert states["two_sum"] == states["lru_cache_repair"] == "solved"


class TestUsage:
    def test_an_unknown_name_is_met_with_the_closest_one(self, checkout: Checkout) -> None:
        ran = checkout.run("grade", "two_sun")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "kata40: two_sun: no kata or topic has this name; did you mean 'two_sum'?\n"
        )

    @pytest.mark.parametrize("jobs", ["0", "-1", "many"])
    def test_jobs_are_one_or_more(self, checkout: Checkout, jobs: str) -> None:
        ran = checkout.run("grade", "--jobs", jobs)
        assert ran.code == 2 and ran.err.startswith("kata40: Invalid value for '--jobs'")

    def test_a_malformed_kata_toml_is_named_with_its_line(self, checkout: Checkout) -> None:
        toml = checkout.module("two_sum").with_name("kata.toml")
        toml.write_text(toml.read_text(encoding="utf-8").replace("order = 20", "oder = 20"))
        ran = checkout.run("grade")
        assert ran.code == 2
        assert ran.err.startswith(
            "kata40: katas/algorithms/a01_two_sum/two_sum/kata.toml:6: unknown key 'oder'"
        )

    def test_a_folder_without_katas_is_named(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir("/")
        ran = checkout.run("grade")
        assert (ran.code, ran.err) == (
            2,
            "kata40: /: no folder 'katas' here; run this in the root of the repository\n",
        )

    def test_works_from_any_folder_of_the_repository(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(checkout.module("two_sum").parent)
        assert checkout.run("grade").code == 0


def test_progress_is_shown_on_a_terminal_only(checkout: Checkout) -> None:
    checkout.solve("two_sum")
    assert checkout.run("grade").err == ""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = checkout.spawn("grade", stderr=theirs)
    os.close(theirs)
    assert process.stdout is not None
    out = process.stdout.read().decode()
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert process.wait() == 0
    assert "judging 0/1" in shown and "judging 1/1 two_sum" in shown
    assert "judging" not in out

