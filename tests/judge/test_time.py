"""Limits are CPU time: what counts against them, what is run again, what is left out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graders.judge import clock
from graders.judge.judge import Judge
from graders.judge.records import Job, Narration
from graders.judge.request import Request
from graders.model import (
    Group,
    Limits,
    Report,
    Stage,
    Status,
    Submission,
    TestResult,
    Text,
    Verdict,
)

from .conftest import DEFAULTS, Lab

LIMIT_S = 0.2  # reference seconds
TRIES = 8

# `burn(s)` uses that many reference seconds of CPU, by the clock the judge reads too.
BURN = """
import time
def burn(seconds):
    end = time.process_time() + seconds * FACTOR
    while time.process_time() < end: pass
def solve(share=0.0, answer=1):
    burn(share * LIMIT)
    return answer
"""
# One process runs a suite, so it can count the runs of a test that fresh workers cannot know of.
RUNS = """
runs = []
def run():
    runs.append(1)
    return len(runs)
"""


def statuses(report: Report) -> list[Status]:
    return [row.status for row in report.tests]


class Bench:
    """A laboratory whose submissions can use a known share of the limit."""

    def __init__(self, lab: Lab, limit_s: float = LIMIT_S, factor: float = 0.0) -> None:
        self.lab, self.limit_s, self.factor = lab, limit_s, factor
        self.set_limits()

    def set_limits(self, **limits: object) -> None:
        fields: dict[str, object] = {"test_cpu_s": self.limit_s, "memory_mib": 128, **limits}
        self.lab.kata = replace(self.lab.kata, limits=Limits(**fields))  # type: ignore[arg-type]

    def run(self, suite: str, submission: str = "") -> Report:
        self.lab.judge._engine(128)
        factor = self.factor or self.lab.judge._factor  # as jobs before this one have mended it
        head = f"FACTOR, LIMIT = {factor}, {self.limit_s}\n{BURN}"
        return self.lab.run(RUNS + suite, head + submission)


@pytest.fixture
def bench(lab: Lab) -> Bench:
    return Bench(lab)


@pytest.fixture(scope="module")
def own_judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge in this process, whose factor can be set."""
    store = tmp_path_factory.mktemp("own")
    with Judge(store, jobs=1, engine="subprocess", use_cache=False, store=store) as judge:
        yield judge


class Steady(Bench):
    """For what must end in TIME_LIMIT between 1.0 and 1.4 of the limit, however busy we are.

    The judge believes in a machine half as fast as it is, finds out in the first run, and then
    takes the pace of that moment for the fastest.
    """

    def run(self, suite: str, submission: str = "") -> Report:
        self.factor = min(clock.spin() for _ in range(5)) / clock.REFERENCE_SPIN_S
        self.lab.judge._engine(128).factor = 2 * self.factor  # type: ignore[attr-defined]
        return super().run(suite, submission)


@pytest.fixture
def steady(own_judge: Judge, tmp_path: Path) -> Steady:
    return Steady(Lab(own_judge, tmp_path), 0.06)


def met(bench: Bench, expected: Callable[[Report], bool], suite: str,
        submission: str = "") -> Report:
    """Judge until what is expected was met, at most TRIES times; return the last Report.

    Processors here change their speed by 1.6 between one run and the next. A submission that uses
    a stated part of its limit needs a stretch of one speed; a judge without the rule never meets
    what is expected.
    """
    for _ in range(TRIES):
        report = bench.run(suite, submission)
        if expected(report):
            break
    return report


def judged(lab: Lab, suite: str, submission: str, alone: bool = False) -> Narration:
    """Return what an engine tells of one job, before anything is decided or asked again."""
    lab.kata.suite.write_text(f"from labkata import *\n{RUNS}{suite}")
    engine = lab.judge._engine(128)
    engine.send(Job("job", lab.kata, lab.kata.suite, False, (DEFAULTS + submission).encode(),
                    b"seed", alone))
    told = engine.receive()
    assert told is not None
    return told


class TestTheClock:
    def test_does_not_run_while_a_submission_sleeps(self, bench: Bench) -> None:
        report = bench.run("def test_it():\n    assert solve(0.2) == 1",
                           "def solve(share): time.sleep(1.2); burn(share * LIMIT); return 1")
        row = report.tests[0]
        assert row.status is Status.PASSED
        assert row.cpu_s < LIMIT_S

    def test_reads_reference_seconds(self, bench: Bench) -> None:
        row = bench.run("def test_it():\n    assert solve(0.5) == 1").tests[0]
        assert row.limit_s == LIMIT_S
        assert 0.5 * LIMIT_S <= row.cpu_s < 0.9 * LIMIT_S

    def test_counts_all_calls_of_a_test_together(self, bench: Bench) -> None:
        row = bench.run("def test_it():\n    assert [solve(0.4) for _ in range(5)] == 1").tests[0]
        assert row.status is Status.TIME_LIMIT

    def test_counts_threads_that_outlive_their_call(self, bench: Bench) -> None:
        bench.lab.kata = replace(bench.lab.kata, threads=1)
        report = bench.run(
            """
def test_it():
    assert solve() == 1
    assert [other() for _ in range(40)] == [None] * 40
""",
            """
import threading
def solve():
    threading.Thread(target=burn, args=(3.0,), daemon=True).start()
    return 1
def other(): time.sleep(0.02)
""")
        assert report.tests[0].status is Status.TIME_LIMIT

    def test_is_looked_at_while_the_suite_waits_for_a_connection(self, bench: Bench) -> None:
        bench.lab.kata = replace(bench.lab.kata, network=True, threads=1)
        report = bench.run(
            """
def test_an_answer():
    with client(solve(), timeout_s=60) as peer:
        peer.recv()
def test_a_connection():
    with listener(timeout_s=60) as backend:
        solve()
        backend.accept()
""",
            """
import socket, threading
def solve():
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=burn, args=(30.0,), daemon=True).start()
    globals()["kept"] = server
    return server.getsockname()[1]
""")
        assert statuses(report) == [Status.TIME_LIMIT] * 2
        for row in report.tests:
            assert row.message.startswith("used: stopped after")

    def test_does_not_count_what_the_suite_needs(self, bench: Bench) -> None:
        row = bench.run("""
import time
def test_it():
    end = time.process_time() + 0.5
    while time.process_time() < end: pass
    assert solve() == 1
""").tests[0]
        assert row.status is Status.PASSED
        assert row.cpu_s < LIMIT_S / 2

    def test_starts_anew_for_each_test(self, bench: Bench) -> None:
        report = bench.run("""
import pytest
@pytest.mark.parametrize("n", range(4))
def test_it(n):
    assert solve(0.6) == 1
""")
        assert report.verdict is Verdict.ACCEPTED, report.tests


class TestEndlessText:
    @pytest.mark.parametrize("code", [
        "while True: pass",
        "return pow(3, 10**9)",  # one opcode, one C call
        "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')",
        "return sum(range(10**12))",
        "return sorted([[0]] * 10**6, key=lambda x: sum(range(10**5)))",
    ])
    def test_work_is_stopped_wherever_it_is(self, bench: Bench, code: str) -> None:
        began_s = time.monotonic()
        row = bench.run("def test_it():\n    assert solve() == 1",
                        f"def solve():\n    {code}").tests[0]
        assert row.status is Status.TIME_LIMIT
        assert f"the limit is {LIMIT_S:g} s" in row.message
        assert "stopped after" in row.message
        assert time.monotonic() - began_s < 8

    def test_waiting_is_told_apart_from_work(
        self, lab: Lab, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """All at once: waiting costs two seconds each and no processor."""
        ways = {
            "sleep": "time.sleep(600)",
            "deadlock": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
            "pipe": "os.read(os.pipe()[0], 1)",
            "signal": "signal.pause()",
            "standard input": "while not input(): pass",
            "stopped": "os.kill(os.getpid(), signal.SIGSTOP)",
            "naps": "[time.sleep(0.01) for _ in range(9999)]",
        }
        lab.kata.suite.write_text("from labkata import *\ndef test_it():\n    assert solve() == 1")
        while_loading = "import os, signal, threading, time\ntime.sleep(600)"
        sources = [f"import os, signal, threading, time\ndef solve():\n    {code}"
                   for code in ways.values()]
        requests = [Request(lab.kata, Submission("labkata", (DEFAULTS + each).encode()))
                    for each in (*sources, while_loading)]
        store = tmp_path_factory.mktemp("wide")
        began_s = time.monotonic()
        with Judge(store, jobs=len(requests), use_cache=False, store=store) as judge:
            reports = dict(judge.judge_many(requests))
        for index, name in enumerate((*ways, "while loading")):
            row = reports[index].tests[0]
            if name == "standard input":  # it is empty, and that is no waiting
                assert row.status is Status.RUNTIME_ERROR
                continue
            assert row.status is Status.TIME_LIMIT, name
            assert row.message.startswith("blocked or sleeping: "), name
            assert row.cpu_s < LIMIT_S
        assert time.monotonic() - began_s < 12

class TestTheBandAboveTheLimit:
    def test_a_factor_measured_too_slow_is_mended_before_it_accepts(self, steady: Steady) -> None:
        engine = steady.lab.judge._engine(128)
        report = met(steady, lambda made: made.verdict is Verdict.TIME_LIMIT_EXCEEDED,
                     "def test_it():\n    assert solve(1.9) == 1")  # 0.95 of it
        too_slow = 2 * steady.factor
        assert report.verdict is Verdict.TIME_LIMIT_EXCEEDED, report.tests
        mended = engine.factor  # type: ignore[attr-defined]
        assert mended < 0.9 * too_slow
        kept = json.loads((steady.lab.judge.store / f"speed-{clock.machine_id()}.json").read_text())
        assert kept["factor"] <= mended
        assert report.machine.factor <= round(mended, 4)

    def test_a_test_that_was_slow_once_passes(self, bench: Bench) -> None:
        report = bench.run("""
def test_it():
    assert solve(1.2 if run() == 1 else 0.1) == 1
def test_runs():
    assert len(runs) == 2
""")
        assert report.verdict is Verdict.ACCEPTED, report.tests
        assert report.tests[0].cpu_s < LIMIT_S

    def test_the_fourth_run_still_counts(self, bench: Bench) -> None:
        report = met(bench, lambda made: made.accepted, """
def test_it():
    assert solve(1.25 if run() < 4 else 0.1) == 1
def test_runs():
    assert len(runs) in (2, 3, 4)  # fewer where the machine was busy
""")
        assert report.verdict is Verdict.ACCEPTED, report.tests

    @pytest.mark.parametrize(("second", "status"), [
        ("solve(0, answer=2)", Status.FAILED),
        ("solve(2.0)", Status.TIME_LIMIT),
        ("other()", Status.RUNTIME_ERROR),
        ("count(0)", Status.CRASHED),
    ])
    def test_a_later_run_that_fails_decides(
        self, bench: Bench, second: str, status: Status
    ) -> None:
        report = bench.run(
            f"def test_it():\n    assert (solve(1.2) if run() == 1 else {second}) == 1",
            "import os\ndef other(): raise ValueError\ndef count(n): os._exit(3)")
        assert statuses(report) == [status]

    @pytest.mark.parametrize("first", ["solve(0.5)", "solve(1.2, answer=2)", "solve(1.6)"])
    def test_below_the_limit_wrong_or_far_above_it_nothing_is_run_again(
        self, bench: Bench, first: str
    ) -> None:
        report = bench.run(f"""
def test_it():
    run()
    assert {first} == 1
def test_runs():
    assert len(runs) == 1
""")
        assert report.tests[1].status is Status.PASSED

    @pytest.mark.parametrize(("mib", "runs"), [(100, 2), (1, 1)])
    def test_stopped_it_is_run_again_where_cold_memory_may_explain_it(
        self, bench: Bench, mib: int, runs: int
    ) -> None:
        report = bench.run(
            f"""
def test_it():
    assert solve(1.6 if run() == 1 else 0.1, {mib}) == 1
def test_runs():
    assert len(runs) == {runs}
""",
            """
def solve(share, mib):
    kept = b"x" * (mib << 20)
    burn(share * LIMIT)
    return 1
""")
        assert statuses(report) == [Status.PASSED if runs == 2 else Status.TIME_LIMIT,
                                    Status.PASSED]

    def test_memory_excuses_no_more_than_it_may_have_cost(self, bench: Bench) -> None:
        bench.set_limits(test_cpu_s=3.0)
        report = bench.run(
            """
def test_it():
    run()
    assert solve() == 1
def test_runs():
    assert len(runs) == 1
""",
            """
def solve():
    kept = b"x" * (60 << 20)
    burn(5.0)
    return 1
""")
        assert statuses(report) == [Status.TIME_LIMIT, Status.PASSED]

    def test_each_run_has_a_fresh_worker_and_an_empty_work_directory(self, bench: Bench) -> None:
        report = bench.run(
            """
def test_it(workdir):
    run()
    assert solve(workdir) == []
def test_runs():
    assert len(runs) >= 2
""",
            """
import os
seen = []
def solve(folder):
    found = [*seen, *os.listdir(folder)]
    seen.append(1)
    open(f"{folder}/left", "w").close()
    burn(1.2 * LIMIT)
    return found
""")
        assert report.tests[0].status in (Status.PASSED, Status.TIME_LIMIT), report.tests
        assert report.tests[1].status is Status.PASSED

    def test_each_run_has_the_same_seed(self, bench: Bench) -> None:
        report = bench.run("""
drawn = []
def test_it(rng):
    drawn.append(rng.random())
    assert solve(1.2 if run() == 1 else 0.1) == 1
def test_runs():
    assert len(drawn) == 2
    assert len(set(drawn)) == 1
""")
        assert report.verdict is Verdict.ACCEPTED, report.tests


class TestABusyMachine:
    """The factor is set low, so that the machine looks as if it had become slower."""

    @pytest.fixture(params=[1.8])  # 2.5 where the machine is in its slower mood
    def busy(self, lab: Lab, tmp_path_factory: pytest.TempPathFactory,
             request: pytest.FixtureRequest) -> Lab:
        store = tmp_path_factory.mktemp("busy")
        lab.judge._engine(128)
        factor = min(clock.machine_factor(store), lab.judge._factor) / request.param
        clock.keep(store, factor)
        self.judge = Judge(store, jobs=1, use_cache=False, store=store)
        busy = Lab(self.judge, lab.folder)
        busy.kata = replace(lab.kata, limits=Limits(test_cpu_s=0.6, memory_mib=128))
        return busy

    @pytest.fixture(autouse=True)
    def _closed(self) -> object:
        yield
        self.judge.close()

    def test_asks_for_the_job_to_be_judged_again_alone(self, busy: Lab) -> None:
        suite = "def test_it():\n    assert solve() == 1"
        endless = "def solve():\n    while True: pass"
        assert judged(busy, suite, endless).busy
        assert not judged(busy, suite, endless, alone=True).busy
        assert busy.run(suite, endless).verdict is Verdict.TIME_LIMIT_EXCEEDED

    def test_does_not_ask_where_time_decides_nothing(self, busy: Lab) -> None:
        suite = "def test_it():\n    assert solve() == 1"
        assert not judged(busy, suite, "def solve(): return 1").busy
        assert not judged(busy, suite, "def solve(): return 2").busy

    @pytest.mark.parametrize("busy", [6.0], indirect=True)
    def test_says_nothing_by_time_where_it_may_be_wrong_by_half(self, busy: Lab) -> None:
        suite = "def test_it():\n    assert solve() == 1"
        report = busy.run(suite, "def solve():\n    while True: pass")
        assert report.verdict is Verdict.JUDGE_ERROR
        assert "times as long for the same work as it can" in report.message
        assert busy.run(suite, "def solve(): return 1").verdict is Verdict.ACCEPTED

    def test_may_use_more_but_never_more_than_the_cap(self, busy: Lab) -> None:
        """1.25 of the limit passes when alone on a slow machine; 2.0 does not."""
        head = f"FACTOR, LIMIT = {busy.judge._engine(128).factor}, 0.6\n{BURN}"  # type: ignore
        for share, verdict in ((1.25, Verdict.ACCEPTED), (2.0, Verdict.TIME_LIMIT_EXCEEDED)):
            report = busy.run(f"def test_it():\n    assert solve({share}) == 1", head)
            assert report.verdict is verdict, report.tests


class TestLoading:
    def test_has_a_limit_of_its_own(self, bench: Bench) -> None:
        bench.set_limits(load_cpu_s=0.3)
        report = bench.run("def test_it():\n    assert solve() == 1\ndef test_more():\n    solve()",
                           "burn(0.6)")
        assert statuses(report) == [Status.TIME_LIMIT, Status.NOT_RUN]
        assert "loading the module" in report.tests[0].message
        assert "the limit is 0.3 s" in report.tests[0].message

    def test_does_not_count_against_the_test(self, bench: Bench) -> None:
        bench.set_limits(load_cpu_s=1.0)
        report = bench.run("def test_it():\n    assert solve() == 1", "burn(2 * LIMIT)")
        assert report.verdict is Verdict.ACCEPTED, report.tests

    def test_always_above_its_limit_fails(self, steady: Steady) -> None:
        """The band up to 1.4 is for trying again, not a larger limit."""
        steady.set_limits(load_cpu_s=0.1)
        report = met(steady, lambda made: made.verdict is Verdict.TIME_LIMIT_EXCEEDED,
                     "def test_it():\n    assert solve() == 1", "burn(1.2 * 0.1)")
        assert report.verdict is Verdict.TIME_LIMIT_EXCEEDED
        assert "loading the module" in report.tests[0].message


class TestAbnormalEnds:
    suite = """
import pytest
@pytest.mark.parametrize("n", range(5))
def test_it(n):
    assert other(n) is None
"""

    @pytest.mark.parametrize("way", [
        "import os; os._exit(1)", "while True: pass", "return [0] * 2_100_000",
        "print('x' * (2 << 20))", "x = bytearray(160 << 20); x[::4096] = b'x' * (40 << 10)"])
    def test_two_of_them_end_the_submission(self, bench: Bench, way: str) -> None:
        report = bench.run(self.suite, f"def other(n):\n    if n in (1, 3):\n        {way}")
        passed, failed = Status.PASSED, report.tests[1].status
        assert failed in (Status.CRASHED, Status.TIME_LIMIT, Status.OUTPUT_LIMIT,
                          Status.MEMORY_LIMIT)
        assert statuses(report) == [passed, failed, passed, failed, Status.NOT_RUN]
        assert report.tests[4].message == "2 tests had ended abnormally before"

    def test_one_of_them_does_not(self, bench: Bench) -> None:
        report = bench.run(self.suite, "import os\ndef other(n):\n    if n == 1: os._exit(1)")
        assert statuses(report).count(Status.PASSED) == 4

    def test_ordinary_failures_do_not(self, bench: Bench) -> None:
        report = bench.run(self.suite, "def other(n): raise ValueError(n)")
        assert statuses(report) == [Status.RUNTIME_ERROR] * 5


class TestPerformance:
    suite = """
import pytest
@pytest.mark.perf
def test_fast():
    assert solve(1.5) == 1
@pytest.mark.stage(2)
@pytest.mark.perf
def test_fast_too():
    assert solve(0) == 1
def test_right():
    assert other() == 1
@pytest.mark.stage(2)
def test_right_too():
    assert count(1) == [1]
"""

    def stages(self, bench: Bench) -> None:
        both = Text("x", "x")
        bench.lab.kata = replace(bench.lab.kata, stages=(Stage(both, 60), Stage(both, 40)))
        bench.lab.kata = replace(bench.lab.kata, api=replace(bench.lab.kata.api, iterators=(),
                                                             functions=("solve", "other", "count")))

    def test_has_its_own_limit_and_comes_last(self, bench: Bench) -> None:
        bench.set_limits(perf_cpu_s=3 * LIMIT_S)
        self.stages(bench)
        report = bench.run(self.suite, "def other(): return 1\ndef count(n): return [1]")
        assert [row.name for row in report.tests] == [
            "test_right", "test_right_too", "test_fast", "test_fast_too"]
        assert [row.group for row in report.tests] == [Group.CORRECTNESS] * 2 + [Group.PERF] * 2
        assert [row.limit_s for row in report.tests] == pytest.approx([LIMIT_S] * 2 + [0.6] * 2)
        assert (report.verdict, report.points) == (Verdict.ACCEPTED, 100.0)

    def test_runs_only_when_the_rest_of_its_stage_passed(self, bench: Bench) -> None:
        self.stages(bench)
        report = bench.run(self.suite, "def other(): return 2\ndef count(n): return [1]")
        rows = {row.name: row for row in report.tests}
        assert rows["test_fast"].status is Status.NOT_RUN
        assert rows["test_fast"].message == "a correctness test of its stage failed"
        assert rows["test_fast_too"].status is Status.PASSED
        assert report.points == 40.0
        assert report.verdict is Verdict.WRONG_ANSWER

    def test_of_a_stage_without_other_tests_waits_for_the_stage_before(self, bench: Bench) -> None:
        self.stages(bench)
        alone = """
import pytest
@pytest.mark.stage(1)
def test_right():
    assert other() == 1
@pytest.mark.perf
@pytest.mark.stage(2)
def test_fast():
    assert count(1) == [1]
"""
        wrong = bench.run(alone, "def other(): return 2\ndef count(n): return [1]")
        assert statuses(wrong) == [Status.FAILED, Status.NOT_RUN]
        assert wrong.points == 0.0
        right = bench.run(alone, "def other(): return 1\ndef count(n): return [1]")
        assert (right.verdict, right.points) == (Verdict.ACCEPTED, 100.0)

    def test_that_is_too_slow_costs_its_own_points_only(self, bench: Bench) -> None:
        bench.set_limits(perf_cpu_s=LIMIT_S)
        self.stages(bench)
        report = bench.run(self.suite, "def other(): return 1\ndef count(n): return [1]")
        assert statuses(report) == [Status.PASSED, Status.PASSED, Status.TIME_LIMIT, Status.PASSED]
        assert (report.points, report.verdict) == (70.0, Verdict.TIME_LIMIT_EXCEEDED)


def test_a_test_may_have_a_limit_of_its_own(bench: Bench) -> None:
    bench.set_limits(tests={"test_long": 4 * LIMIT_S, "test_short": LIMIT_S / 4})
    report = bench.run("""
import pytest
@pytest.mark.parametrize("n", [1, 2])
def test_long(n):
    assert solve(2.0) == 1
def test_short():
    assert solve(0.8) == 1
def test_usual():
    assert solve(0.8) == 1
""")
    assert statuses(report) == [Status.PASSED, Status.PASSED, Status.TIME_LIMIT, Status.PASSED]
    assert [row.limit_s for row in report.tests] == [0.8, 0.8, 0.05, 0.2]


def test_a_report_says_what_was_used(bench: Bench) -> None:
    report = bench.run("def test_a():\n    solve(0.5)\ndef test_b():\n    solve(0.25)")
    rows: tuple[TestResult, ...] = report.tests
    assert report.cpu_s == pytest.approx(sum(row.cpu_s for row in rows))
    assert report.wall_s > 0
    assert report.machine.factor == pytest.approx(
        bench.lab.judge._factor, abs=1e-4)  # as jobs have mended it
    assert 1 < report.peak_mib < 128
