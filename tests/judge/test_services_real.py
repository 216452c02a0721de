"""The real lanes: the same tests against servers of this machine, which keep nothing of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from graders.errors import JudgeError
from graders.judge.judge import Judge
from graders.model import Status, Verdict
from graders.services import lanes, redis_upstream, sql_upstream, sweep
from tests.judge.conftest import Lab
from tests.judge.test_services import LEARNER
from tests.judge.test_services_sql import LEARNER as SQL_LEARNER
from tests.judge.test_services_sql import SUITE as SQL_SUITE
from tests.services.real_servers import demand

SQL = {"real": "mysql", "real-postgresql": "postgresql"}


@pytest.fixture(params=list(SQL))
def lane(request: pytest.FixtureRequest) -> str:
    for scheme in ("redis", SQL[request.param]):
        demand(scheme)
    return str(request.param)


@pytest.fixture
def lab(lane: str, tmp_path: Path) -> Iterator[Lab]:
    folder = tmp_path / "kata"
    folder.mkdir()
    tmp_path.chmod(0o755)
    with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path / "store", lane=lane) as judge:
        yield Lab(judge, folder)


def left(lane: str) -> list[str]:
    """Return what bears the mark of a run in the lane's servers."""
    found = lanes.find(lane)
    line = redis_upstream.Line(found.url("redis"))
    line.ask("SELECT", "15")
    claims = [each.decode() for each in line.ask("HVALS", redis_upstream.CLAIMS)]
    admin = sql_upstream.Admin(found.url("sql"))
    names = [each for each in admin.names() if each.startswith("kata40_")]
    admin.close()
    return [each for each in (*claims, *names) if f"_{lanes.run_name().split('_')[2]}_" in each]


REDIS_SUITE = """
    def test_state_and_log(redis):
        assert solve(redis.url, "k", "v") is True
        assert redis.command("GET", "k") == b"v"
        assert 0 < redis.command("PTTL", "k") <= 5000
        assert redis.log == [("SET", "k", "v", "NX", "PX", "5000")]
        assert redis.command("KEYS", "*") == [b"k"]
    def test_nothing_is_left_and_a_cut(redis):
        assert redis.command("DBSIZE") == 0
        redis.cut_after(1)
        with pytest.raises(Exception, match="onnection"):
            solve(redis.url, "k", "v")
        assert redis.command("GET", "k") == b"v"
    def test_hooks(redis):
        redis.before("SET", ("SET", "k", "another's"))
        assert solve(redis.url, "k", "v") is False
        redis.after("GET", ("DEL", "k"))
        assert other(redis.url, "GET", "k") == b"another's"
        assert redis.command("EXISTS", "k") == 0 and redis.pending_hooks == 0
    def test_crash_and_restart(redis):
        for k in (1, 2):
            with crash_after(k) as crash:
                other(redis.url, "INCR", "n")
                other(redis.url, "INCR", "n")
            assert crash.fired
            assert redis.command("GET", "n") == (None if k == 1 else b"1")
        sha = redis.command("SCRIPT", "LOAD", "return 1").decode()
        redis.restart()
        with pytest.raises(Exception, match="NOSCRIPT|No matching script"):
            other(redis.url, "EVALSHA", sha, 0)
        assert redis.command("GET", "n") == b"1"
        redis.restart(keep=False)
        assert redis.command("DBSIZE") == 0
    def test_what_others_would_notice_is_refused(redis):
        for words in (("FLUSHALL",), ("SELECT", "0")):
            other(redis.url, *words)
        for words in (("SELECT", "1"), ("CONFIG", "GET", "*"), ("SWAPDB", 0, 1), ("SHUTDOWN",),
                      ("MOVE", "k", 1), ("COPY", "a", "b", "DB", 3)):
            with pytest.raises(Exception):
                other(redis.url, *words)
    def test_waiting_and_subscribing(redis):
        assert other(redis.url, "BLPOP", "q", "0.01") is None
        other(redis.url, "RPUSH", "q", "x")
        assert other(redis.url, "BLPOP", "q", "1") == (b"q", b"x")
"""
SQL_TESTS = """
    def test_state_and_log(db):
        solve(db.url, 1, 250)
        assert db.query("SELECT * FROM orders") == [(1, 250)]
        assert db.log[-1] == "COMMIT"
        two = db.another("second")
        assert two.url != db.url
        with pytest.raises(ServiceError):
            two.query("SELECT * FROM orders")
    def test_nothing_is_left_and_crashes(db):
        assert db.query("SELECT COUNT(*) FROM orders") == [(0,)]
        for k in (1, 2, 3):
            with crash_after(k) as crash:
                solve(db.url, k, 5)
            assert crash.fired
            assert db.query("SELECT COUNT(*) FROM orders") == [(0,)]
        solve(db.url, 4, 5)
        assert db.query("SELECT id FROM outbox") == [(4,)]
    def test_unreachable(db):
        with pytest.raises(Exception):
            solve(db.unreachable, 1, 1)
"""


def test_redis_is_as_in_the_embedded_lane(lab: Lab, lane: str) -> None:
    lab.kata = replace(lab.kata, services=("redis",))
    report = lab.run(REDIS_SUITE, dedent(LEARNER))
    assert report.verdict is Verdict.ACCEPTED, [each.failure for each in report.tests]
    assert report.lane == lane
    assert left(lane) == []


def test_the_same_redis_tests_in_the_embedded_lane(warm_judge: Judge, tmp_path: Path) -> None:
    own = Lab(warm_judge, tmp_path)
    own.kata = replace(own.kata, services=("redis",))
    report = own.run(REDIS_SUITE, dedent(LEARNER))
    assert report.verdict is Verdict.ACCEPTED, [each.failure for each in report.tests]
    assert report.lane == "embedded"


def test_sql_is_as_in_the_embedded_lane(lab: Lab, lane: str) -> None:
    lab.kata = replace(lab.kata, services=("sql",))
    report = lab.run(SQL_SUITE + dedent(SQL_TESTS), dedent(SQL_LEARNER))
    assert report.verdict is Verdict.ACCEPTED, [each.failure for each in report.tests]
    assert report.lane == lane
    assert left(lane) == []


def test_a_learner_reaches_no_other_port_of_this_machine(lab: Lab, lane: str) -> None:
    lab.kata = replace(lab.kata, services=("redis",))
    row = lab.one("""
        def test_it(redis):
            assert solve() == []
        """, """
        import socket
        def solve():
            found = []
            for port in (6379, 3306, 5432, 5672):
                try:
                    socket.create_connection(("127.0.0.1", port), 0.2).close()
                    found.append(port)
                except OSError:
                    pass
            return found
        """)
    assert row.status is Status.PASSED, row


def test_a_kata_without_services_has_one_lane(lab: Lab) -> None:
    assert lab.run("def test_it(): pass", "").lane == "embedded"


def test_limits_leave_room_for_the_client_of_a_real_server(lab: Lab) -> None:
    limit_s = lab.kata.limits.test_cpu_s
    lab.kata = replace(lab.kata, services=("redis",))
    assert lab.one("def test_it(redis): assert solve() == 1", "def solve(): return 1"
                   ).limit_s == 3 * limit_s
    lab.kata = replace(lab.kata, services=())
    assert lab.one("def test_it(): assert solve() == 1", "def solve(): return 1"
                   ).limit_s == limit_s


def test_a_server_that_does_not_answer_is_named(tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATA_REDIS_URL", "redis://127.0.0.1:1")
    with Judge(tmp_path, use_cache=False, store=tmp_path, lane="real") as judge:
        own = Lab(judge, tmp_path)
        own.kata = replace(own.kata, services=("redis",))
        with pytest.raises(JudgeError, match=r"127\.0\.0\.1:1, KATA_REDIS_URL"):
            own.run("def test_it(redis): pass", "")


def test_what_a_killed_run_left_is_swept_by_the_next(lane: str) -> None:
    code = f"""
import os, signal
from graders.services import lanes, redis_upstream, sql_upstream
lane = lanes.find({lane!r})
redis_upstream.claim(lane.url("redis"), lane.run)[0].ask("SET", "k", "v")
sql_upstream.Admin(lane.url("sql")).create(lane.run + "_1")
print(lane.run, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          check=False, cwd=Path(lanes.__file__).parents[2])
    run = done.stdout.strip()
    found = lanes.find(lane)

    def held() -> tuple[list[bytes], list[str]]:
        line = redis_upstream.Line(found.url("redis"))
        line.ask("SELECT", "15")
        admin = sql_upstream.Admin(found.url("sql"))
        names = [each for each in admin.names() if each.startswith(run)]
        admin.close()
        return [each for each in line.ask("HVALS", redis_upstream.CLAIMS)
                if each.decode() == run], names

    assert held() == ([run.encode()], [f"{run}_1"])
    sweep.sweep(found)
    assert held() == ([], [])


def test_what_lives_is_not_swept(lane: str) -> None:
    found, another = lanes.find(lane), lanes.find(lane)
    line, number = redis_upstream.claim(found.url("redis"), found.run)
    line.ask("SET", "k", "v")
    admin = sql_upstream.Admin(found.url("sql"))
    admin.create(f"{found.run}_1")
    sweep.sweep(found)
    sweep.sweep(another, another.run)  # a run of the same process that has ended
    assert line.ask("GET", "k") == b"v"
    assert f"{found.run}_1" in admin.names()
    redis_upstream.give_back(found.url("redis"), number)
    admin.drop(f"{found.run}_1")
    admin.close()


def test_a_server_that_takes_its_time_is_waited_for(lab: Lab) -> None:
    lab.kata = replace(lab.kata, services=("sql",))
    row = lab.one("""
        def test_it(sql):
            assert solve() == 1
        """, """
        import time
        def solve():
            time.sleep(2 * 2.0 + 0.5)  # an embedded lane gives up after half of it
            return 1
        """)
    assert row.status is Status.PASSED, row


def test_a_database_that_is_somebody_s_own_is_not_taken(lane: str) -> None:
    found = lanes.find(lane)
    line, number = redis_upstream.claim(found.url("redis"), found.run)
    line.ask("SET", "k", "v")
    books = redis_upstream.Line(found.url("redis"))
    books.ask("SELECT", "15")
    books.ask("HDEL", redis_upstream.CLAIMS, str(number))  # as if it had never been ours
    other, another = redis_upstream.claim(found.url("redis"), found.run)
    assert another != number and line.ask("GET", "k") == b"v"
    line.ask("FLUSHDB")
    other.socket.close()
    redis_upstream.give_back(found.url("redis"), another)
