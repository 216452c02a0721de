"""Services under the judge: a tiny kata with a Redis, end to end."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from graders.model import Report, Status, TestResult, Verdict
from tests.judge.conftest import Lab

LEARNER = """
import redis
def solve(url, key, value):
    client = redis.Redis.from_url(url)
    return bool(client.set(key, value, nx=True, px=5000))
def other(url, *words):
    return redis.Redis.from_url(url).execute_command(*words)
"""


class ServiceLab:
    """The laboratory's kata with `services = ["redis"]`."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        lab.kata = replace(lab.kata, services=("redis",))

    def run(self, suite: str, submission: str = "", **more: object) -> Report:
        return self.lab.run(suite, dedent(LEARNER) + dedent(submission),
                            **more)  # type: ignore[arg-type]

    def one(self, suite: str, submission: str = "", **more: object) -> TestResult:
        report = self.run(suite, submission, **more)
        assert len(report.tests) == 1, report
        return report.tests[0]


@pytest.fixture
def beside(lab: Lab) -> ServiceLab:
    return ServiceLab(lab)


def test_a_learner_and_the_suite_see_one_redis(beside: ServiceLab) -> None:
    report = beside.run("""
        def test_it(redis):
            assert solve(redis.url, "k", "v") is True
            assert redis.command("GET", "k") == b"v"
            assert 0 < redis.command("PTTL", "k") <= 5000
            assert solve(redis.url, "k", "w") is False
            assert redis.log == [("SET", "k", "v", "NX", "PX", "5000"),
                                 ("SET", "k", "w", "NX", "PX", "5000")]
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_a_kata_that_declares_no_redis_has_none(lab: Lab) -> None:
    row = lab.one("def test_it(redis): pass", "")
    assert row.status is Status.JUDGE_ERROR
    assert 'write services = ["redis"] in kata.toml' in row.message


def test_nothing_of_one_test_reaches_the_next(beside: ServiceLab) -> None:
    report = beside.run("""
        def test_first(redis):
            solve(redis.url, "k", "v")
            other(redis.url, "EVAL", "string.format = nil redis.call = nil return 1", 0)
            redis.after("GET", ("SET", "k", "x"))
        def test_second(redis):
            assert redis.command("KEYS", "*") == []
            assert redis.log == [] and redis.pending_hooks == 0
            assert other(redis.url, "EVAL", "return redis.call('SET', 'a', 'b')['ok']", 0) == b"OK"
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_error_replies_leave_the_connection_open(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            assert solve(redis.url) == "WRONGTYPE NOSCRIPT NOPERM 7"
        """, """
        def solve(url):
            client = redis.Redis.from_url(url, single_connection_client=True)
            client.set("s", "1")
            told = []
            for words in (("LPUSH", "s", "x"), ("EVALSHA", "0" * 40, 0), ("CONFIG", "GET", "*")):
                try:
                    client.execute_command(*words)
                except redis.ResponseError as error:
                    told.append({"ResponseError": "WRONGTYPE", "NoScriptError": "NOSCRIPT",
                                 "NoPermissionError": "NOPERM"}[type(error).__name__])
            script = client.register_script("return 7")
            return " ".join([*told, str(script())])
        """)
    assert row.status is Status.PASSED, row


def test_the_library_s_own_lock_works(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            assert solve(redis.url) == [True, False, True, True]
        """, """
        def solve(url):
            one, two = (redis.Redis.from_url(url).lock("L", timeout=5) for _ in range(2))
            first, second = one.acquire(blocking=False), two.acquire(blocking=False)
            one.release()
            return [first, second, two.acquire(blocking=False), two.owned()]
        """)
    assert row.status is Status.PASSED, row


# -- planned faults ------------------------------------------------------------------------


def test_a_cut_command_was_carried_out_and_its_reply_is_lost(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            redis.cut_after(2)
            solve(redis.url, "a", "1")
            with pytest.raises(Exception, match="onnection"):
                solve(redis.url, "b", "2")
            assert redis.command("GET", "b") == b"2"
            solve(redis.url, "c", "3")
            assert redis.command("GET", "c") == b"3"
        """)
    assert row.status is Status.PASSED, row


COMPARE_AND_DELETE = """
    def solve(url, key, mine):
        client = redis.Redis.from_url(url)
        if client.get(key) == mine.encode():
            client.delete(key)
"""


def test_something_happens_between_two_commands(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            redis.command("SET", "k", "mine")
            redis.after("GET", ("DEL", "k"), ("SET", "k", "another's"))
            solve(redis.url, "k", "mine")
            assert redis.pending_hooks == 0
            assert redis.command("GET", "k") is None, "this submission is the faulty one"
        """, COMPARE_AND_DELETE)
    assert row.status is Status.PASSED, row


def test_a_restart_cuts_and_forgets_scripts_and_may_keep_data(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            box = Box(redis.url)
            box.put("SET k v")
            sha = redis.command("SCRIPT", "LOAD", "return 1").decode()
            redis.restart()
            with pytest.raises(Exception, match="NOSCRIPT|No matching script"):
                other(redis.url, "EVALSHA", sha, 0)
            assert redis.command("GET", "k") == b"v"
            redis.restart(keep=False)
            assert redis.command("GET", "k") is None
        """, """
        class Box:
            def __init__(self, url):
                self.client = redis.Redis.from_url(url)
            def put(self, text):
                self.client.execute_command(*text.split())
        """)
    assert row.status is Status.PASSED, row


def test_a_crash_before_each_command(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            with crash_after(10**6) as count:
                solve(redis.url, "k", "v")
            assert count.effects == 2
            for k in (1, 2):
                redis.command("DEL", "k")
                with crash_after(k) as crash:
                    solve(redis.url, "k", "v")
                assert crash.fired
                assert redis.command("EXISTS", "k") == k - 1
                assert redis.command("TTL", "k") == (-2 if k == 1 else -1)
            solve(redis.url, "k", "v")
            assert redis.command("TTL", "k") > 0
        """, """
        def solve(url, key, value):
            client = redis.Redis.from_url(url)
            client.set(key, value)
            client.expire(key, 5)
        """)
    assert row.status is Status.PASSED, row


def test_a_crash_counts_files_and_commands_together(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis, workdir):
            with crash_after(10**6) as count:
                solve(redis.url)
            with crash_after(count.effects) as crash:
                solve(redis.url)
            assert crash.fired and count.effects > 2
            assert redis.command("GET", "n") == b"1"
        """, """
        def solve(url):
            with open("note", "w") as file:
                file.write("x")
            redis.Redis.from_url(url).incr("n")
        """)
    assert row.status is Status.PASSED, row
