"""Every removal is up to date; one is tried out. `python -m tests.removals` tries all."""

from __future__ import annotations

import filecmp
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from graders.judge.judge import Judge
from graders.model import Verdict
from tests.judge.conftest import Lab
from tests.removals.entries import ROOT, Edit, read, rules
from tests.removals.trial import prepare, try_out

REMOVALS = read()
SAMPLE = "links in the box"


def test_each_takes_out_something_that_is_there_once() -> None:
    for each in REMOVALS:
        for edit in each.edits:
            text = edit.within(ROOT).read_text(encoding="utf-8")
            assert text.count(edit.old) == 1, f"{each.name}: {edit.old!r} in {edit.file}"
            assert edit.old != edit.new
            if edit.file.endswith(".py"):
                compile(text.replace(edit.old, edit.new), edit.file, "exec")


def test_each_names_tests_that_exist() -> None:
    names = sorted({test for each in REMOVALS for test in each.tests})
    done = subprocess.run([sys.executable, "-m", "pytest", "--collect-only", "-q", "-p",
                           "no:cacheprovider", *names], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_no_two_are_the_same() -> None:
    found = Counter(each.edits for each in REMOVALS)
    assert [edits for edits, times in found.items() if times > 1] == []


def test_every_rule_of_the_page_has_one_and_none_has_another_name() -> None:
    assert {each.rule for each in REMOVALS} == set(rules())


def test_the_page_names_the_files_whose_tests_notice() -> None:
    for rule, told in rules().items():
        files = {Path(test.split("::")[0]).stem for each in REMOVALS if each.rule == rule
                 for test in each.tests}
        assert [file for file in files if file not in told] == [], rule


def test_one_is_noticed_and_one_that_takes_nothing_away_is_told(tmp_path: Path) -> None:
    """A sample; the rest takes minutes."""
    place = prepare(tmp_path)
    removal = replace(next(each for each in REMOVALS if each.rule == SAMPLE), control=False)
    trial = try_out(place, removal)
    assert trial.wrong == ""
    assert trial.noticed
    idle = replace(removal, edits=(Edit("judge/sandbox.py", '"""The', '"""All the'),))
    assert "pytest ended with 0" in try_out(place, idle).wrong
    assert filecmp.cmp(place.tree / "graders/judge/sandbox.py", ROOT / "graders/judge/sandbox.py")


def test_a_right_and_a_wrong_submission_are_told_apart(tmp_path: Path) -> None:
    """The control of every removal: the judge still works without that one rule."""
    tmp_path.chmod(0o755)
    with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path / "store") as judge:
        lab = Lab(judge, tmp_path)
        suite = "def test_it():\n    assert solve([2, 1]) == [1, 2]\n" \
                "def test_more():\n    assert list(count(3)) == [0, 1, 2]"
        right = lab.run(suite, "def solve(x): return sorted(x)")
        wrong = lab.run(suite, "def solve(x): return x")
    assert right.verdict is Verdict.ACCEPTED, right.message
    assert wrong.verdict is Verdict.WRONG_ANSWER, wrong.message

