"""The judge as commands use it: many at once, and whatever of it is killed or runs short."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graders.errors import JudgeError
from graders.judge import sandbox
from graders.judge.engines import ForkEngine
from graders.judge.judge import Judge, default_seed
from graders.judge.records import Job
from graders.judge.request import Request
from graders.judge.verdict import decide
from graders.model import (
    Group,
    Limits,
    Protection,
    Report,
    Scope,
    Stage,
    Status,
    Submission,
    Text,
    Verdict,
)

from .conftest import DEFAULTS, Lab

ROOT = Path(sandbox.__file__).parents[2]
SEVEN = "def test_it():\n    assert solve() == 7"
RIGHT = "def solve(): return 7"
GONE_S = 20.0  # within so many seconds nothing may be left


def asked(lab: Lab, submission: str, hidden: Path | None = None) -> Request:
    return Request(lab.kata, Submission("labkata", (DEFAULTS + submission).encode()), hidden)


def suite(lab: Lab, text: str) -> None:
    lab.kata.suite.write_text("import pytest\nfrom graders.kit import *\nfrom labkata import *\n"
                              + textwrap.dedent(text))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Lab]:
    """A laboratory with an engine of its own, to be killed."""
    tmp_path.chmod(0o755)
    with Judge(tmp_path, jobs=2, use_cache=False, store=tmp_path / "store") as judge:
        yield Lab(judge, tmp_path)


def fork_engine(judge: Judge) -> ForkEngine:
    engine = judge._engine(128)
    assert isinstance(engine, ForkEngine)
    return engine


def templates(engine: ForkEngine) -> list[psutil.Process]:
    """Return what stays below an engine beside its nursery: a process for each suite judged."""
    return [each for each in psutil.Process(engine.pid).children() if each.pid != engine.nursery]


def family(engine: ForkEngine) -> dict[str, list[psutil.Process]]:
    """Return who is at work below an engine, by the part they play."""
    found: dict[str, list[psutil.Process]] = {
        "template": templates(engine), "child": [], "init": [], "worker": [], "joiner": []}
    try:
        for each in (child for one in found["template"] for child in one.children()):
            if each.status() != psutil.STATUS_ZOMBIE:
                found["child"].append(each)
        for joiner in psutil.Process(engine.nursery).children():
            found["joiner"].append(joiner)
            for init in joiner.children():
                found["init"].append(init)
                found["worker"] += init.children()
    except psutil.NoSuchProcess:
        return {each: [] for each in found}
    return found


def at_work(engine: ForkEngine, workers: int = 1) -> dict[str, list[psutil.Process]]:
    """Wait until workers of sleeping submissions are there."""
    deadline_s = time.monotonic() + 20
    while time.monotonic() < deadline_s:
        found = family(engine)
        if len(found["worker"]) >= workers and found["child"]:
            time.sleep(0.25)  # it has loaded the module and sleeps
            return found
        time.sleep(0.02)
    raise AssertionError("no worker came")


@contextmanager
def strike(judge: Judge, whom: str, times: int = 1) -> Iterator[list[str]]:
    """Kill one part of the judge as soon as a worker is at work, again on the next engine."""
    struck: list[str] = []

    def run() -> None:
        for _ in range(times):
            engine = fork_engine(judge) if not struck else _next(judge, seen)
            seen.append(engine)
            found = at_work(engine, times)  # who is struck twice is one of two that are judged
            pids = {"engine": [engine.pid], "nursery": [engine.nursery]}.get(whom) or [
                each.pid for each in found[whom]]
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            struck.append(whom)

    seen: list[ForkEngine] = []
    fork_engine(judge)  # here: an engine dies with the thread that started it
    thread = threading.Thread(target=run)
    thread.start()
    yield struck
    thread.join(30)
    assert len(struck) == times


def _next(judge: Judge, seen: list[ForkEngine]) -> ForkEngine:
    deadline_s = time.monotonic() + 8
    while time.monotonic() < deadline_s:
        engine = judge.engine
        if isinstance(engine, ForkEngine) and engine not in seen:
            return engine
        time.sleep(0.02)
    raise AssertionError("no fresh engine came")


class TestManyAtOnce:
    def test_each_gets_its_own_report_in_any_order(self, lab: Lab) -> None:
        suite(lab, SEVEN)
        answers = [7, 8, 7, 9, 7, 10, 11, 7, 12, 13, 7, 14]
        requests = [asked(lab, f"import time\ndef solve():\n    time.sleep({0 if n else 0.4})\n"
                               f"    return {answer}") for n, answer in enumerate(answers)]
        order, reports = [], {}
        for index, report in lab.judge.judge_many(requests):
            order.append(index)
            reports[index] = report
        assert sorted(order) == list(range(len(answers)))
        assert order[0] != 0  # the one that sleeps is overtaken
        for index, answer in enumerate(answers):
            row = reports[index].tests[0]
            assert (row.status is Status.PASSED) == (answer == 7)
            assert answer == 7 or row.failure.got == str(answer)

    def test_different_katas_and_sources_do_not_mix(self, lab: Lab, tmp_path: Path) -> None:
        requests = []
        for number in range(4):
            folder = tmp_path / f"k{number}"
            folder.mkdir()
            kata = replace(lab.kata, slug=f"labkata{number}", folder=folder)
            kata.suite.write_text(f"from labkata{number} import *\n"
                                  f"def test_n{number}():\n    assert solve() == {number}")
            requests.append(Request(kata, Submission(
                kata.slug, (DEFAULTS + f"def solve(): return {number}").encode())))
        reports = dict(lab.judge.judge_many(requests))
        for number in range(4):
            assert reports[number].kata == f"labkata{number}"
            assert [row.name for row in reports[number].tests] == [f"test_n{number}"]
            assert reports[number].accepted

    def test_none_is_none(self, tmp_path: Path) -> None:
        with Judge(tmp_path, store=tmp_path) as judge:
            assert list(judge.judge_many([])) == []
            assert judge.engine is None

    def test_a_file_that_cannot_be_read_does_not_stop_the_others(self, lab: Lab) -> None:
        suite(lab, SEVEN)
        bad = Request(lab.kata, Submission("labkata", b""), compile_error="labkata.py: is missing")
        reports = dict(lab.judge.judge_many([asked(lab, RIGHT), bad, asked(lab, RIGHT)]))
        assert [reports[n].verdict for n in range(3)] == [
            Verdict.ACCEPTED, Verdict.COMPILE_ERROR, Verdict.ACCEPTED]
        assert reports[1].message == "labkata.py: is missing"

    def test_a_run_broken_off_leaves_nothing_for_the_next(self, lab: Lab) -> None:
        """The answer to an old request must not be taken for that to a new one."""
        suite(lab, SEVEN)
        slow = asked(lab, "import time\ndef solve(): time.sleep(0.6); return 7")
        wrong = asked(lab, "import time\ndef solve(): time.sleep(1.2); return 8")
        for index, report in lab.judge.judge_many([slow, asked(lab, RIGHT)]):
            assert (index, report.accepted) == (1, True)
            break
        assert lab.judge.judge(wrong).tests[0].failure.got == "8"
        assert lab.judge.judge(asked(lab, "def solve(): return 9")).tests[0].failure.got == "9"

    def test_two_judges_share_a_store(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        store = tmp_path / "store"
        with Judge(tmp_path, jobs=1, store=store) as one, Judge(tmp_path, jobs=1,
                                                                store=store) as two:
            lab = Lab(one, tmp_path)
            suite(lab, SEVEN)
            wrong = asked(lab, "def solve(): return 8")
            mixed = zip(one.judge_many([asked(lab, RIGHT), wrong]),
                        two.judge_many([wrong, asked(lab, RIGHT)]), strict=True)
            found = list(mixed)
            assert one.engine and two.engine
            verdicts = [{index: report.verdict for index, report in side}
                        for side in zip(*found, strict=True)]
            assert verdicts == [{0: Verdict.ACCEPTED, 1: Verdict.WRONG_ANSWER},
                                {0: Verdict.WRONG_ANSWER, 1: Verdict.ACCEPTED}]


class TestWhatIsKilled:
    SLOW = "import time\ndef solve(): time.sleep(1); return 7"

    def reports(self, lab: Lab) -> list[Report]:
        suite(lab, SEVEN)
        wrong = "import time\ndef solve(): time.sleep(1); return 8"
        found = dict(lab.judge.judge_many([asked(lab, self.SLOW), asked(lab, wrong)]))
        return [found[0], found[1]]

    @pytest.mark.parametrize("whom", ["engine", "nursery", "child", "init", "worker"])
    def test_once_costs_nothing_but_time(self, own: Lab, whom: str) -> None:
        with strike(own.judge, whom):
            right, wrong = self.reports(own)
        assert right.verdict is Verdict.ACCEPTED, right.message
        assert (wrong.verdict, wrong.tests[0].failure.got) == (Verdict.WRONG_ANSWER, "8")

    def test_once_while_the_module_is_loaded_costs_no_later_test(self, own: Lab) -> None:
        suite(own, SEVEN + "\ndef test_after():\n    assert solve() == 7")
        with strike(own.judge, "worker"):
            report = own.judge.judge(asked(own, "import time\ntime.sleep(1)\n" + RIGHT))
        assert report.accepted, report.tests

    @pytest.mark.parametrize("whom", ["engine", "nursery", "init"])
    def test_twice_is_a_judge_error_in_plain_words(self, own: Lab, whom: str) -> None:
        with strike(own.judge, whom, times=2):
            reports = self.reports(own)
        assert Verdict.ACCEPTED not in [each.verdict for each in reports]
        for report in reports:
            assert (report.verdict, report.points, report.score) == (Verdict.JUDGE_ERROR, 0.0, 0.0)
            assert "not of your code; run the command again" in report.message
            assert "Traceback" not in report.message
        assert own.judge.judge(asked(own, RIGHT)).accepted  # the next one is judged again

    @pytest.mark.parametrize("number", ["SIGKILL", "SIGTERM", "SIGSEGV"])
    def test_a_worker_that_ends_itself_is_the_learners_own(self, own: Lab, number: str) -> None:
        """However often it is tried: nobody gets out of a verdict that way."""
        suite(own, SEVEN + "\ndef test_after():\n    assert other() is None")
        ends = f"import os, signal\ndef solve(): os.kill(os.getpid(), signal.{number})"
        report = own.judge.judge(asked(own, ends))
        assert [row.status for row in report.tests] == [Status.CRASHED, Status.PASSED]
        assert number in report.tests[0].message

    def test_a_worker_stopped_for_a_while_is_not_slow(self, own: Lab) -> None:
        """As a frozen container or Ctrl-Z leaves it: its wall time went on, it did not."""
        suite(own, SEVEN)
        engine = fork_engine(own.judge)

        def hold() -> None:
            worker = at_work(engine)["worker"][0]
            os.kill(worker.pid, signal.SIGSTOP)
            time.sleep(2.6)
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGCONT)

        thread = threading.Thread(target=hold)
        thread.start()
        report = own.judge.judge(asked(own, self.SLOW))
        thread.join()
        assert report.accepted, report.tests

    def test_a_worker_that_stops_itself_is_out_of_time(self, own: Lab) -> None:
        suite(own, SEVEN)
        stops = "import os, signal\ndef solve(): os.kill(os.getpid(), signal.SIGSTOP)"
        report = own.judge.judge(asked(own, stops))
        assert (report.verdict, report.tests[0].status) == (
            Verdict.TIME_LIMIT_EXCEEDED, Status.TIME_LIMIT)

    def test_a_hidden_run_that_dies_is_judged_again_from_the_start(self, own: Lab) -> None:
        suite(own, "def test_it():\n    assert other() is None")
        hidden = own.folder / "test_hidden_labkata.py"
        hidden.write_text("from labkata import *\n" + SEVEN)
        with strike(own.judge, "engine"):
            report = own.judge.judge(asked(own, self.SLOW, hidden))
        assert report.accepted, report.message
        assert [row.hidden for row in report.tests] == [False, True]

    def test_an_engine_killed_at_rest_is_not_noticed(self, own: Lab) -> None:
        suite(own, SEVEN)
        assert own.judge.judge(asked(own, RIGHT)).accepted
        os.kill(fork_engine(own.judge).pid, signal.SIGKILL)
        assert own.judge.judge(asked(own, RIGHT)).accepted
        os.kill(fork_engine(own.judge).nursery, signal.SIGKILL)
        assert own.judge.judge(asked(own, RIGHT)).accepted


def running(processes: list[psutil.Process]) -> list[psutil.Process]:
    found = []
    for each in processes:
        try:
            if each.is_running() and each.status() != psutil.STATUS_ZOMBIE:
                found.append(each)
        except psutil.NoSuchProcess:
            continue
    return found


def left_of(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return what still runs after a while that is long enough to die in."""
    deadline_s = time.monotonic() + GONE_S
    while running(processes) and time.monotonic() < deadline_s:
        time.sleep(0.05)
    return running(processes)


def tree(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


class TestNothingIsLeft:
    @pytest.mark.parametrize("engine", ["fork", "subprocess"])
    def test_after_closing_at_rest(self, tmp_path: Path, engine: str) -> None:
        tmp_path.chmod(0o755)
        before = {each.pid for each in tree(os.getpid())}
        with Judge(tmp_path, jobs=2, engine=engine, use_cache=False, store=tmp_path) as judge:
            lab = Lab(judge, tmp_path)
            assert lab.run(SEVEN, RIGHT).accepted
            there = [each for each in tree(os.getpid()) if each.pid not in before]
        assert left_of(there) == []
        assert {each.pid for each in running(tree(os.getpid()))} <= before

    @pytest.mark.parametrize("engine", ["fork", "subprocess"])
    def test_after_closing_in_the_middle(self, tmp_path: Path, engine: str) -> None:
        tmp_path.chmod(0o755)
        before = {each.pid for each in tree(os.getpid())}
        judge = Judge(tmp_path, jobs=2, engine=engine, use_cache=False, store=tmp_path)
        lab = Lab(judge, tmp_path)
        suite(lab, SEVEN)
        lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=30, memory_mib=128))
        sleeping = asked(lab, "import time\ndef solve(): time.sleep(50); return 7")
        for _ in judge.judge_many([asked(lab, RIGHT), sleeping, sleeping, sleeping]):
            break
        deadline_s = time.monotonic() + 20
        while len(there := [each for each in tree(os.getpid()) if each.pid not in before]) <= 2:
            assert time.monotonic() < deadline_s
            time.sleep(0.05)
        judge.close()
        assert left_of(there) == []

    @pytest.mark.parametrize("engine", ["fork", "subprocess"])
    def test_after_stopping_from_another_thread(self, tmp_path: Path, engine: str) -> None:
        tmp_path.chmod(0o755)
        before = {each.pid for each in tree(os.getpid())}
        judge = Judge(tmp_path, jobs=1, engine=engine, use_cache=False, store=tmp_path / "store")
        lab = Lab(judge, tmp_path)
        suite(lab, SEVEN)
        lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=30, memory_mib=128))
        request = asked(lab, "import time\ndef solve(): time.sleep(50); return 7")
        with ThreadPoolExecutor(1) as thread:
            judge.warm(request)
            told = thread.submit(judge.judge, request)
            while len(there := [each for each in tree(os.getpid())
                                if each.pid not in before]) < 2:
                assert not told.done()
                time.sleep(0.02)
            judge.stop()
            with pytest.raises(JudgeError, match="the judge was stopped"):
                told.result(20)
            with pytest.raises(JudgeError, match="the judge was stopped"):
                thread.submit(judge.judge, request).result(20)
        assert left_of(there) == []
        assert {each.pid for each in running(tree(os.getpid()))} <= before

    @pytest.mark.parametrize(("engine", "signal_"), [
        ("fork", signal.SIGKILL), ("fork", signal.SIGINT), ("subprocess", signal.SIGKILL)])
    def test_after_the_client_is_gone(
        self, tmp_path: Path, engine: str, signal_: signal.Signals
    ) -> None:
        tmp_path.chmod(0o755)
        client = subprocess.Popen([sys.executable, "-c", CLIENT, str(tmp_path), engine],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                  cwd=ROOT, start_new_session=True)
        try:
            assert client.stdout
            assert client.stdout.readline() == "sleeping\n"
            there = tree(client.pid)
            assert len(there) >= (10 if engine == "fork" else 5)
            client.send_signal(signal_)
            client.wait(10)
            assert left_of(there) == []
        finally:
            client.kill()
            client.wait()
            client.stdout.close()

    def test_after_init_is_killed_where_no_namespace_dies_with_it(self, own: Lab) -> None:
        suite(own, SEVEN)
        engine = fork_engine(own.judge)
        there: list[psutil.Process] = []

        def run() -> None:
            found = at_work(engine)
            there.extend(found["worker"])
            for each in found["init"]:
                each.kill()

        thread = threading.Thread(target=run)
        thread.start()
        asleep = asked(own, "import time\ndef solve(): time.sleep(60)")
        report = own.judge.judge(replace(asleep, layers_off=("namespaces",)))
        thread.join()
        assert report.verdict is Verdict.TIME_LIMIT_EXCEEDED  # of the second try
        assert there and left_of(there) == []

    def test_after_a_submission_that_leaves_threads_and_children(self, own: Lab) -> None:
        own.kata = replace(own.kata, threads=3, processes=2)
        report = own.run(
            "def test_it():\n    assert solve() == 7\ndef test_more():\n    assert other() == 7",
            """
            import os, threading, time
            def solve():
                threading.Thread(target=time.sleep, args=(60,)).start()
                return 7
            def other():
                if os.fork() == 0:
                    os.setsid()
                    time.sleep(60)
                return 7
            """)
        assert report.accepted, report.tests
        engine = fork_engine(own.judge)
        stay = {engine.pid, engine.nursery, *(each.pid for each in templates(engine))}
        rest = [each for each in tree(engine.pid) if each.pid not in stay]
        assert left_of(rest) == []


CLIENT = """
import sys, threading, time
from pathlib import Path
from graders.judge.judge import Judge
from tests.judge.conftest import DEFAULTS, Lab
from graders.judge.request import Request
from graders.model import Submission
import psutil
folder = Path(sys.argv[1])
with Judge(folder, jobs=2, engine=sys.argv[2], use_cache=False, store=folder) as judge:
    lab = Lab(judge, folder)
    lab.kata.suite.write_text("from labkata import *\\ndef test_it():\\n    assert solve() == 7")
    source = DEFAULTS + "import time\\ndef solve(): time.sleep(50)"
    request = Request(lab.kata, Submission("labkata", source.encode()))
    judge._engine(128)
    # engine, nursery, two of child, joiner, Init, worker; or two of judge process and worker
    wanted = 10 if sys.argv[2] == "fork" else 4
    def tell():
        while len(psutil.Process().children(recursive=True)) < wanted: time.sleep(0.02)
        time.sleep(0.3)
        print("sleeping", flush=True)
    threading.Thread(target=tell, daemon=True).start()
    list(judge.judge_many([request, request]))
"""


SHORT = """
import sys
from pathlib import Path
from graders.errors import JudgeError
from graders.judge.judge import Judge
from tests.judge.conftest import Lab
folder, store = Path(sys.argv[1]), Path(sys.argv[2])
PREPARE
with Judge(folder, jobs=2, store=store, use_cache=True) as judge:
    lab = Lab(judge, folder)
    for submission in ("def solve(): return 7", "def solve(): return 8"):
        try:
            report = lab.run("def test_it():\\n    assert solve() == 7", submission)
            print(f"{report.verdict}|{report.message}")
        except JudgeError as error:
            print(f"raised|{error}")
"""


def run_short(folder: Path, store: Path, prepare: str = "") -> list[list[str]]:
    """Judge right, then wrong in a process of its own; return verdicts and messages."""
    folder.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", SHORT.replace("PREPARE", prepare), str(folder),
                           str(store)], capture_output=True, text=True, check=False, cwd=ROOT,
                          timeout=120)
    told = [line.split("|", 1) for line in done.stdout.splitlines() if "|" in line]
    assert len(told) == 2, done.stderr[-2000:]
    return told


def words(told: list[list[str]]) -> list[str]:
    return [each[0] for each in told]


class TestWhatRunsShort:
    @pytest.mark.parametrize("files", [7, 10, 40, 70])
    def test_too_few_descriptors_are_never_a_pass(self, tmp_path: Path, files: int) -> None:
        told = run_short(tmp_path, tmp_path / "store", "import resource\nresource.setrlimit("
                         f"resource.RLIMIT_NOFILE, ({files}, {files}))")
        for (verdict, message), right in zip(told, ("ACCEPTED", "WRONG_ANSWER"), strict=True):
            assert verdict in (right, "JUDGE_ERROR", "raised")
            assert verdict == right or "open files" in message or "NOFILE" in message, message
        if files == 70:  # what the kata promises is there
            assert words(told) == ["ACCEPTED", "WRONG_ANSWER"]

    @pytest.mark.parametrize("place", ["a file", "read-only", "full", "no inodes"])
    def test_a_store_that_cannot_keep_changes_no_verdict(
        self, tmp_path: Path, place: str
    ) -> None:
        with _store(tmp_path, place) as store:
            told = run_short(tmp_path, store)
        assert words(told) == ["ACCEPTED", "WRONG_ANSWER"], told

    def test_a_suite_that_complains_a_lot_does_not_block(self, own: Lab) -> None:
        """Nobody reads the engine's standard error while it works."""
        done = threading.Event()

        def watch() -> None:
            for _ in range(2):  # else it would take twenty minutes
                if not done.wait(8):
                    os.kill(fork_engine(own.judge).pid, signal.SIGKILL)

        fork_engine(own.judge)
        watching = threading.Thread(target=watch)
        watching.start()
        report = own.run(
            """
            import sys
            def test_it():
                for _ in range(100):
                    sys.stderr.write("x" * 4096)
                    print("y" * 4096)
                assert solve() == 7
            """, RIGHT)
        done.set()
        watching.join()
        assert report.accepted, report.message

    def test_descriptors_of_a_judge_child_do_not_grow(self, lab: Lab) -> None:
        report = lab.run(
            """
            import os
            seen = []
            @pytest.mark.parametrize("n", range(8))
            def test_it(n, workdir):
                assert solve(n) == n
                seen.append(len(os.listdir("/proc/self/fd")))
            def test_seen():
                assert seen == [seen[0]] * 8
            """, "")
        assert report.accepted, report.tests

    def test_an_engine_that_cannot_start_says_why(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = tmp_path / "python"
        # argv[4] is its end of the line, which closes first where an interpreter fails late
        broken.write_text(f"#!{sys.executable}\nimport os, sys, time\nos.close(int(sys.argv[4]))\n"
                          "time.sleep(0.2)\nsys.exit('no such interpreter')\n")
        broken.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(broken))
        with Judge(tmp_path, store=tmp_path) as judge, pytest.raises(
                JudgeError, match="engine: did not start: no such interpreter; run"):
            Lab(judge, tmp_path).run(SEVEN, RIGHT)


@contextmanager
def _store(folder: Path, place: str) -> Iterator[Path]:
    store = folder / "store"
    options = {"read-only": "ro", "full": "size=8k", "no inodes": "nr_inodes=3"}.get(place)
    if options is None:
        store.write_text("")
        yield store
        return
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    store.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(store)],
                          capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"cannot mount here: {made.stderr}")
    try:
        if place == "full":
            (store / "rest").write_bytes(bytes(4096))
        yield store
    finally:
        subprocess.run(["umount", "-l", str(store)], check=True)


class TestVisibleAndHidden:
    VISIBLE = """
        def test_a():
            assert solve(1) == 1
        def test_b():
            assert other() == 2
        @pytest.mark.perf
        def test_fast():
            assert solve(2) == 2
        """

    @staticmethod
    def plain(report: Report) -> list[tuple[object, ...]]:
        return [(row.name, row.status, row.stage, row.group, row.message, row.failure, row.output,
                 row.limit_s) for row in report.tests if not row.hidden]

    @pytest.mark.parametrize("submission", [
        "def other(): return 2",
        "def other(): return 3",
        "def other(): print('hello'); raise ValueError('x')",
        # knows a hidden test when it meets one, and does what it can
        "import os\ndef other(): return 2\ndef solve(n):\n    if n > 9: os._exit(0)\n    return n",
        "def other(): return 2\ndef solve(n):\n    while n > 9: pass\n    return n",
    ])
    def test_visible_rows_are_the_same_with_and_without(self, lab: Lab, submission: str) -> None:
        lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=0.2, memory_mib=128))
        alone = lab.run(self.VISIBLE, submission)
        both = lab.run(self.VISIBLE, submission, hidden="""
def test_h():
    assert solve(10) == 10
def test_i():
    assert solve(11) == 11
""")
        assert self.plain(both) == self.plain(alone)
        assert (alone.scope, both.scope) == (Scope.VISIBLE, Scope.FULL)
        assert [row.hidden for row in both.tests] == [False, False, True, True, False]
        assert not any(row.hidden for row in alone.tests)
        assert alone.verdict in (both.verdict, Verdict.ACCEPTED)

    def test_a_hidden_suite_is_not_read_before_the_visible_one_is_sealed(self, lab: Lab) -> None:
        """It appears only while the last visible test runs: nothing looked for it before."""
        hidden = lab.folder / "late" / "test_hidden_labkata.py"
        suite(lab, f"""
            from pathlib import Path
            def test_it():
                place = Path({str(hidden)!r})
                assert not place.exists()
                assert solve() == 7
                place.parent.mkdir()
                place.write_text("from labkata import *\\ndef test_h():\\n    assert solve() == 8")
            """)
        report = lab.judge.judge(replace(asked(lab, RIGHT, hidden), seed=b"seed"))
        assert [(row.name, row.status) for row in report.tests] == [
            ("test_it", Status.PASSED), ("test_h", Status.FAILED)]

    def test_a_hidden_suite_is_not_run_for_what_does_not_compile(self, lab: Lab) -> None:
        report = lab.run(self.VISIBLE, "def solve(:", hidden="def test_h():\n    assert solve(1)")
        assert report.verdict is Verdict.COMPILE_ERROR
        assert not any(row.hidden for row in report.tests)

    def test_of_a_module_that_does_not_load_no_hidden_test_is_run(self, lab: Lab) -> None:
        report = lab.run(self.VISIBLE, "raise ValueError('at once')",
                         hidden="def test_h():\n    assert solve(1) == 1\ndef test_i(): pass")
        assert report.verdict is Verdict.RUNTIME_ERROR
        assert [(row.name, row.status, row.message) for row in report.tests if row.hidden] == [
            (name, Status.NOT_RUN, "the module could not be loaded")
            for name in ("test_h", "test_i")]

    @pytest.mark.parametrize(("other", "run"), [(2, [1, 2]), (3, [2])])
    def test_hidden_performance_of_a_stage_that_is_wrong_is_not_run(
        self, lab: Lab, other: int, run: list[int]
    ) -> None:
        """It could earn nothing; that of another stage can."""
        lab.kata = replace(lab.kata, stages=(Stage(Text("a", "a"), 60), Stage(Text("b", "b"), 40)))
        report = lab.run(self.VISIBLE, f"def other(): return {other}", hidden="""
            import pytest
            def test_h():
                assert solve(5) == 5
            @pytest.mark.stage(2)
            def test_i():
                assert solve(6) == 6
            @pytest.mark.perf
            def test_fast_h():
                assert solve(7) == 7
            @pytest.mark.perf
            @pytest.mark.stage(2)
            def test_fast_i():
                assert solve(8) == 8
            """)
        rows = [row for row in report.tests if row.hidden and row.group is Group.PERF]
        assert [row.stage for row in rows] == [1, 2]
        assert [row.stage for row in rows if row.status is Status.PASSED] == run
        assert {row.status for row in rows} <= {Status.PASSED, Status.NOT_RUN}
        # Of stage 1 test_a, test_b, test_h and the two that are fast.
        assert [stage.earned for stage in report.stages] == [60 if other == 2 else 24, 40]

    CUT = """
        @pytest.mark.perf
        def test_one():
            assert solve(1) == 1
        @pytest.mark.perf
        def test_two():
            assert solve(2) == 2
        """
    HIDDEN = "def test_h():\n    assert solve(9) == 9\n" \
        "@pytest.mark.perf\ndef test_fast_h():\n    assert solve(8) == 8"

    @pytest.mark.parametrize(("slow", "status"), [
        ("n in (1, 2)", Status.NOT_RUN), ("n == 2", Status.PASSED)])
    def test_two_abnormal_ends_before_spare_hidden_performance(
        self, lab: Lab, slow: str, status: Status
    ) -> None:
        lab.kata = replace(lab.kata, limits=Limits(perf_cpu_s=0.1, memory_mib=128))
        source = f"def solve(n):\n    while {slow}: pass\n    return n"
        report = lab.run(self.CUT, source, hidden=self.HIDDEN)
        assert report.verdict is Verdict.TIME_LIMIT_EXCEEDED
        assert {row.name: row.status for row in report.tests if row.hidden} == {
            "test_h": Status.PASSED, "test_fast_h": status}

    def test_a_proof_has_every_hidden_test_run(self, lab: Lab) -> None:
        lab.kata = replace(lab.kata, limits=Limits(perf_cpu_s=0.1, memory_mib=128))
        hidden = lab.folder / "test_hidden_labkata.py"
        hidden.write_text(f"import pytest\nfrom labkata import *\n{self.HIDDEN}\n")
        suite(lab, self.CUT)
        request = asked(lab, "def solve(n):\n    while n < 3: pass\n    return n", hidden)
        report = lab.judge.judge(replace(request, whole=True))
        assert [row.status for row in report.tests if row.hidden] == [Status.PASSED] * 2

    def test_a_fault_of_the_hidden_suite_is_the_judges(self, lab: Lab) -> None:
        report = lab.run(self.VISIBLE, "def other(): return 2", hidden="import no_such_module")
        assert (report.verdict, report.points) == (Verdict.JUDGE_ERROR, 0.0)

    def test_tests_of_one_name_in_both_suites_or_two_classes_are_different_tests(
        self, lab: Lab
    ) -> None:
        classes = """
            class TestOne:
                def test_a(self):
                    assert solve(1) == 1
            class TestTwo:
                def test_a(self):
                    assert solve(2) == 2
            """
        report = lab.run(classes, "", hidden="def test_a():\n    assert solve(3) == 3")
        assert report.accepted, report.tests
        assert len(report.tests) == 3


class TestSuitesAtFault:
    """What no submission can cause is never put down to one."""

    FAULTS = (
        ("@pytest.fixture\ndef broken(): raise RuntimeError('mine')\n"
         "def test_it(broken):\n    assert solve() == 7", "mine"),
        ("def test_it():\n    assert solve(1 << 40_000) == 7", "an int of"),
        ("def test_it():\n    x = []\n    for _ in range(70): x = [x]\n    assert solve(x) == 7",
         "nested"),
        ("def test_it():\n    assert solve(list(range(2_100_000))) == 7",
         "more than 2000000 values"),
        ("import no_such_module", "no_such_module"),
        ("def test_it(:", "invalid syntax"),
        ("", "not every expected test was run"),
    )

    def test_is_a_judge_error_that_says_what(self, lab: Lab, tmp_path: Path) -> None:
        """All at once: each is tried again, on one fresh engine."""
        requests = []
        for number, (text, _) in enumerate(self.FAULTS):
            folder = tmp_path / f"fault{number}"
            folder.mkdir()
            lab.kata = replace(lab.kata, folder=folder,
                               limits=Limits(test_cpu_s=3.0, memory_mib=512))
            suite(lab, text)
            requests.append(asked(lab, RIGHT))
        reports = dict(lab.judge.judge_many(requests))
        for number, (text, told) in enumerate(self.FAULTS):
            report = reports[number]
            assert (report.verdict, report.points) == (Verdict.JUDGE_ERROR, 0.0), text
            assert told in report.message

    @pytest.mark.parametrize("body", [
        r"xDs\x03\0\0\0abc", r"xft\x02\0\0\0i" + r"\0" * 8 + "i" + r"\0" * 8, r"s\xff\xff\xff\xff",
        r"I\xff\xff\0\0", "VlL", "q", ""])
    def test_a_forged_message_is_the_learners(self, lab: Lab, body: str) -> None:
        lab.kata = replace(lab.kata, api=replace(lab.kata.api,
                                                 result_types=("Decimal", "Fraction")))
        report = lab.run(
            SEVEN + "\ndef test_after():\n    assert other() is None",
            f"""
            import gc, struct
            def solve():
                for each in gc.get_objects():
                    if type(each).__name__ == "Worker":
                        body = b"t\\x02\\0\\0\\0s\\x02\\0\\0\\0ok" + b"{body}"
                        each.channel.sendall(struct.pack("<I", len(body)) + body)
                return 7
            """)
        first, after = (row.status for row in report.tests)
        assert first in (Status.CRASHED, Status.OUTPUT_LIMIT)
        assert after is Status.PASSED

    def test_what_takes_the_judge_too_long_in_one_c_call_is_the_learners(self, lab: Lab) -> None:
        """No signal handler runs in it: left alone, this set would take twenty minutes."""
        lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=5.0, memory_mib=256))
        suite(lab, "def test_before():\n    assert other() is None\n"
                   "def test_it():\n    assert len(set(solve())) == 3\n"
                   "def test_after():\n    assert other() is None")
        source = DEFAULTS + "def solve(): return [i * (2**61 - 1) for i in range(300_000)]"
        engine = fork_engine(lab.judge)
        engine.send(Job("job", lab.kata, lab.kata.suite, True, source.encode(), b"seed",
                        judge_cpu_s=1.0))
        told = engine.receive()
        assert told is not None
        decision = decide(lab.kata, (told,))
        assert decision.verdict is Verdict.TIME_LIMIT_EXCEEDED, decision.message
        assert [row.status for row in decision.tests] == [
            Status.PASSED, Status.TIME_LIMIT, Status.NOT_RUN]
        assert [row.hidden for row in decision.tests] == [True] * 3
        assert "took the judge too long" in decision.tests[1].message


class TestSeeds:
    DRAWS = "def test_it(rng):\n    assert rng.random() == solve()"

    def drawn(self, lab: Lab, seed: bytes, text: str = DRAWS) -> tuple[str, Report]:
        suite(lab, text)
        report = lab.judge.judge(replace(asked(lab, "def solve(): return 2.0"), seed=seed))
        return report.tests[0].failure.got + report.tests[0].failure.expected, report

    def test_decide_what_a_suite_draws(self, lab: Lab) -> None:
        one, report = self.drawn(lab, b"one")
        assert self.drawn(lab, b"one")[0] == one
        assert self.drawn(lab, b"two")[0] != one
        assert report.seed == b"one".hex()

    def test_differ_from_test_to_test(self, lab: Lab) -> None:
        two = self.DRAWS + "\ndef test_other(rng):\n    assert rng.random() == solve()"
        _, report = self.drawn(lab, b"one", two)
        first, second = (row.failure for row in report.tests)
        assert first != second

    def test_are_the_same_for_every_submission_by_default(self, lab: Lab) -> None:
        suite(lab, self.DRAWS)
        assert default_seed(asked(lab, RIGHT)) == default_seed(asked(lab, "def solve(): return 1"))
        assert len(default_seed(asked(lab, RIGHT))) == 16
        before = default_seed(asked(lab, RIGHT))
        suite(lab, SEVEN)
        assert default_seed(asked(lab, RIGHT)) != before

    def test_cannot_be_read_by_a_submission(self, lab: Lab) -> None:
        """The default one comes from public files; one that is given is a secret."""
        secret = os.urandom(16)
        suite(lab, "def test_it():\n    assert solve() is False")
        report = lab.judge.judge(replace(asked(lab, f"""
import gc, os
def solve():
    marks = ({secret.hex()[:16]!r}, {secret.hex()[16:]!r})
    own = sum(len(str(each)) for each in ())
    texts = [repr(each) for each in (os.environ, [o for o in gc.get_objects()
                                                  if type(o) is dict and "seed" in o])]
    return any(marks[0] + marks[1] in text for text in texts)
"""), seed=secret))
        assert report.accepted, report.tests


class TestTheSandboxDemanded:
    def test_is_no_hindrance_where_every_layer_is_on(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        with Judge(tmp_path, jobs=1, require_sandbox=True, use_cache=False,
                   store=tmp_path) as judge:
            if fork_engine_layers(judge) != set(sandbox.LAYERS):
                pytest.skip("a layer is missing here")
            report = Lab(judge, tmp_path).run(SEVEN, RIGHT)
        assert report.accepted
        assert report.protections == tuple(Protection(name, True) for name in sandbox.LAYERS)

    def test_names_the_missing_layer_and_what_to_do(self, tmp_path: Path) -> None:
        with Judge(tmp_path, engine="subprocess", require_sandbox=True, store=tmp_path) as judge, \
                pytest.raises(JudgeError, match=r"sandbox: the layer \w+ is missing here \(.+\); "
                                                "judge on a machine that has it"):
            Lab(judge, tmp_path).run(SEVEN, RIGHT)

    def test_a_missing_layer_is_told_in_every_report(self, tmp_path: Path) -> None:
        with Judge(tmp_path, engine="subprocess", use_cache=False, store=tmp_path) as judge:
            report = Lab(judge, tmp_path).run(SEVEN, RIGHT)
        assert report.accepted
        off = {each.name: each.why for each in report.protections if not each.on}
        assert off["namespaces"]
        assert off["private_root"]


def fork_engine_layers(judge: Judge) -> set[str]:
    try:
        return set(fork_engine(judge).layers)
    except JudgeError:
        return set()


def test_this_module_leaves_the_limits_of_the_process_alone() -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft >= 256


