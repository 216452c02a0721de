"""Rules of docs/security.md that are about more than one process, or about the wire between."""

from __future__ import annotations

import os
import signal
import socket
import threading
from contextlib import nullcontext
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pytest

from graders.judge import channel, wire
from graders.judge.facts import Fact
from graders.judge.judge import Judge
from graders.judge.plugin import JudgePlugin
from graders.judge.records import Exit, Job, Narration
from graders.judge.verdict import decide
from graders.model import Limits, Status, Verdict

from .conftest import DEFAULTS, Lab
from .test_judge import at_work, fork_engine, left_of, suite

SLEEPS = "import time\ndef solve(): time.sleep(60); return 7"
SEVEN = "def test_it():\n    assert solve() == 7"


def send(lab: Lab, text: str, submission: str, **more: Any) -> None:
    """Have the engine judge, without waiting."""
    suite(lab, text)
    fork_engine(lab.judge).send(Job(lab.kata.suite.parent.name, lab.kata, lab.kata.suite, False,
                                    (DEFAULTS + submission).encode(), b"seed", **more))


def told(lab: Lab) -> Narration:
    narration = fork_engine(lab.judge).receive()
    assert narration is not None
    return narration


@pytest.fixture
def own(tmp_path: Path) -> Any:
    """A laboratory whose engine may be killed; what sleeps in it has half a minute to do so."""
    tmp_path.chmod(0o755)
    with Judge(tmp_path, jobs=2, use_cache=False, store=tmp_path / "store") as judge:
        lab = Lab(judge, tmp_path)
        lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=15, memory_mib=128))
        yield lab


class TestNamespaces:
    def test_are_new_for_each_submission_and_shared_as_told(self, own: Lab) -> None:
        send(own, SEVEN, SLEEPS)
        there = at_work(fork_engine(own.judge))

        def of(pid: int) -> dict[str, str]:
            return {kind: os.readlink(f"/proc/{pid}/ns/{kind}")
                    for kind in ("user", "net", "pid", "ipc", "mnt")}

        host, child, init, worker = (of(pid) for pid in (
            os.getpid(), there["child"][0].pid, there["init"][0].pid, there["worker"][0].pid))
        assert worker == init
        assert {kind for kind in host if child[kind] != host[kind]} == {"user", "net"}
        assert init["net"] == child["net"]
        assert {kind for kind in host if init[kind] != child[kind]} == {"user", "pid", "ipc", "mnt"}
        assert not set(init.values()) & set(host.values())
        # Of one thread each: a fork beside another can deadlock, and unshare answers EINVAL.
        engine = fork_engine(own.judge)
        pids = [engine.pid, engine.nursery, *(each.pid for kind in ("child", "joiner", "init")
                                              for each in there[kind])]
        assert [psutil.Process(pid).num_threads() for pid in pids] == [1] * 5


class TestWhatDiesWithWhat:
    @pytest.mark.parametrize(("whom", "survive"), [
        ("engine", []), ("nursery", ["engine", "template", "child"]),
        ("joiner", ["engine", "nursery", "template", "child"]),
        ("init", ["engine", "nursery", "template", "child"]), ("template", ["engine", "nursery"]),
        ("child", ["engine", "nursery", "template"])])
    def test_nothing_outlives_what_it_works_for(
        self, own: Lab, whom: str, survive: list[str]
    ) -> None:
        """At once: the submission would sleep on, and its wall limit is half a minute away."""
        engine = fork_engine(own.judge)
        send(own, SEVEN, SLEEPS)
        at_work(engine)
        there = at_work(engine)
        pids = {"engine": [engine.pid], "nursery": [engine.nursery],
                **{kind: [each.pid for each in found] for kind, found in there.items()}}
        doomed = [psutil.Process(pid) for kind, found in pids.items() if kind not in survive
                  for pid in found]
        assert len(doomed) >= 2
        os.kill(pids[whom][0], signal.SIGKILL)
        assert left_of(doomed) == []


    def test_a_judge_child_that_is_busy_with_its_suite_dies_with_the_engine(
        self, own: Lab
    ) -> None:
        """It talks to nobody, so no closed line tells it; it sleeps longer than we wait."""
        engine = fork_engine(own.judge)
        send(own, "def test_it():\n    import time\n    time.sleep(60)", "")
        (child,) = at_work(engine)["child"]
        os.kill(engine.pid, signal.SIGKILL)
        assert left_of([child]) == []

    def test_init_takes_no_signal_at_all(self, own: Lab) -> None:
        """The kernel keeps from pid 1 what it has at its default; a handler would be a door."""
        send(own, SEVEN, SLEEPS)
        (init,) = at_work(fork_engine(own.judge))["init"]
        held = dict(line.split(":\t") for line in
                    Path(f"/proc/{init.pid}/status").read_text().splitlines() if "Sig" in line)
        assert {held["SigCgt"], held["SigIgn"], held["SigBlk"]} == {"0" * 16}


class TestJobs:
    def test_are_no_more_at_once_than_memory_allows(self, tmp_path: Path) -> None:
        with Judge(tmp_path, jobs=2, store=tmp_path) as judge:
            engine = judge._engine(1 << 24)  # 16 TiB each
            assert psutil.Process(engine.pid).cmdline()[-2] == "1"  # type: ignore[attr-defined]

    def test_that_must_be_alone_are(self, own: Lab, tmp_path: Path) -> None:
        """The suites write down when they began and ended."""
        for name, alone in (("a", False), ("b", True), ("c", False)):
            folder = tmp_path / name
            folder.mkdir()
            own.kata = replace(own.kata, folder=folder)
            send(own, f"""
                import time
                def test_it():
                    began = time.monotonic()
                    time.sleep(0.3)
                    assert solve() == 7
                    open({str(folder / "when")!r}, "w").write(f"{{began}} {{time.monotonic()}}")
                """, "def solve(): return 7", alone=alone)
        assert all(not told(own).fault for _ in "abc")
        times = sorted(tuple(map(float, (tmp_path / name / "when").read_text().split()))
                       for name in "abc")
        assert all(before[1] <= after[0] for before, after in pairwise(times))


class TestWhatCrosses:
    @pytest.mark.parametrize("value", [
        "rng", "request", "Held()", "Held().get.__self__", "open(__file__)", "pytest"])
    def test_nothing_of_the_suites_but_functions_and_what_is_exposed(
        self, lab: Lab, value: str
    ) -> None:
        """Passing it fails the test, and it stays where it is."""
        send(lab, f"""
            class Held:
                def __call__(self): return 1
                def get(self): return 1
            def test_it(rng, request):
                assert solve({value}) == 7
            """, "def solve(x): return 7")
        (outcome,) = told(lab).outcomes
        assert outcome.phases[1] == "failed"
        assert outcome.failure.message.endswith(" is not plain data")

    def test_a_call_back_is_heard_only_while_a_call_is_open(self, lab: Lab) -> None:
        """A thread that kept the function has to wait for the next call."""
        lab.kata = replace(lab.kata, threads=1)
        row = lab.one(
            """
            import time
            def test_it():
                heard = []
                assert solve(heard.append) == "kept"
                time.sleep(0.4)
                assert heard == []
                other()
                assert heard == [1]
            """,
            """
            import threading, time
            def solve(call):
                threading.Timer(0.15, call, (1,)).start()  # when this call is over
                return "kept"
            def other(): time.sleep(0.2)
            """)
        assert row.status is Status.PASSED, row

    def test_compiled_code_comes_from_a_worker_that_ran_no_learner_code(self, lab: Lab) -> None:
        """The second worker offers some as well, and claims that nothing in it is touched."""
        report = lab.run(
            "def test_a():\n    assert solve(1) == 1\ndef test_b():\n    assert solve(1) == 1",
            """
            import marshal, sys
            load = sys._getframe(1).f_locals
            if "outcome" not in load:  # this worker was given the code
                load["self"]._send(("code", marshal.dumps(compile("", "x", "exec")), [], []))
            """)
        assert [row.status for row in report.tests] == [Status.PASSED, Status.CRASHED]

    def test_a_crash_leaves_the_test_at_once(self, lab: Lab) -> None:
        """Neither `except Exception` nor pytest.raises(Exception) may go on after it."""
        report = lab.run(
            """
            after = []
            def test_raises():
                with pytest.raises(Exception):
                    solve()
                after.append(1)
            def test_after():
                assert after == []
            """, "import os\ndef solve(): os._exit(3)")
        assert [row.status for row in report.tests] == [Status.CRASHED, Status.PASSED]


    def test_what_is_raised_is_built_so_that_it_can_be_printed(self, lab: Lab) -> None:
        """The text of such an error reads past its object: memory of the judge."""
        row = lab.one("def test_it():\n    assert solve() == 1",
                      "def solve(): raise UnicodeDecodeError('utf-8', b'', 5, 6, 'x')")
        assert row.status is Status.RUNTIME_ERROR
        assert row.failure.got.startswith("UnicodeError: ")


class TestFaultsAreOurs:
    def test_a_layer_that_fails_when_it_is_entered(self, lab: Lab) -> None:
        """Without no_new_privs the filter is refused by the kernel: no test may run then."""
        report = lab.run(SEVEN, "def solve(): return 7", layers_off=("no_new_privs",))
        assert report.verdict is Verdict.JUDGE_ERROR
        assert "locking itself down" in report.message

    def test_but_not_the_time_that_a_suite_needs_for_what_was_returned(self, lab: Lab) -> None:
        """One that Python can be stopped in: the next test is judged all the same."""
        send(lab, """
            def test_it():
                answer = solve()
                while answer == 7: pass
            def test_after():
                assert other() is None
            """, "def solve(): return 7", judge_cpu_s=0.3)
        narration = told(lab)
        rows = decide(lab.kata, (narration,)).tests
        assert [row.status for row in rows] == [Status.TIME_LIMIT, Status.PASSED]
        assert "took the judge too long" in rows[0].message


class Silent:
    """A runner whose worker answers after a while and tells what clocks it is given."""

    def __init__(self, answer_s: float, queued_s: float, answer: bytes = b"") -> None:
        self.channel, self.theirs = socket.socketpair()
        self.channel.setblocking(False)
        self.queued, self.fine_clock = queued_s, True
        body = wire.Codec(lambda value: None, lambda kind, payload: None).dumps(("ok", 7))
        self.timer = threading.Timer(answer_s, self.theirs.sendall, [answer or wire.frame(body)])
        self.timer.start()

    def start(self) -> None: ...
    def cpu_s(self) -> float: return 0.0
    def queued_s(self) -> float: return self.queued
    def held(self) -> bool: return False
    def finish(self, keep_box: bool) -> Exit: return Exit(0.0, 0.0)
    def output(self, tail: int) -> tuple[int, str]: return 0, ""
    def status(self) -> dict[str, Any]: return {}
    def workdir(self) -> tuple[str, int]: return "", -1
    def close_workdir(self) -> None: ...
    def as_owner(self) -> nullcontext[None]: return nullcontext()


class Line(channel.Channel):
    """A channel over which no references travel."""

    def _to_ref(self, value: Any) -> None: return None
    def _from_ref(self, kind: str, payload: Any) -> None: return None


def exchange(lab: Lab, runner: Silent, limit_s: float) -> Any:
    line = Line(lab.kata, 1.0)
    line.runner = runner
    line.limit_s, line._alive = limit_s, True
    try:
        return line._exchange(("call", "solve", (), {}))
    finally:
        runner.timer.join()
        runner.channel.close()
        runner.theirs.close()


def test_a_frame_over_the_cap_is_not_even_read(lab: Lab) -> None:
    """Only its length is sent: waiting for the rest would end by the clock."""
    with pytest.raises(Fact, match="a result of 17 MiB; at most 16 MiB may cross"):
        exchange(lab, Silent(0.0, 0.0, (17 << 20).to_bytes(4, "little")), 0.1)


class TestTheWallDeadline:
    """Of a worker that uses no processor; the floor of two seconds is lowered to 0.3 s."""

    @pytest.mark.parametrize(("answer_s", "queued_s", "limit_s", "ends"), [
        (0.1, 0.0, 0.01, False),  # within the floor
        (0.6, 0.0, 0.01, True),
        (0.6, 0.4, 0.01, False),  # it waited for a processor meanwhile
        (0.6, 0.0, 0.4, False),  # twice the limit is more than the floor
    ])
    def test_is_twice_the_limit_without_waiting_for_a_processor(
        self, lab: Lab, monkeypatch: pytest.MonkeyPatch, answer_s: float, queued_s: float,
        limit_s: float, ends: bool
    ) -> None:
        monkeypatch.setattr(channel, "WALL_FLOOR_S", 0.3)
        runner = Silent(answer_s, queued_s)
        if ends:
            with pytest.raises(Fact, match="blocked or sleeping"):
                exchange(lab, runner, limit_s)
        else:
            assert exchange(lab, runner, limit_s) == ("ok", 7)


def test_a_submission_may_use_two_minutes_at_most(lab: Lab) -> None:
    """Three times all its limits, but no more than that."""
    before = signal.getsignal(signal.SIGPROF)
    budgets = []
    try:
        for load_cpu_s in (1.0, 90.0):
            kata = replace(lab.kata, limits=Limits(load_cpu_s=load_cpu_s))
            job = Job("", kata, lab.kata.suite, False, b"", b"")
            plugin = JudgePlugin(job, None, lambda record: None)  # type: ignore[arg-type]
            plugin.order([])
            budgets.append(plugin.budget_s)
    finally:
        signal.signal(signal.SIGPROF, before)
    assert budgets == [3.0, 120.0]
