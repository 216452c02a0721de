"""A database beside a submission: connect, the suite's look, crashes, and what is tried on it."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from graders.model import Report, Status, TestResult, Verdict
from tests.judge.conftest import Lab

LEARNER = """
from graders.kit import connect
def solve(url, number, cents):
    with connect(url) as db:
        db.execute("INSERT INTO orders VALUES (?, ?)", (number, cents))
        db.execute("INSERT INTO outbox VALUES (?, ?)", (number, "sent"))
"""
SUITE = """
@pytest.fixture
def db(sql):
    sql.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, cents INTEGER)")
    sql.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, state TEXT)")
    return sql
"""


class SqlLab:
    """The laboratory's kata with `services = ["sql"]`."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        lab.kata = replace(lab.kata, services=("sql",))

    def run(self, suite: str, submission: str = "", off: tuple[str, ...] = ()) -> Report:
        return self.lab.run(SUITE + dedent(suite), dedent(LEARNER) + dedent(submission),
                            layers_off=off)

    def one(self, suite: str, submission: str = "", off: tuple[str, ...] = ()) -> TestResult:
        report = self.run(suite, submission, off)
        assert len(report.tests) == 1, report
        return report.tests[0]


@pytest.fixture
def beside(lab: Lab) -> SqlLab:
    return SqlLab(lab)


def test_a_learner_and_the_suite_see_one_database(beside: SqlLab) -> None:
    report = beside.run("""
        def test_it(db):
            solve(db.url, 1, 250)
            assert db.query("SELECT * FROM orders") == [(1, 250)]
            assert db.query("SELECT state FROM outbox WHERE id = ?", 1) == [("sent",)]
            assert db.log == ["INSERT INTO orders VALUES (?, ?)",
                              "INSERT INTO outbox VALUES (?, ?)", "COMMIT"]
            db.clear_log()
            assert db.executemany("INSERT INTO orders VALUES (?, ?)", [(2, 1), (3, 1)]) == 2
            assert db.log == []
        def test_nothing_is_left(db):
            assert db.query("SELECT COUNT(*) FROM orders") == [(0,)]
            assert db.another("second").query("SELECT COUNT(*) FROM sqlite_schema") == [(0,)]
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_a_crash_before_each_statement_leaves_all_or_nothing(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            with crash_after(10**6) as count:
                solve(db.url, 1, 5)
            assert count.effects == 3
            for k in (1, 2, 3):
                with crash_after(k) as crash:
                    solve(db.url, 10 + k, 5)
                assert crash.fired
                assert db.query("SELECT id FROM orders WHERE id > 10") == []
                assert db.query("SELECT id FROM outbox WHERE id > 10") == []
            solve(db.url, 20, 5)
            assert db.query("SELECT COUNT(*) FROM orders") == [(2,)]
        """)
    assert row.status is Status.PASSED, row


def test_a_crash_between_two_transactions_shows(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            with crash_after(3) as crash:
                solve(db.url, 1, 5)
            assert crash.fired
            assert len(db.query("SELECT * FROM orders")) == len(db.query("SELECT * FROM outbox"))
        """, """
        def solve(url, number, cents):
            for text in ("INSERT INTO orders VALUES (?, 0)", "INSERT INTO outbox VALUES (?, 'x')"):
                with connect(url) as db:
                    db.execute(text, (number,))
        """)
    assert row.status is Status.FAILED, row


def test_uncommitted_changes_of_a_learner_are_not_seen(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            solve(db.url)
            assert db.query("SELECT * FROM orders") == []
        """, """
        kept = []
        def solve(url):
            kept.append(connect(url))
            kept[0].execute("INSERT INTO orders VALUES (1, 1)")
        """)
    assert row.status is Status.PASSED, row


def test_a_database_that_cannot_be_reached(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            assert other(db.unreachable) == "OperationalError"
        """, """
        def other(url):
            try:
                connect(url)
            except Exception as error:
                return type(error).__name__
        """)
    assert row.status is Status.PASSED, row


def test_the_suite_s_mistakes_and_errors_say_so(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            with pytest.raises(ServiceError, match="ProgrammingError: no such table: absent"):
                db.query("SELECT * FROM absent")
            with pytest.raises(ServiceError, match="readonly"):
                db.query("DELETE FROM orders")
            with pytest.raises(ServiceError, match="IntegrityError"):
                db.executemany("INSERT INTO orders VALUES (?, 0)", [(1,), (1,)])
            assert db.query("SELECT * FROM orders") == []
        """)
    assert row.status is Status.PASSED, row


def test_other_words_of_the_kit_are_not_there_for_submissions(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            assert other() == ["replay", "files", "remote"]
        """, """
        def other():
            missing = []
            for name in ("replay", "files", "remote", "connect"):
                try:
                    exec(f"from graders.kit import {name}")
                except ImportError:
                    missing.append(name)
            return missing
        """)
    assert row.status is Status.PASSED, row


def test_a_kata_that_declares_no_database_has_none(lab: Lab) -> None:
    row = lab.one("def test_it(sql): sql.query('SELECT 1')", "")
    assert 'write services = ["sql"] in kata.toml' in row.message


# -- attacks -------------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_the_learner_s_mistake(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            solve(db.url)
            assert db.query("SELECT * FROM orders") == []
        """, """
        def solve(url):
            open(url.removeprefix("sqlite://"), "wb").write(b"SQLite format 3\\0" + b"\\xff" * 9000)
        """)
    assert row.status is Status.FAILED
    assert "DatabaseError" in row.message


def test_a_schema_that_the_learner_made_is_not_trusted(beside: SqlLab) -> None:
    """A view in the place of a table, on something that only a trusted schema may use."""
    row = beside.one("""
        def test_it(db):
            solve(db.url)
            db.query("SELECT * FROM orders")
        """, """
        def solve(url):
            with connect(url) as db:
                db.execute("DROP TABLE orders")
                db.execute("CREATE VIEW orders AS SELECT seq AS id FROM pragma_database_list")
        """)
    assert row.status is Status.FAILED
    assert "unsafe use of virtual table" in row.message


def test_an_endless_view_ends(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            solve(db.url)
            db.query("SELECT COUNT(*) FROM orders")
        """, """
        def solve(url):
            with connect(url) as db:
                db.execute("DROP TABLE orders")
                db.execute("CREATE VIEW orders AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                           "SELECT i + 1 FROM n) SELECT i AS id FROM n")
        """)
    assert row.status in (Status.FAILED, Status.TIME_LIMIT)
    assert "interrupted" in row.message or "takes too long" in row.message


def test_a_lock_that_is_held_is_the_learner_s_failure(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            solve(db.url)
            db.execute("INSERT INTO orders VALUES (9, 9)")
        """, """
        kept = []
        def solve(url):
            kept.append(connect(url))
            kept[0].execute("INSERT INTO orders VALUES (1, 1)")
        """)
    assert row.status is Status.FAILED
    assert "database is locked" in row.message


def test_a_signal_to_the_clerk_falls_back_on_the_sender(beside: SqlLab) -> None:
    """Landlock lets none through from Linux 6.12 on."""
    row = beside.one("""
        def test_it(db):
            solve()
            assert db.query("SELECT COUNT(*) FROM orders") == [(0,)]
        """, """
        import os, signal
        def solve():
            for pid in range(2, 400):
                if pid != os.getpid():
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except OSError:
                        pass
        """, off=("landlock",))
    assert row.status is Status.CRASHED, row


def test_a_huge_result_is_refused(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(db):
            solve(db.url)
            db.query("SELECT state FROM outbox")
        """, """
        def solve(url):
            with connect(url) as db:
                for number in range(40):
                    db.execute("INSERT INTO outbox VALUES (?, ?)", (number, "x" * 1_000_000))
        """)
    assert row.status is Status.FAILED
    assert "MiB" in row.message


def test_what_a_link_names_is_not_opened(beside: SqlLab) -> None:
    row = beside.one("""
        def test_it(sql):
            solve(sql.url)
            sql.query("SELECT 1 FROM sqlite_schema")
        """, """
        import os
        def solve(url):
            os.symlink("/etc/passwd", url.removeprefix("sqlite://"))
        """)
    assert row.status is Status.FAILED
    assert "unable to open" in row.message
