"""Services in plain pytest: child processes, fresh for each test, with the same handles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.services.real_servers import demand

ROOT = Path(__file__).resolve().parents[2]
CONFTEST = """
from graders.kit.fixtures import (pytest_configure, pytest_unconfigure, redis, redis_url, rng,
                                  sql, sql_url, workdir)
"""


def run(folder: Path, suite: str, **more: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_it.py").write_text(dedent(suite))
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder),
         str(folder)], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **more})


def test_the_same_suite_runs_in_plain_pytest(tmp_path: Path) -> None:
    done = run(tmp_path, """
        import redis as client, pytest
        from graders.kit import ServiceError, crash_after
        def test_state_and_log(redis, redis_url):
            assert redis.url == redis_url
            assert client.Redis.from_url(redis.url).set("k", "v", nx=True)
            assert redis.command("GET", "k") == b"v"
            assert redis.log == [("SET", "k", "v", "NX")]
            with pytest.raises(ServiceError, match="WRONGTYPE"):
                redis.command("LPUSH", "k", 1)
            redis.clear_log()
            assert redis.log == []
        def test_nothing_is_left_for_the_next(redis):
            assert redis.command("KEYS", "*") == [] and redis.log == []
        def test_cut(redis):
            redis.cut_after(1)
            with pytest.raises(client.ConnectionError):
                client.Redis.from_url(redis.url).set("a", 1)
            assert redis.command("GET", "a") == b"1"
        def test_hooks(redis):
            redis.before("GET", ("SET", "a", "1"), nth=2)
            redis.after("GET", ("SET", "a", "2"), ("SET", "b", "3"), nth=2)
            mine = client.Redis.from_url(redis.url)
            assert [mine.get("a"), mine.get("a"), mine.get("a")] == [None, b"1", b"2"]
            assert redis.pending_hooks == 0
        def test_restart(redis):
            mine = client.Redis.from_url(redis.url)
            mine.set("a", 1)
            assert redis.connections == 1
            redis.restart()
            assert redis.connections == 0
            assert client.Redis.from_url(redis.url).get("a") == b"1"
            redis.restart(keep=False)
            assert redis.command("DBSIZE") == 0
        """)
    assert "5 passed" in done.stdout, done.stdout + done.stderr


def test_a_crash_in_plain_pytest_lets_no_further_command_happen(tmp_path: Path) -> None:
    done = run(tmp_path, """
        import redis as client
        from graders.kit import crash_after
        def set_and_expire(url):
            mine = client.Redis.from_url(url)
            mine.set("k", "v")
            try:
                mine.expire("k", 5)
            except Exception:
                mine.delete("k")  # a process that is dead tidies up no more
        def test_it(redis):
            with crash_after(10**6) as count:
                set_and_expire(redis.url)
            assert (count.effects, count.fired) == (2, False)
            for k in (1, 2):
                redis.command("DEL", "k")
                with crash_after(k) as crash:
                    set_and_expire(redis.url)
                assert (crash.effects, crash.fired) == (k, True)
                assert redis.command("TTL", "k") == (-2 if k == 1 else -1)
            set_and_expire(redis.url)
            assert redis.command("TTL", "k") > 0
        """)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(("call", "words"), [
    ("redis.command()", 'redis.command: write a command as its words'),
    ('redis.command("SET", "k", None)', "redis.command: None is no word of a command"),
    ("redis.cut_after(0)", "redis.cut_after: 0; the first is 1"),
    ('redis.after("GET")', "redis.after: no command to run"),
    ('redis.after("GET", "DEL k")', "redis.after: write a command as its words"),
    ('redis.before("GET", ("PING",), nth=True)', "redis.before: True; the first is 1"),
    ('redis.command("SHUTDOWN")', "redis: the suite's connection does not run SHUTDOWN"),
])
def test_a_handle_used_wrongly_says_so(tmp_path: Path, call: str, words: str) -> None:
    done = run(tmp_path, f"def test_it(redis):\n    {call}\n")
    assert words in done.stdout


def test_no_process_is_left(tmp_path: Path) -> None:
    done = run(tmp_path, """
        from graders.kit import services
        def test_it(redis):
            print("pid", services._started["redis"].process.pid)
            assert False
        """)
    pid = done.stdout.split("pid ")[1].split()[0]
    assert not Path(f"/proc/{pid}").exists()


def test_a_database_in_plain_pytest(tmp_path: Path) -> None:
    done = run(tmp_path, """
        import pytest
        from graders.kit import ServiceError, connect, crash_after
        def place(url, number):
            with connect(url) as db:
                db.execute("INSERT INTO orders VALUES (?)", (number,))
                try:
                    db.execute("INSERT INTO outbox VALUES (?)", (number,))
                except BaseException:
                    db.commit()  # of a process that is dead: it does not happen
                    raise
        @pytest.fixture
        def db(sql):
            sql.execute(f"CREATE TABLE orders (id {sql.serial})")
            sql.execute(f"CREATE TABLE outbox (id {sql.serial})")
            return sql
        def test_state_and_log(db, sql_url):
            place(sql_url, 7)
            assert db.query("SELECT id FROM orders") == [(7,)]
            assert db.log[-1] == "COMMIT" and len(db.log) == 3
            with pytest.raises(ServiceError, match="no such table: absent"):
                db.query("SELECT * FROM absent")
            with pytest.raises(Exception, match="unable to open"):
                connect(db.unreachable)
        def test_crashes(db):
            with crash_after(10**6) as count:
                place(db.url, 1)
            assert count.effects == 3
            for k in (1, 2, 3):
                with crash_after(k) as crash:
                    place(db.url, 10 + k)
                assert crash.fired
                assert db.query("SELECT COUNT(*) FROM orders WHERE id > 10") == [(0,)]
            assert db.another("second").execute("CREATE TABLE t (id INTEGER)") <= 0
        """)
    assert "2 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(("lane", "scheme"), [("real", "mysql"), ("real-postgresql", "postgresql")])
def test_a_real_lane_in_plain_pytest(tmp_path: Path, lane: str, scheme: str) -> None:
    for each in ("redis", scheme):
        demand(each)
    done = run(tmp_path, f"""
        import redis as client
        from graders.kit import connect, crash_after
        def test_redis(redis):
            mine = client.Redis.from_url(redis.url)
            with crash_after(2) as crash:
                mine.incr("n")
                mine.incr("n")
            assert crash.fired and redis.command("GET", "n") == b"1"
            assert redis.log == [("INCRBY", "n", "1")]
        def test_redis_is_empty_again(redis):
            assert redis.command("DBSIZE") == 0
        def test_sql(sql):
            assert sql.dialect == {scheme!r}
            sql.execute(f"CREATE TABLE t (id {{sql.serial}})")
            with connect(sql.url) as db:
                db.execute("INSERT INTO t VALUES (?)", (5,))
            assert sql.query("SELECT id FROM t") == [(5,)]
        def test_sql_is_empty_again(sql):
            sql.execute("CREATE TABLE t (id INTEGER)")
        """, KATA_LANE=lane)
    assert "4 passed" in done.stdout, done.stdout + done.stderr
