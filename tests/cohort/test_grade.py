"""grade: everything is judged once, whatever kills it; marks follow from what is stored."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graders.cohort import (
    basis,
    database,
    keep,
    notes,
    regrade,
    results,
    run,
    told,
)
from graders.cohort.marks import Mark, Standing
from graders.cohort.recheck import Checked, recheck
from graders.cohort.run import Graded, Options, grade
from graders.errors import GraderError
from graders.judge.judge import Judge
from graders.model import Learner, Verdict
from graders.report.screen import Screen
from tests.cohort.world import (
    HALF_STEPS,
    RIGHT_STEPS,
    RIGHT_SUM,
    SLOW_SUM,
    STEPS,
    SUM,
    VISIBLE_ONLY,
    WRONG_SUM,
    World,
    git,
    world,
)

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "import os, signal\n\n\ndef total(numbers):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
WORK = {
    "ada": {SUM: RIGHT_SUM, STEPS: RIGHT_STEPS},
    "bob": {SUM: WRONG_SUM, STEPS: HALF_STEPS},
    "cy": {},  # not started
    "dot": {SUM: RIGHT_SUM, STEPS: "def first(:\n"},  # the same as ada's
    "eve": {SUM: HOSTILE},
    "fay": {SUM: SLOW_SUM},
    "gus": {SUM: VISIBLE_ONLY},
    "hal": {SUM: "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")},
}


def rows(here: World, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(here.cohort / database.NAME) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Path]]:
    folder = tmp_path_factory.mktemp("graded")
    here = world(folder, (*WORK, "ivy"))  # of ivy there is no repository
    for learner, files in WORK.items():
        here.add(learner, files)
    (here.repo("hal") / SUM).write_bytes(b"\xff\xfe")
    here.commit("hal")
    here.collect()
    found = here.grade(folder / "store")
    # two katas: six contents of total_up (ada's and dot's are one), three of two_steps
    assert (found.judged, found.known, found.withheld) == (9, 0, 0)
    assert found.untouched == 2
    yield here, folder / "store"


class TestMarks:
    def test_are_points_of_stages_by_both_suites(self, graded: tuple[World, Path]) -> None:
        marks = graded[0].marks()
        points = {learner: (own["total_up"].points, own["two_steps"].points)
                  for learner, own in marks.items()}
        assert points == {
            "ada": (100.0, 100.0), "bob": (33.33, 60.0), "cy": (0.0, 0.0), "dot": (100.0, 0.0),
            "eve": (0.0, 0.0), "fay": (0.0, 0.0), "gus": (66.67, 0.0), "hal": (0.0, 0.0),
            "ivy": (0.0, 0.0)}

    def test_have_the_judges_word_and_a_standing(self, graded: tuple[World, Path]) -> None:
        marks = graded[0].marks()
        told = {learner: (own["total_up"].standing, own["total_up"].verdict)
                for learner, own in marks.items()}
        assert told == {
            "ada": (Standing.JUDGED, "ACCEPTED"), "bob": (Standing.JUDGED, "WRONG_ANSWER"),
            "cy": (Standing.UNTOUCHED, "NOT_STARTED"), "dot": (Standing.JUDGED, "ACCEPTED"),
            "eve": (Standing.JUDGED, "RUNTIME_ERROR"),
            "fay": (Standing.JUDGED, "TIME_LIMIT_EXCEEDED"),
            "gus": (Standing.JUDGED, "WRONG_ANSWER"), "hal": (Standing.JUDGED, "COMPILE_ERROR"),
            "ivy": (Standing.NOT_COLLECTED, "")}

    def test_equal_contents_share_one_result(self, graded: tuple[World, Path]) -> None:
        marks = graded[0].marks()
        assert marks["ada"]["total_up"].result == marks["dot"]["total_up"].result


class TestEveryRow:
    def test_can_be_made_again_from_its_hashes(self, graded: tuple[World, Path]) -> None:
        """Suites, seed and submission are found by the hashes in the row."""
        here, _ = graded
        (found,) = rows(here, "SELECT results.id, bases.kept, bases.seed FROM results JOIN bases "
                              "ON bases.id = results.basis WHERE verdict = 'ACCEPTED' AND "
                              "results.slug = 'total_up'")
        with database.opened(here.cohort) as connection:
            report = results.report(connection, int(str(found[0])))
        collected = here.cohort / keep.NAME
        suite = git(collected, "show", f"{found[1]}:test_hidden_total_up.py")
        assert "test_SECRET_many_numbers" in suite
        assert report.seed == found[2]
        (blob,) = rows(here, f"SELECT DISTINCT blob FROM files WHERE "
                             f"sha256 = '{report.submission_sha256}'")
        own = keep.read(collected, [str(blob[0])], 1 << 20)[str(blob[0])]
        assert own.decode() == RIGHT_SUM

    def test_is_judged_in_the_whole_sandbox_with_the_cohorts_seed(
            self, graded: tuple[World, Path]) -> None:
        here, _ = graded
        secret = basis.secret(here.cohort)
        assert (here.cohort / basis.SECRET).stat().st_mode & 0o777 == 0o600
        for (text,) in rows(here, "SELECT report FROM results"):
            report = json.loads(str(text))
            assert report["scope"] == "full"
            assert all(each["on"] for each in report["protections"])
        assert basis.secret(here.cohort) == secret


class TestRecheck:
    def checked(self, here: World, store: Path, sample: int | None = None) -> list[Checked]:
        with database.opened(here.cohort) as connection:
            return recheck(connection, here.opened(), sample, store, lambda done, total, slug: None)

    def test_every_result_comes_out_the_same(self, graded: tuple[World, Path],
                                             tmp_path: Path) -> None:
        found = self.checked(graded[0], tmp_path)
        assert len(found) == 9 and all(each.same for each in found)
        assert len(self.checked(graded[0], tmp_path, 2)) == 2

    def test_it_needs_nothing_of_the_work_tree(self, tmp_path: Path) -> None:
        """Suites and limits are others by now; a row that somebody changed is found."""
        here = world(tmp_path, ("ada",))
        here.add("ada", {SUM: VISIBLE_ONLY})
        here.collect()
        here.grade(tmp_path / "store")
        base = here.course / "solutions/algorithms/a01_sums/total_up"
        (base / "test_hidden_total_up.py").write_text("def test():\n    assert False\n")
        suite = here.course / SUM.replace("total_up.py", "test_total_up.py")
        suite.write_text("def test():\n    assert False\n")
        (found,) = self.checked(here, tmp_path / "store")
        assert found.same and found.now == ("WRONG_ANSWER", 66.67)
        with database.opened(here.cohort) as connection:
            connection.execute("UPDATE results SET points = 100")
        (found,) = self.checked(here, tmp_path / "store")
        assert not found.same and found.now == ("WRONG_ANSWER", 66.67)


@pytest.mark.parametrize("threads", [0, 2])
def test_there_is_a_job_for_each_core_and_one_more_where_sides_do_not_take_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    here = world(tmp_path, ("ada",))
    toml = here.course / Path(SUM).parent / "kata.toml"
    toml.write_text(toml.read_text().replace("threads = 0", f"threads = {threads}"))
    here.add("ada", {SUM: RIGHT_SUM})
    here.collect()
    taken = []

    class Counted(Judge):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            taken.append(self.jobs)

    monkeypatch.setattr(run, "Judge", Counted)
    here.grade(tmp_path / "store", jobs=None)
    assert taken == [(os.cpu_count() or 1) + bool(threads)]


def test_a_second_run_judges_nothing(graded: tuple[World, Path]) -> None:
    here, store = graded
    before = rows(here, "SELECT count(*) FROM results")
    found = here.grade(store)
    assert (found.judged, found.known, found.withheld) == (0, 9, 0)
    assert rows(here, "SELECT count(*) FROM results") == before


def test_the_secret_must_be_ours_alone(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    basis.secret(here.cohort)
    (here.cohort / "secret").chmod(0o644)
    with pytest.raises(GraderError, match="others can read it; run: chmod 600"):
        here.opened()
    (here.cohort / "secret").write_text("abc")
    with pytest.raises(GraderError, match="is not the secret that was written there"):
        here.opened()


def test_seeds_are_each_cohorts_own_and_stay(tmp_path: Path) -> None:
    """Without the secret nobody can work out which inputs the others had."""
    first, other = (world(tmp_path / name, ("ada",)) for name in ("first", "other"))
    seeds = [each.seed for here in (first, other) for each in here.opened().bases.values()]
    assert len(set(seeds)) == 4
    again = [each.seed for each in first.opened().bases.values()]
    assert again == seeds[:2]


_LAYERLESS = """\
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from graders.cohort import database
from graders.cohort.course import course
from graders.cohort.run import Options, grade

with database.opened(Path({cohort!r})) as connection:
    grade(connection, course(Path({course!r}), Path({cohort!r})), Options(1, Path({store!r})),
          lambda done, total, slug: None)
"""


def test_where_a_layer_is_missing_nothing_is_graded(tmp_path: Path) -> None:
    """In a namespace of users that may hold no other."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare")
    inside = ["unshare", "--user", "--map-root-user", "sh", "-c",
              'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"', "sh"]
    if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespaces of users here")
    here = world(tmp_path, ("ada",))
    here.add("ada", {SUM: RIGHT_SUM})
    here.collect()
    script = _LAYERLESS.format(root=str(ROOT), cohort=str(here.cohort), course=str(here.course),
                               store=str(tmp_path / "store"))
    done = subprocess.run([*inside, sys.executable, "-c", script], capture_output=True, text=True,
                          check=False)
    assert "sandbox: the layer namespaces is missing here" in done.stderr
    assert rows(here, "SELECT count(*) FROM results") == [(0,)]


def test_without_a_hidden_suite_nothing_is_graded(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    (here.course / "solutions/algorithms/a01_sums/two_steps/test_hidden_two_steps.py").unlink()
    with pytest.raises(GraderError, match="two_steps: no hidden suite here"):
        here.opened()


def test_a_warm_up_has_none_and_is_graded_by_its_own_suite(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada", {SUM: RIGHT_SUM})
    solutions = here.course / "solutions/algorithms/a01_sums/total_up"
    (solutions / "test_hidden_total_up.py").unlink()
    (solutions / "total_up.py").write_text(RIGHT_SUM)
    here.collect()
    assert here.grade(tmp_path / "store").withheld == 0
    assert rows(here, "SELECT verdict FROM results WHERE slug = 'total_up'") == [("ACCEPTED",)]
    (solutions / "total_up.py").unlink()
    with pytest.raises(GraderError, match="total_up: no hidden suite here"):
        here.opened()


_KILLED = """\
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from graders.cohort import database
from graders.cohort.course import course
from graders.cohort.lock import locked
from graders.cohort.run import Options, grade

def done(count, total, slug):
    print(count, flush=True)
    if count == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)

with locked(Path({cohort!r})), database.opened(Path({cohort!r})) as connection:
    grade(connection, course(Path({course!r}), Path({cohort!r})), Options(1, Path({store!r})), done)
"""


def test_kill_9_loses_only_what_is_under_way(tmp_path: Path) -> None:
    """Killed after the first, the third and the last result; then a run to the end."""
    here = world(tmp_path, ("ada", "bob", "cy"))
    for number, each in enumerate(("ada", "bob", "cy")):
        here.add(each, {SUM: f"{RIGHT_SUM}# {number}\n", STEPS: f"{RIGHT_STEPS}# {number}\n"})
    here.collect()
    here.opened()  # makes the secret
    script = _KILLED.format(root=str(ROOT), cohort=str(here.cohort), course=str(here.course),
                            store=str(tmp_path / "store"))
    have = 0
    for after, total in ((1, 1), (2, 3), (3, 6)):
        done = subprocess.run([sys.executable, "-c", script, str(after)], capture_output=True,
                              text=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        have += after
        assert rows(here, "SELECT count(*) FROM results") == [(total,)] == [(have,)]
    assert here.grade(tmp_path / "store").judged == 0
    assert {mark.points for own in here.marks().values() for mark in own.values()} == {100.0}
    assert rows(here, "SELECT slug, sha256, basis FROM results GROUP BY 1, 2, 3 "
                      "HAVING count(*) > 1") == []
    assert rows(here, "PRAGMA integrity_check") == [("ok",)]


class TestAfterASuiteIsMended:
    @pytest.fixture
    def here(self, tmp_path: Path) -> World:
        here = world(tmp_path, ("ada", "gus"))
        here.add("ada", {SUM: RIGHT_SUM, STEPS: RIGHT_STEPS})
        here.add("gus", {SUM: VISIBLE_ONLY, STEPS: RIGHT_STEPS})
        here.collect()
        here.grade(tmp_path / "store")
        return here

    def test_only_that_kata_is_judged_and_changed_marks_are_told(
            self, here: World, tmp_path: Path) -> None:
        hidden = here.course / "solutions/algorithms/a01_sums/total_up/test_hidden_total_up.py"
        hidden.write_text(hidden.read_text().replace("range(20)", "range(8)"))
        assert {e["total_up"].standing for e in here.marks().values()} == {Standing.PENDING}
        assert {e["total_up"].points for e in here.marks().values()} == {None}
        found = here.grade(tmp_path / "store")
        assert (found.judged, found.anew) == (2, ("total_up",))
        with database.opened(here.cohort) as connection:
            told = regrade.moved(connection, here.opened(), found.anew)
        assert [(each.learner.id, each.before.points, each.after.points) for each in told] == [
            ("gus", 66.67, 100.0)]

    def test_changed_marks_are_told_by_the_run_that_ends_after_one_was_broken_off(
            self, here: World, tmp_path: Path) -> None:
        hidden = here.course / "solutions/algorithms/a01_sums/total_up/test_hidden_total_up.py"
        hidden.write_text(hidden.read_text().replace("range(20)", "range(8)"))

        def stop(done: int, total: int, slug: str) -> None:
            if done == 1:
                raise KeyboardInterrupt

        with database.opened(here.cohort) as connection, pytest.raises(KeyboardInterrupt):
            grade(connection, here.opened(), Options(1, tmp_path / "store"), stop)
        found = here.grade(tmp_path / "store")
        assert (found.judged, found.anew) == (1, ("total_up",))

    def test_a_run_killed_before_it_has_told_leaves_that_to_the_next_one(
            self, here: World, tmp_path: Path) -> None:
        """Also where everything is judged, and once only; the audit trail keeps it."""
        hidden = here.course / "solutions/algorithms/a01_sums/total_up/test_hidden_total_up.py"
        sound = hidden.read_text()
        for suite, points in ((sound.replace("range(20)", "range(8)"), (66.67, 100.0)),
                              (sound, (100.0, 66.67))):
            hidden.write_text(suite)
            here.grade(tmp_path / "store")  # and no more, as if killed
            found = here.grade(tmp_path / "store")
            assert (found.judged, found.anew) == (0, ("total_up",))
            with database.opened(here.cohort) as connection:
                changed = regrade.moved(connection, here.opened(), found.anew)
                assert [(each.learner.id, each.before.points, each.after.points)
                        for each in changed] == [("gus", *points)]
                regrade.told(connection, here.opened(), found.anew, changed)
                last = [act for act in notes.audit(connection) if act.learner][-1]
            assert (last.act, last.learner, last.slug, last.told) == (
                "regrade", "gus", "total_up", f"{points[0]:g} -> {points[1]:g}")
            assert here.grade(tmp_path / "store").anew == ()

    def test_every_changed_mark_is_told_however_many_there_are(self) -> None:
        many = [regrade.Moved(Learner(f"l{number}", "", ""), Mark("total_up", Standing.JUDGED),
                              Mark("total_up", Standing.JUDGED, 100.0)) for number in range(99)]
        said = told.graded(Graded(99, 0, 0, 0, ("total_up",)), many, Screen(Path(), 100, False))
        assert sum(", total_up: 0 -> 100" in line for line in said.splitlines()) == 99
        assert "99 marks changed, under new suites of total_up." in said

    def test_a_content_that_comes_later_is_no_regrade(self, here: World, tmp_path: Path) -> None:
        hidden = here.course / "solutions/algorithms/a01_sums/total_up/test_hidden_total_up.py"
        hidden.write_text(hidden.read_text().replace("range(20)", "range(8)"))
        here.grade(tmp_path / "store")
        here.commit("ada", {SUM: WRONG_SUM})
        here.collect()
        found = here.grade(tmp_path / "store")
        assert found.judged == 1
        with database.opened(here.cohort) as connection:
            changed = regrade.moved(connection, here.opened(), found.anew)
            assert [each.learner.id for each in changed] == ["gus"]
            regrade.told(connection, here.opened(), found.anew, changed)
        here.commit("ada", {SUM: RIGHT_SUM + "# more\n"})
        here.collect()
        found = here.grade(tmp_path / "store")
        assert (found.judged, found.anew) == (1, ())

    def test_a_title_or_a_hint_touches_nothing(self, here: World, tmp_path: Path) -> None:
        toml = here.course / "katas/algorithms/a01_sums/total_up/kata.toml"
        toml.write_text(toml.read_text().replace('"a", "b", "c"', '"d", "e", "f"'))
        assert here.grade(tmp_path / "store").judged == 0

    def test_a_limit_does(self, here: World, tmp_path: Path) -> None:
        toml = here.course / "katas/algorithms/a01_sums/total_up/kata.toml"
        toml.write_text(toml.read_text().replace("test_cpu_s = 0.5", "test_cpu_s = 0.6"))
        assert here.grade(tmp_path / "store").anew == ("total_up",)


def test_a_fault_of_the_judge_is_withheld_and_tried_by_the_next_run(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world(tmp_path, ("ada", "bob"))
    here.add("ada", {SUM: RIGHT_SUM})
    here.add("bob", {SUM: WRONG_SUM})
    hidden = here.course / "solutions/algorithms/a01_sums/total_up/test_hidden_total_up.py"
    sound = hidden.read_text()
    hidden.write_text(sound.replace("def test_", "import missing_module\n\n\ndef test_"))
    here.collect()
    found = here.grade(tmp_path / "store")
    assert (found.judged, found.withheld) == (0, 2)
    mark = here.marks()["ada"]["total_up"]
    assert (mark.standing, mark.points, mark.verdict) == (Standing.WITHHELD, None, "JUDGE_ERROR")
    hidden.write_text(sound)
    assert here.grade(tmp_path / "store").judged == 2
    assert here.marks()["ada"]["total_up"].points == 100.0


class TestTheDatabase:
    def test_a_busy_one_is_one_clear_error(self, tmp_path: Path,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
        here = world(tmp_path, ("ada",))
        here.add("ada")
        monkeypatch.setattr(database, "BUSY_S", 0.05)
        with database.opened(here.cohort) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(GraderError, match=r"busy for 0\.05 s, another command writes"):
                here.collect()
            other.execute("ROLLBACK")
        here.collect()

    def test_reading_goes_on_while_another_writes(self, graded: tuple[World, Path]) -> None:
        here, _ = graded
        with database.opened(here.cohort) as other:
            other.execute("BEGIN IMMEDIATE")
            assert here.marks()["ada"]["total_up"].points == 100.0
            other.execute("ROLLBACK")

    def test_nothing_of_a_write_that_was_killed_halfway_is_there(self, tmp_path: Path) -> None:
        """More is changed than fits the cache, so that pages are on the disk already."""
        here = world(tmp_path, ("ada",))
        script = f"""if True:
            import os, signal, sys
            from pathlib import Path
            sys.path.insert(0, {str(ROOT)!r})
            from graders.cohort import database
            with database.opened(Path({str(here.cohort)!r})) as connection:
                with database.together(connection):
                    connection.executemany("INSERT INTO collections(began) VALUES(?)",
                                           (("old" * 300,) for _ in range(9_000)))
                with database.together(connection):
                    connection.execute(
                        "UPDATE collections SET began = replace(began, 'old', 'new')")
                    os.kill(os.getpid(), signal.SIGKILL)
        """
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                              check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert rows(here, "PRAGMA integrity_check") == [("ok",)]
        assert rows(here, "SELECT substr(began, 1, 3), count(*) FROM collections GROUP BY 1") == [
            ("old", 9_000)]

    def test_another_format_or_a_damaged_file_is_named(self, tmp_path: Path) -> None:
        here = world(tmp_path, ("ada",))
        with database.opened(here.cohort) as connection:
            connection.execute("PRAGMA user_version = 2")
        with pytest.raises(GraderError, match="format 2 is newer than 1"), \
                database.opened(here.cohort):
            pass
        (here.cohort / database.NAME).write_bytes(b"x" * 5000)
        for each in ("-wal", "-shm"):
            (here.cohort / f"{database.NAME}{each}").unlink(missing_ok=True)
        with pytest.raises(GraderError, match="is damaged or no database"), \
                database.opened(here.cohort):
            pass

    def test_a_folder_that_is_no_cohort_gets_none(self, tmp_path: Path) -> None:
        with pytest.raises(GraderError, match=r"no cohort\.toml here"), database.opened(tmp_path):
            pass
        assert os.listdir(tmp_path) == []


def test_every_result_is_the_verdict_of_the_judge_itself(graded: tuple[World, Path],
                                                         tmp_path: Path) -> None:
    """Against one submission judged by hand."""
    from dataclasses import replace

    from graders.judge.request import submitted

    here, _ = graded
    course = here.opened()
    own = course.bases["total_up"]
    request = replace(submitted(own.kata, VISIBLE_ONLY.encode(), "x.py", ""), hidden=own.hidden,
                      seed=own.seed)
    with Judge(here.course, store=tmp_path) as judge:
        report = judge.judge(request)
    assert report.verdict is Verdict.WRONG_ANSWER
    assert here.marks()["gus"]["total_up"].points == report.points
