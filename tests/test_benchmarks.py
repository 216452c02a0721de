"""The benchmarks run and say what they should; how fast anything is, no test asks."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from benchmarks import __main__ as command
from benchmarks import (
    accounting,
    breakdown,
    cohort,
    grading,
    growth,
    hits,
    hogs,
    margin,
    material,
    one_kata,
    others,
    overhead,
    repositories,
    scale,
    stability,
    watch,
    work,
)
from benchmarks import results as shown
from benchmarks.machine import Watch, header
from benchmarks.rehearsal import checks, learners, school
from benchmarks.rehearsal.instructor import Instructor
from benchmarks.results import Finding, Line, Reach, Row, ratios
from benchmarks.settings import ROOT, TINY
from graders.cohort import database

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="CPU is read from /proc")


def named(finding: Finding, start: str) -> Line:
    (line,) = [each for each in finding.lines if each.what.startswith(start)]
    return line


class TestRows:
    def test_one_kata_compares_the_cpu_of_judge_and_pytest_and_tells_where_it_goes(
        self, tmp_path: Path
    ) -> None:
        found = one_kata.measure(TINY, tmp_path)
        cpu_ms = {name: named(found, f"CPU of one submission, {name}").median
                  for name in ("judge", "trimmed", "plain")}
        assert min(cpu_ms.values()) > 1
        ratio = named(found, "CPU, judge / trimmed pytest")
        assert ratio.median == pytest.approx(cpu_ms["judge"] / cpu_ms["trimmed"])
        assert ratio.reach == Reach(0.3)
        parts = [each.what.strip().split(":")[0] for each in found.lines if each.what[0] == " "]
        assert {"engine", "judge child", "joiner", "Init", "worker"} <= set(parts)

    def test_repositories_compares_with_copier_for_each_learner(self, tmp_path: Path) -> None:
        found = repositories.measure(TINY, tmp_path)
        per_s = named(found, "repositories a second, cohort create").median
        copy_s = named(found, "seconds a repository, copier copy").median
        assert named(found, "speed, create / copier copy").median == pytest.approx(per_s * copy_s)
        whole_s = named(found, "seconds for 2 repositories, cohort update").median
        plain_s = named(found, "seconds a repository, copier update").median
        ratio = named(found, "speed, cohort update / copier update")
        assert ratio.median == pytest.approx(2 * plain_s / whole_s)
        assert ratio.reach == Reach(50, at_most=False)

    def test_cohort_compares_throughput(self, tmp_path: Path) -> None:
        found = cohort.measure(replace(TINY, submissions=6), tmp_path)  # the sixth is slow
        ratio = named(found, "throughput, judge / plain pytest")
        speed = named(found, "submissions a second, judge").median
        assert ratio.median == pytest.approx(
            speed / named(found, "submissions a second, plain").median)
        assert "4 right, 1 wrong, 1 slow" in found.notes[0]

    def test_grading_judges_a_cohort_and_gets_it_from_the_cache_again(
        self, tmp_path: Path
    ) -> None:
        found = grading.measure(TINY, tmp_path)
        assert named(found, "attempted submissions a second").reach == Reach(10, at_most=False)
        assert all(line.median > 0 for line in found.lines)
        assert "2 learners, 7 katas: 14 hand-ins" in found.notes[0]

    def test_scale_compares_one_machine_with_a_cluster(self, tmp_path: Path) -> None:
        found = scale.measure(TINY, tmp_path)
        here, there = (named(found, f"CPU of one submission more, {where}").median
                       for where in ("here", "on Dask"))
        ratio = named(found, "CPU, on Dask / here")
        assert ratio.median == pytest.approx(there / here)
        assert ratio.reach == Reach(1.25)
        for each in ("rows a second", "repositories a second", "answers a second"):
            assert named(found, each).median > 0
        assert "2 and 3 learners, 7 different submissions more" in found.notes[0]

    def test_watch_times_saves_in_two_terminals(self, tmp_path: Path) -> None:
        found = watch.measure(TINY, tmp_path)
        for name in ("watch", *(() if found.notes else ("pytest-watcher",))):
            for what in ("right", "wrong"):
                assert named(found, f"save to last byte, {what}, {name}").median > 1
        assert named(found, "save to last byte, wrong, watch").reach == Reach(150)
        assert all("pytest-watcher: skipped" in note for note in found.notes)

    def test_cache_counts_hits(self, tmp_path: Path) -> None:
        found = hits.measure(TINY, tmp_path)
        assert named(found, "hits a second, no engine").reach == Reach(1000, at_most=False)
        assert "different submissions in turns" in found.notes[0]

    def test_stability_counts_flips_of_seven_submissions_beside_load(self, tmp_path: Path) -> None:
        found = stability.measure(replace(TINY, runs=3), tmp_path)
        for side in ("loops", "memory", "grade"):
            line = named(found, f"flips beside {side}")
            assert (line.samples, line.unit, line.reach) == ((0,), "of 21", Reach(0)), (
                "\n".join(found.notes))
        assert sum("TIME_LIMIT_EXCEEDED" in note for note in found.notes) == 3

    def test_overhead_runs_the_commands_in_an_untouched_copy(self, tmp_path: Path) -> None:
        found = overhead.measure(TINY, tmp_path)
        assert found.notes == ()
        for name in ("grade, nothing started", "list", "python -c pass"):
            assert named(found, f"wall, {name}").median > 0


    def test_growth_tells_the_cost_of_one_more_test_and_that_a_kata_costs_others_nothing(
        self, tmp_path: Path
    ) -> None:
        found = growth.measure(TINY, tmp_path)
        assert named(found, "CPU of one more test").median > 0
        assert named(found, "  files and folders of katas opened, tree of 7").median > 0
        assert named(found, "files opened for one more kata").median == 0

    def test_a_slope_is_the_cost_of_one_more(self) -> None:
        assert growth.slope((1, 5, 10), (5.0, 13.0, 23.0)) == pytest.approx(2)

    def test_others_are_told_as_skipped_with_the_reason(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_STORE", str(tmp_path / "store"))
        absent = others.Grader(str(tmp_path / "nowhere"), others._check50)
        monkeypatch.setattr(others, "GRADERS", (absent,))
        found = others.measure(TINY, tmp_path)
        assert named(found, "CPU of one submission, judge").median > 0
        assert re.search(r"nowhere: skipped: .* cannot be installed: ERROR", found.notes[0])
class TestMargin:
    def test_unsure_is_what_was_refused_below_the_limit_or_accepted_above_it(self) -> None:
        counts = [3 if part <= 1.2 else 0 for part in margin.PARTS]
        assert margin._unsure(counts, 3) == [1.1, 1.2]
        counts[margin.PARTS.index(0.9)] = 2
        assert min(margin._unsure(counts, 3)) == 0.9
        assert margin._unsure([3 if part <= 1 else 0 for part in margin.PARTS], 3) == []

    @pytest.mark.parametrize("kind", work.KINDS)
    def test_work_is_a_stated_part_of_the_limit_in_reference_seconds(self, kind: str) -> None:
        kata = material.kata(material.BUSY)
        half, whole = (work.taking(kata, part, kind, 1000.0) for part in (0.5, 1.0))
        assert b"range(150):" in half.submission.source  # type: ignore[union-attr]
        assert b"range(300):" in whole.submission.source  # type: ignore[union-attr]
        assert work.units_per_s(kind) > 10

    @pytest.mark.parametrize("kind", hogs.KINDS)
    def test_no_hog_outlives_the_measurement(self, kind: str) -> None:
        before = set(psutil.Process().children())  # engines of other tests
        with hogs.beside(kind):
            hungry = [each for each in psutil.Process().children() if each not in before]
            assert len(hungry) == {"quiet": 0, "grade": 1}.get(kind, os.cpu_count())
        assert not any(each.is_running() for each in hungry)


class TestRehearsal:
    @pytest.mark.timeout(1800)  # two renderings and seven katas, whatever else the machine does
    def test_goes_from_roster_to_marks_and_checks_every_stage(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command.main(["rehearsal", "--learners", "6", "--keep", str(tmp_path / "kept")])
        told = capsys.readouterr().out
        for stage in ("create, the others", "update, killed once", "collect, killed once",
                      "grade, killed twice", "regrade, killed once", "return, killed once",
                      "similarity", "viva"):
            assert re.search(rf"{stage} +[\d.]+ +[\d.]+ +\d+ ", told), stage

    @pytest.fixture
    def someone(self, tmp_path: Path) -> Instructor:
        return Instructor(ROOT, tmp_path, tmp_path / "store", 1)

    def test_a_command_that_ends_before_it_is_killed_is_told(self, someone: Instructor) -> None:
        with pytest.raises(RuntimeError, match="list: exit 0"):
            someone.killed("list", when=lambda: False)

    def test_a_killed_one_leaves_nothing_behind(self, someone: Instructor) -> None:
        assert someone.killed("list", when=lambda: True).exit == -9
        assert someone.left() == []

    def test_what_some_overlook_is_wrong_for_lists_of_one_length_only(self) -> None:
        right = ROOT / "solutions/algorithms/a01_two_sum/two_sum/two_sum.py"
        names: dict[str, Any] = {}
        exec(learners.overlooks(right.read_bytes()), names)
        assert names["find_pair"]([1, 2, 3], 5) == (1, 2)
        assert names["find_pair"]([1] * school.OVERLOOKED, 2) is None

    def test_results_that_differ_are_told(self, tmp_path: Path) -> None:
        for name, points in (("one", 100.0), ("other", 60.0)):
            (tmp_path / name).mkdir()
            (tmp_path / name / "cohort.toml").touch()
            with database.opened(tmp_path / name) as connection:
                connection.execute("INSERT INTO bases VALUES('b', 's', '', '', '', '', '', '', '')")
                connection.execute("INSERT INTO results(slug, sha256, basis, verdict, points, "
                                   "report, judged) VALUES('s', 'h', 'b', 'v', ?, ?, '')",
                                   (points, '{"tests": []}'))
        with pytest.raises(AssertionError, match="1 results differ"):
            checks.same(tmp_path / "one", tmp_path / "other")
        assert checks.same(tmp_path / "one", tmp_path / "one").startswith("1 of 1 results")


class TestCommand:
    def test_prints_one_table_of_the_named_rows(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command.main(["--tiny", "--hits", "3", "cache"])
        told = capsys.readouterr().out
        assert re.search(r"cache +hits a second, no engine +[\d.]+ +[\d.]+ +1 +/s +at least", told)
        assert "one_kata" not in told
        assert re.search(r"cache: \d+ s; load [\d.]+ to [\d.]+; processors \d+% busy; also", told)

    def test_refuses_a_row_that_does_not_exist(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            command.main(["cach"])
        assert ended.value.code == 2
        assert "'cache'" in capsys.readouterr().err


class TestResults:
    def test_a_figure_is_judged_by_its_median(self, capsys: pytest.CaptureFixture[str]) -> None:
        lines = (Line("small", "x", (0.1, 0.3, 0.9), Reach(0.4)),
                 Line("large", "x", (0.1, 0.5, 0.9), Reach(0.4)))
        moment, wall_s = Watch().stop()
        shown.show([Row("row", Finding(lines), moment, wall_s)], ["header"])
        told = capsys.readouterr().out
        assert re.search(r"small +0\.1 +0\.3 +3 +x +at most 0\.4 +reached", told)
        assert re.search(r"large +0\.1 +0\.5 +3 +x +at most 0\.4 +MISSED", told)

    def test_ratios_compare_what_ran_in_the_same_round(self) -> None:
        assert ratios([1.0, 4.0], [2.0, 2.0]) == (0.5, 2.0)

    def test_the_header_names_machine_python_and_plugins(self) -> None:
        told = "\n".join(header())
        assert "cores" in told
        assert sys.executable in told
        assert "pytest-timeout" in told


class TestAccounting:
    def test_counts_a_process_and_what_it_reaped(self, tmp_path: Path) -> None:
        loop = "import time\nwhile time.process_time() < 0.1: pass"
        own = accounting.run([sys.executable, "-c", loop], tmp_path, {})
        child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {loop!r}])"
        assert own.cpu_s >= 0.1
        assert accounting.run([sys.executable, "-c", child], tmp_path, {}).cpu_s >= 0.1

    def test_refuses_to_time_a_command_that_failed(self, tmp_path: Path) -> None:
        with pytest.raises(RuntimeError, match="exit 3"):
            accounting.run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, {})


class TestBreakdown:
    def test_what_no_clock_saw_is_a_part_of_its_own(self) -> None:
        written = (b'{"role": "worker", "parts": {"calls": [0.002, 0.5]}}\n'
                   b'{"role": "Init", "parts": {"clean": [0.001, 0.1]}, "worker_cpu_s": 0.005}\n')
        parts = breakdown._parts(written, 1)
        assert parts["worker", "calls"] == pytest.approx(2)
        assert parts["worker", "unseen"] == pytest.approx(3)
        assert parts["Init", "clean"] == pytest.approx(1)


class TestMaterial:
    def test_the_kata_of_the_benchmarks_has_ten_tests_and_25_calls(self) -> None:
        text = (material.kata(material.SPANS).suite).read_text(encoding="utf-8")
        words = {"One": 1, "Two": 2, "Three": 3, "Four": 4}
        told = re.findall(r'"""(\w+) calls?\."""', text)
        assert len(told) == len(re.findall(r"(?m)^def test_", text)) == 10
        assert sum(words[word] for word in told) == 25
