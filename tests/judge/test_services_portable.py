"""The same services under the engine for platforms without fork."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.judge.judge import Judge
from graders.model import Status, Verdict
from graders.services.local import LocalService
from tests.judge.conftest import Lab
from tests.judge.test_services import ServiceLab
from tests.judge.test_services_sql import SqlLab


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    folder = tmp_path / "kata"
    folder.mkdir()
    with Judge(tmp_path, jobs=1, engine="subprocess", use_cache=False,
               store=tmp_path / "store") as judge:
        yield Lab(judge, folder)


@pytest.fixture
def beside(lab: Lab) -> ServiceLab:
    return ServiceLab(lab)


def test_state_faults_and_crashes(beside: ServiceLab) -> None:
    report = beside.run("""
        def test_state(redis):
            assert solve(redis.url, "k", "v") is True
            assert redis.command("GET", "k") == b"v"
            assert redis.log == [("SET", "k", "v", "NX", "PX", "5000")]
        def test_nothing_is_left_and_a_cut(redis):
            assert redis.command("DBSIZE") == 0
            redis.cut_after(1)
            with pytest.raises(Exception):
                solve(redis.url, "k", "v")
            assert redis.command("GET", "k") == b"v"
        def test_crash(redis):
            with crash_after(1) as crash:
                solve(redis.url, "k", "v")
            assert crash.fired and redis.command("DBSIZE") == 0
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_service_is_ready_when_it_has_loaded_all() -> None:
    """What it loads later would be on the learner's clock."""
    service = LocalService("redis")
    try:
        assert "lupa" in Path(f"/proc/{service.process.pid}/maps").read_text()
    finally:
        service.close()


def test_endless_lua_is_the_learner_s_time(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            solve(redis.url)
        """, """
        def solve(url):
            redis.Redis.from_url(url).eval("while true do end", 0)
        """)
    assert row.status is Status.TIME_LIMIT
    assert "CPU; the limit is" in row.message


def test_a_database_a_crash_and_the_log(lab: Lab) -> None:
    report = SqlLab(lab).run("""
        def test_it(db):
            solve(db.url, 1, 250)
            assert db.query("SELECT * FROM orders") == [(1, 250)]
            assert db.log[-1] == "COMMIT"
            with crash_after(3) as crash:
                solve(db.url, 2, 250)
            assert crash.fired
            assert db.query("SELECT id FROM orders") == [(1,)]
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests
