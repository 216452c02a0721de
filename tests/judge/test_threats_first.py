"""The nine rules that the judge was built to first (docs/security.md has all of them)."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graders.judge.engines import ForkEngine
from graders.judge.judge import Judge
from graders.model import Limits, Status, Text, Verdict

from .conftest import Lab

ONE_CALL = """
def test_it():
    assert solve() == "done"
"""


def test_the_worker_has_no_capability(lab: Lab) -> None:
    row = lab.one(
        """
        def test_it():
            assert solve() == [bytes(24), 1, 2]
        """,
        """
        import ctypes, struct
        def solve():
            libc = ctypes.CDLL(None)
            state = ctypes.create_string_buffer(24)
            libc.capget(struct.pack("II", 0x20080522, 0), state)
            return [state.raw, libc.prctl(39, 0, 0, 0, 0), libc.prctl(21, 0, 0, 0, 0)]
        """)
    assert row.status is Status.PASSED, row


def test_nothing_of_engine_or_suite_is_in_a_workers_objects(lab: Lab) -> None:
    canary = "canary" + secrets.token_hex(8)
    lab.kata = replace(lab.kata, title=Text(canary, canary))  # the engine parses the job
    row = lab.one(
        f"""
        SECRET = {canary!r}
        def test_it():
            assert solve({canary[:10]!r}) == []
        """,
        """
        import gc, sys
        def solve(start):
            seen, found, todo = set(), [], list(gc.get_objects()) + list(sys.modules.values())
            while todo:
                each = todo.pop()
                if id(each) in seen: continue
                seen.add(id(each))
                if isinstance(each, str) and each.startswith(start) and len(each) > len(start):
                    found.append(each)
                if len(seen) < 300_000: todo.extend(gc.get_referents(each))
            return found
        """)
    assert row.status is Status.PASSED, row


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may read another process's memory")
def test_a_scan_of_a_workers_memory_finds_no_canary(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    canary = "canary" + secrets.token_hex(12)
    with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path) as judge:
        lab = Lab(judge, tmp_path)
        lab.kata = replace(lab.kata, title=Text(canary, canary))
        engine = judge._engine(128)
        assert isinstance(engine, ForkEngine)
        found: dict[str, list[int]] = {}

        def look() -> None:
            family = _wait_for_family(engine)
            found["worker"] = [_scan(pid, canary) for pid in family["inside"]]
            found["judge child"] = [_scan(pid, canary) for pid in family["children"]]

        watcher = threading.Thread(target=look)
        watcher.start()
        lab.run(f"SECRET = {canary!r}\n{ONE_CALL}",
                "import time\ndef solve(): time.sleep(1.5); return 'done'")
        watcher.join()
    assert any(found["judge child"]), "the scan itself does not work"
    assert len(found["worker"]) >= 2
    assert not any(found["worker"])


def _wait_for_family(engine: ForkEngine) -> dict[str, list[int]]:
    """Return pids in the inner pid namespace, and judge children, once a worker sleeps."""
    mine = os.readlink("/proc/self/ns/pid")
    for _ in range(200):
        time.sleep(0.02)
        tree = psutil.Process(engine.pid).children(recursive=True)
        inside = [p.pid for p in tree if _namespace(p.pid) not in (mine, "")]
        if len(inside) >= 2:
            time.sleep(0.3)
            children = [p.pid for template in psutil.Process(engine.pid).children()
                        if template.pid != engine.nursery for p in template.children()]
            return {"inside": inside, "children": children}
    return {"inside": [], "children": []}


def _namespace(pid: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/ns/pid")
    except OSError:
        return ""


def _scan(pid: int, canary: str) -> int:
    hits, needle = 0, canary.encode()
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            ends, rights = line.split()[:2]
            if "r" not in rights or "[v" in line:
                continue
            start, end = (int(each, 16) for each in ends.split("-"))
            try:
                memory.seek(start)
                hits += memory.read(end - start).count(needle)
            except OSError:
                continue  # a guard page
    return hits


def test_a_learner_cannot_fork(lab: Lab) -> None:
    row = lab.one(
        """
        def test_it():
            assert solve() == ["PermissionError"] * 3
        """,
        """
        import os, subprocess, ctypes
        def solve():
            found = []
            for act in (os.fork, lambda: os.posix_spawn("/bin/true", ["true"], {}),
                        lambda: subprocess.run(["/bin/true"])):
                try: act(); found.append("started")
                except OSError as error: found.append(type(error).__name__)
            return found
        """)
    assert row.status is Status.PASSED, row


def test_sysv_shared_memory_is_refused(lab: Lab) -> None:
    row = lab.one(
        """
        def test_it():
            assert solve() == [1, 1, 1]
        """,
        """
        import ctypes
        def solve():
            libc, found = ctypes.CDLL(None, use_errno=True), []
            for call in (lambda: libc.shmget(0, 1 << 20, 0o1600), lambda: libc.msgget(0, 0o1600),
                         lambda: libc.semget(0, 1, 0o1600)):
                ctypes.set_errno(0)
                assert call() == -1
                found.append(ctypes.get_errno())
            return found
        """)
    assert row.status is Status.PASSED, row


@pytest.mark.parametrize("made", ["set(keys)", "dict.fromkeys(keys)", "frozenset(keys)"])
def test_colliding_ints_fail_the_test_and_not_the_judge(lab: Lab, made: str) -> None:
    lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=5.0, memory_mib=128))
    report = lab.run(
        """
        def test_collide():
            assert solve(3000) != 1
        def test_after():
            assert other() is None
        """,
        f"""
        def solve(n):
            keys = [i * (2**61 - 1) for i in range(n)]
            return {made}
        """)
    first, second = report.tests
    assert first.status is Status.OUTPUT_LIMIT
    assert "same hash" in first.message
    assert second.status is Status.PASSED


def test_pid_1_dies_with_the_judge_child_though_its_parent_lives(tmp_path: Path) -> None:
    """The parent-death signal does not help: Init's parent is the joiner, which stays alive."""
    tmp_path.chmod(0o755)
    with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path) as judge:
        lab = Lab(judge, tmp_path)
        engine = judge._engine(128)
        assert isinstance(engine, ForkEngine)
        gone: list[bool] = []

        def strike() -> None:
            family = _wait_for_family(engine)
            for pid in family["children"]:
                os.kill(pid, signal.SIGKILL)
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline and any(map(psutil.pid_exists, family["inside"])):
                time.sleep(0.02)
            gone.append(bool(family["inside"]) and not any(
                map(psutil.pid_exists, family["inside"])))

        killers = [threading.Thread(target=strike)]
        killers[0].start()
        report = lab.run(ONE_CALL, "import time\ndef solve(): time.sleep(1.9); return 'done'")
        killers[0].join()
        assert gone == [True]
        assert report.verdict in (Verdict.JUDGE_ERROR, Verdict.ACCEPTED)  # it is tried once more
        assert lab.run(ONE_CALL, "def solve(): return 'done'").verdict is Verdict.ACCEPTED


def test_a_path_passed_to_a_learner_gives_nothing(lab: Lab) -> None:
    report = lab.run(
        """
        from pathlib import Path
        def test_as_argument():
            assert solve(Path(__file__)) == ["str", "FileNotFoundError"]
        def test_to_a_callback():
            seen = []
            other(lambda path: seen.append(path) or Path(__file__))
            assert seen == ["str"]
        """,
        """
        def solve(path):
            try: open(path).read(); return [type(path).__name__, "read"]
            except OSError as error: return [type(path).__name__, type(error).__name__]
        def other(call):
            call(type(call(1)).__name__ if False else "str")
        """)
    assert [row.status for row in report.tests] == [Status.PASSED] * 2, report.tests


def test_padded_growth_is_refused(lab: Lab) -> None:
    """Small inputs are made slow, so that quadratic work seems to grow slowly."""
    lab.kata = replace(lab.kata, limits=Limits(perf_cpu_s=10.0, memory_mib=128))
    report = lab.run(
        """
        @pytest.mark.perf
        def test_grows():
            growth(solve, lambda n, r: ([i * 3 + r for i in range(n)],), 200, at_most="linear")
        """,
        """
        def solve(items):
            for _ in range(max(0, 600_000 - 300 * len(items))): pass
            return sum(a < b for a in items[:60] for b in items)
        """)
    row = report.tests[0]
    assert row.status is Status.FAILED, row
    assert "unstable" in row.message or "unstable" in row.failure.message


def test_raises_exception_around_a_crash_does_not_pass(lab: Lab) -> None:
    report = lab.run(
        """
        def test_exception():
            with pytest.raises(Exception):
                solve()
        def test_all():
            with pytest.raises(BaseException):
                solve()
        """,
        """
        import os
        def solve(): os._exit(3)
        """)
    for row in report.tests:
        assert row.status is Status.CRASHED
        assert "exit code 3" in row.message
