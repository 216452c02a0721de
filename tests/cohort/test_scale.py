"""grade --scheduler: the same results from worker processes, whatever becomes of these."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml

from graders.cohort import cluster as dispatch
from graders.cohort import database
from graders.cohort.run import Graded, Options, grade
from graders.cohort.scheduler import Scheduler, scheduler
from graders.errors import GraderError, JudgeError
from tests.cohort.test_grade import WORK
from tests.cohort.world import RIGHT_STEPS, RIGHT_SUM, STEPS, SUM, World, world

if sys.platform != "linux":
    pytest.skip("the whole sandbox is Linux's", allow_module_level=True)

import dask
from distributed import Client, LocalCluster, Security

from tests.cohort.clusters import Killer, cluster, worker

ROOT = Path(__file__).resolve().parents[2]
Done = Callable[[int, int, str], None]


def silent(done: int, total: int, slug: str) -> None:
    """Show no progress."""


def run(here: World, asked: Scheduler, done: Done = silent) -> Graded:
    with database.opened(here.cohort) as connection:
        return grade(connection, here.opened(), Options(scheduler=asked), done)


def rows(here: World, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(here.cohort / database.NAME) as connection:
        return connection.execute(query).fetchall()


def table(here: World) -> list[tuple[Any, ...]]:
    """Return all results, without what was measured."""
    found = rows(here, "SELECT slug, sha256, basis, verdict, points, report FROM results "
                       "ORDER BY slug, sha256, basis")
    return [(*row[:-1], _unmeasured(json.loads(row[-1]))) for row in found]


def _unmeasured(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _unmeasured(each) for name, each in value.items()
                if name not in ("cpu_s", "wall_s", "peak_mib", "factor")}
    if isinstance(value, str):
        return re.sub(r"\d+\.\d+ s\b", "… s", value)  # "stopped after 0.70 s CPU"
    return [_unmeasured(each) for each in value] if isinstance(value, list) else value


def forget(here: World) -> None:
    with sqlite3.connect(here.cohort / database.NAME) as connection:
        connection.execute("DELETE FROM results")
        connection.execute("DELETE FROM faults")


def whole(here: World, contents: int) -> None:
    """Assert that every content has one result, and the file is sound."""
    assert rows(here, "SELECT count(*) FROM results") == [(contents,)]
    assert rows(here, "SELECT slug, sha256, basis FROM results GROUP BY 1, 2, 3 "
                      "HAVING count(*) > 1") == []
    assert rows(here, "PRAGMA integrity_check") == [("ok",)]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with cluster(tmp_path_factory.mktemp("two") / "store") as started:
        yield started


@pytest.fixture
def class_of_six(tmp_path: Path) -> World:
    """Three learners, two katas, six different right answers."""
    here = world(tmp_path, ("ada", "bob", "cy"))
    for number, each in enumerate(("ada", "bob", "cy")):
        here.add(each, {SUM: f"{RIGHT_SUM}# {number}\n", STEPS: f"{RIGHT_STEPS}# {number}\n"})
    here.collect()
    here.opened()  # makes the secret
    return here


class TestResults:
    def test_are_those_of_a_run_on_this_machine(self, two: LocalCluster, tmp_path: Path) -> None:
        here = world(tmp_path, tuple(WORK))
        for learner, files in WORK.items():
            here.add(learner, files)
        (here.repo("hal") / SUM).write_bytes(b"\xff\xfe")
        here.commit("hal")
        here.collect()
        did = run(here, scheduler(two.scheduler_address, insecure=False))
        assert (did.judged, did.withheld, did.refused) == (9, 0, ())
        there = table(here)
        forget(here)
        assert here.grade(tmp_path / "store").judged == 9
        assert there == table(here)
        assert {row[3] for row in there} == {
            "ACCEPTED", "WRONG_ANSWER", "TIME_LIMIT_EXCEEDED", "RUNTIME_ERROR", "COMPILE_ERROR"}

    def test_are_known_to_the_next_run(self, two: LocalCluster, class_of_six: World) -> None:
        asked = scheduler(two.scheduler_address, insecure=False)
        assert run(class_of_six, asked).judged == 6
        again = run(class_of_six, asked)
        assert (again.judged, again.known) == (0, 6)
        whole(class_of_six, 6)


class TestAWorkerThatIsKilled:
    def test_costs_no_result_and_doubles_none(self, two: LocalCluster,
                                              class_of_six: World) -> None:
        def kill(done: int, total: int, slug: str) -> None:
            if done == 2:
                os.kill(two.workers[0].pid, signal.SIGKILL)

        did = run(class_of_six, scheduler(two.scheduler_address, insecure=False), kill)
        assert (did.judged, did.withheld) == (6, 0)
        whole(class_of_six, 6)

    def test_by_a_submission_again_is_withheld_and_takes_no_other_along(
            self, class_of_six: World, tmp_path: Path) -> None:
        log = tmp_path / "log"
        with cluster(tmp_path / "store") as own, Client(own, set_as_default=False) as client:
            client.register_plugin(Killer(f"{RIGHT_SUM}# 1\n", log))
            did = run(class_of_six, scheduler(own.scheduler_address, insecure=False))
        assert (did.judged, did.withheld) == (5, 1)
        assert log.read_text() == "killed\n" * 2
        whole(class_of_six, 5)
        ((slug, message),) = rows(class_of_six, "SELECT slug, message FROM faults")
        assert slug == "total_up"
        assert message == "the worker that judged it ended, and so did the next one"
        mark = class_of_six.marks()["bob"]["total_up"]
        assert (mark.verdict, mark.points) == ("JUDGE_ERROR", None)


_KILLED = """\
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from graders.cohort import database
from graders.cohort.course import course
from graders.cohort.lock import locked
from graders.cohort.run import Options, grade
from graders.cohort.scheduler import scheduler

def done(count, total, slug):
    if count == 2:
        os.kill(os.getpid(), signal.SIGKILL)

with locked(Path({cohort!r})), database.opened(Path({cohort!r})) as connection:
    grade(connection, course(Path({course!r}), Path({cohort!r})),
          Options(scheduler=scheduler({address!r}, False)), done)
"""


def test_kill_9_of_the_client_loses_only_what_is_under_way(
        two: LocalCluster, class_of_six: World) -> None:
    here = class_of_six
    script = _KILLED.format(root=str(ROOT), cohort=str(here.cohort), course=str(here.course),
                            address=two.scheduler_address)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert rows(here, "SELECT count(*) FROM results") == [(2,)]
    did = run(here, scheduler(two.scheduler_address, insecure=False))
    assert (did.judged, did.known, did.withheld) == (4, 2, 0)
    whole(here, 6)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with graders that differ by a comment."""
    folder = tmp_path_factory.mktemp("other")
    shutil.copytree(ROOT / "graders", folder / "graders",
                    ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "graders/judge/verdict.py").open("a") as file:
        file.write("# another version\n")
    return folder


class TestAWorkerOfAnotherVersion:
    def test_judges_nothing_and_is_told(self, two: LocalCluster, other: Path,
                                        class_of_six: World, tmp_path: Path) -> None:
        with worker(two.scheduler_address, tmp_path / "store", other):
            did = run(class_of_six, scheduler(two.scheduler_address, insecure=False))
        assert (did.judged, did.withheld) == (6, 0)
        ((address, why),) = did.refused
        assert address.startswith("tcp://127.0.0.1:")
        assert why.startswith("graders 0.1.0 (") and "bring it to the same version" in why
        whole(class_of_six, 6)

    def test_alone_is_one_clear_error_and_no_result(
            self, other: Path, class_of_six: World, tmp_path: Path,
            monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dispatch, "REFUSED_S", 0.1)
        with cluster(tmp_path / "none", workers=0) as empty, \
                worker(empty.scheduler_address, tmp_path / "store", other), \
                pytest.raises(JudgeError, match=r"this worker may not judge: graders 0\.1\.0"):
            run(class_of_six, scheduler(empty.scheduler_address, insecure=False))
        assert rows(class_of_six, "SELECT count(*) FROM results") == [(0,)]
        assert rows(class_of_six, "SELECT count(*) FROM faults") == [(0,)]

    def test_that_answers_nothing_is_told_and_ends_the_run(
            self, two: LocalCluster, class_of_six: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dispatch, "REFUSED_S", 0.1)
        monkeypatch.setattr(dispatch, "ANSWER_S", 0.0)
        with pytest.raises(JudgeError, match="may not judge: no answer within 0 s"):
            run(class_of_six, scheduler(two.scheduler_address, insecure=False))
        assert rows(class_of_six, "SELECT count(*) FROM faults") == [(0,)]

    def test_without_any_graders_is_told_so(
            self, class_of_six: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dispatch, "REFUSED_S", 0.1)
        with cluster(tmp_path / "none", workers=0) as empty, \
                worker(empty.scheduler_address, tmp_path / "store", tmp_path), \
                pytest.raises(JudgeError, match=r"it cannot judge \(ModuleNotFoundError: No mod"):
            run(class_of_six, scheduler(empty.scheduler_address, insecure=False))


# Runs its arguments where no further namespace can be had.
CONFINED = ("unshare", "--user", "--map-root-user", "sh", "-c",
            'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"', "sh")


def test_a_worker_without_a_layer_of_the_sandbox_judges_nothing(
        class_of_six: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if subprocess.run([*CONFINED, "true"], check=False).returncode:
        pytest.skip("no user namespace is to be had here")
    monkeypatch.setattr(dispatch, "REFUSED_S", 0.1)
    with cluster(tmp_path / "none", workers=0) as empty, \
            worker(empty.scheduler_address, tmp_path / "store", before=CONFINED), \
            pytest.raises(JudgeError, match="may not judge: sandbox: the layer namespaces is mis"):
        run(class_of_six, scheduler(empty.scheduler_address, insecure=False))
    assert rows(class_of_six, "SELECT count(*) FROM results") == [(0,)]
    assert rows(class_of_six, "SELECT count(*) FROM faults") == [(0,)]


class TestAScheduler:
    def test_that_does_not_answer_is_one_clear_error(
            self, class_of_six: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dispatch, "CONNECT_S", 0.2)
        with pytest.raises(JudgeError, match=r"^tcp://127\.0\.0\.1:9: no scheduler of Dask "):
            run(class_of_six, scheduler("tcp://127.0.0.1:9", insecure=False))

    def test_without_workers_is_waited_for_with_patience_only(
            self, class_of_six: World, tmp_path: Path) -> None:
        with cluster(tmp_path / "none", workers=0) as empty, \
                pytest.raises(JudgeError, match=r"no worker for 0\.1 s; start some"):
            run(class_of_six, Scheduler(empty.scheduler_address, patience_s=0.1))

    def test_that_goes_away_is_told_and_costs_no_verdict(
            self, class_of_six: World, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port",
                   "0", "--no-dashboard", "--scheduler-file", str(tmp_path / "scheduler.json")]
        started = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)

        def kill(done: int, total: int, slug: str) -> None:
            if done == 2:
                started.kill()

        try:
            with Client(scheduler_file=str(tmp_path / "scheduler.json"), set_as_default=False,
                        timeout=120) as client:
                address = client.scheduler_info()["address"]
            with worker(address, tmp_path / "store"), \
                    pytest.raises(JudgeError, match="the scheduler is gone"):
                run(class_of_six, scheduler(address, insecure=False), kill)
        finally:
            started.kill()
            started.wait()
        assert rows(class_of_six, "SELECT count(*) FROM faults") == [(0,)]
        assert class_of_six.grade(tmp_path / "local").withheld == 0
        whole(class_of_six, 6)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The certificate that docs/scale.md has made, as its configuration names it."""
    folder = tmp_path_factory.mktemp("tls")
    page = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^openssl .+$", page, re.MULTILINE)
    subprocess.run(shlex.split(command), cwd=folder, check=True, capture_output=True)
    (text,) = re.findall(r"^```yaml\n(distributed:.+?)```$", page, re.MULTILINE | re.DOTALL)
    tls = yaml.safe_load(text.replace("/home/you/tls", str(folder)))["distributed"]["comm"]["tls"]
    base = "distributed.comm.tls"
    return {f"{base}.ca-file": tls["ca-file"], **{
        f"{base}.{role}.{kind}": tls[role][kind]
        for role in ("client", "scheduler", "worker") for kind in ("cert", "key")}}


class TestTls:
    def test_is_used_with_the_certificates_of_dasks_configuration(
            self, files: dict[str, str], class_of_six: World, tmp_path: Path) -> None:
        with dask.config.set(files), cluster(
                tmp_path / "store", 1, security=Security(), protocol="tls") as own:
            assert own.scheduler_address.startswith("tls://")
            did = run(class_of_six, scheduler(own.scheduler_address, insecure=False))
        assert (did.judged, did.withheld, did.refused) == (6, 0, ())

    def test_without_certificates_says_what_is_missing(self, class_of_six: World) -> None:
        with pytest.raises(GraderError, match=r"no certificates; name ca-file, client\.cert"):
            run(class_of_six, scheduler("tls://127.0.0.1:9", insecure=False))

    def test_with_files_that_are_not_there_says_so(
            self, files: dict[str, str], class_of_six: World) -> None:
        gone = {name: f"{path}.gone" for name, path in files.items()}
        with dask.config.set(gone), pytest.raises(GraderError, match="cannot be used"):
            run(class_of_six, scheduler("tls://127.0.0.1:9", insecure=False))


def test_a_worker_ends_its_judge_and_removes_the_suites(
        class_of_six: World, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with cluster(tmp_path / "none", workers=0) as empty, \
            worker(empty.scheduler_address, tmp_path / "store",
                   TMPDIR=str(tmp_path / "tmp")) as pid:
        run(class_of_six, scheduler(empty.scheduler_address, insecure=False))
        below = psutil.Process(pid).children(recursive=True)
        assert any("graders.judge.engine" in each.cmdline() for each in below)
        (folder,) = (tmp_path / "tmp").glob("kata40-run-*")
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(list(folder.glob("*/test_hidden_*.py"))) == 2
    _, alive = psutil.wait_procs(below, timeout=30)
    assert alive == []
    assert list((tmp_path / "tmp").iterdir()) == []
