"""`connect(url)`: the same behaviour over SQLite, MariaDB and PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from graders.kit.inside import sql, sql_text
from graders.kit.inside.sql import Connection, connect
from tests.services.real_servers import admin, demand


@pytest.fixture(params=["sqlite", "mysql", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of an empty database of each kind; drop it afterwards."""
    if request.param == "sqlite":
        yield f"sqlite://{tmp_path}/kata.db"
        return
    name, url = f"kata40_test_{secrets.token_hex(6)}", demand(request.param)
    admin(url, f"CREATE DATABASE {name}")
    parts = urlsplit(url)
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        admin(url, f"DROP DATABASE {name}")


@pytest.fixture
def db(database: str) -> Iterator[Connection]:
    with connect(database) as made:
        made.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, "
                     "cents INTEGER CHECK (cents >= 0))")
        made.commit()
        yield made
        made.rollback()


def names(url: str) -> list[Any]:
    with connect(url) as other:
        return [name for (name,) in other.execute("SELECT name FROM item ORDER BY id")]


class TestValues:
    def test_parameters_are_question_marks(self, db: Connection) -> None:
        cursor = db.execute("INSERT INTO item (id, name, cents) VALUES (?, ?, ?)", (1, "a", 5))
        assert cursor.rowcount == 1
        assert db.execute("SELECT id, name, cents FROM item WHERE id = ?", (1,)).fetchall() \
            == [(1, "a", 5)]

    def test_a_question_mark_or_percent_in_a_text_is_one(self, db: Connection) -> None:
        found = db.execute("SELECT '100%', 'what?', '%s', '?''?' -- really? 100%\n, ?", ("%?",))
        assert found.fetchone() == ("100%", "what?", "%s", "?'?", "%?")

    def test_like_needs_no_doubling(self, db: Connection) -> None:
        db.executemany("INSERT INTO item VALUES (?, ?, ?)", [(1, "ab", 1), (2, "ba", 2)])
        assert db.execute("SELECT id FROM item WHERE name LIKE 'a%' AND cents % 2 = ?",
                          (1,)).fetchall() == [(1,)]

    def test_text_is_never_statement(self, db: Connection) -> None:
        hostile = "'; DROP TABLE item; -- \\' \" ` % ? \u00e9 \u4e2d \U0001f600"
        db.execute("INSERT INTO item VALUES (?, ?, ?)", (1, hostile[:40], 0))
        assert db.execute("SELECT name FROM item").fetchone() == (hostile[:40],)

    def test_bytes_none_and_bool(self, db: Connection, database: str) -> None:
        kind = {"sqlite": "BLOB", "mysql": "BLOB", "postgresql": "BYTEA"}[db.dialect]
        db.execute(f"CREATE TABLE raw (data {kind}, flag INTEGER)")
        db.execute("INSERT INTO raw VALUES (?, ?)", (b"\x00%\xff?'\\", True))
        db.execute("INSERT INTO raw VALUES (?, ?)", (None, None))
        assert db.execute("SELECT data, flag FROM raw ORDER BY flag IS NULL").fetchall() \
            == [(b"\x00%\xff?'\\", 1), (None, None)]

    def test_a_sum_is_a_whole_number_and_an_average_is_refused(self, db: Connection) -> None:
        db.executemany("INSERT INTO item VALUES (?, 'x', ?)", [(1, 10), (2, 20)])
        assert db.execute("SELECT SUM(cents), COUNT(*) FROM item").fetchone() == (30, 2)
        with pytest.raises(db.NotSupportedError, match="select whole numbers"):
            db.execute("SELECT AVG(cents) FROM item").fetchone()

    @pytest.mark.parametrize("parameter", [1.5, object(), [1]])
    def test_other_parameters_are_refused(self, db: Connection, parameter: object) -> None:
        with pytest.raises(TypeError, match="is no parameter; None, int, str and bytes are"):
            db.execute("SELECT ?", (parameter,))

    @pytest.mark.parametrize("parameters", ["ab", b"ab", 5, {1, 2}])
    def test_parameters_are_a_sequence(self, db: Connection, parameters: Any) -> None:
        with pytest.raises(TypeError, match="parameters are a tuple or list"):
            db.execute("SELECT ?", parameters)

    def test_rows_come_one_by_one_too(self, db: Connection) -> None:
        db.executemany("INSERT INTO item VALUES (?, 'x', 0)", [(n,) for n in range(5)])
        cursor = db.execute("SELECT id FROM item ORDER BY id")
        assert (cursor.fetchone(), cursor.fetchmany(2), list(cursor), cursor.fetchone()) \
            == ((0,), [(1,), (2,)], [(3,), (4,)], None)
        assert cursor.rowcount == -1
        assert cursor.description[0][0] == "id"

    def test_an_update_counts_the_rows_it_found(self, db: Connection) -> None:
        db.executemany("INSERT INTO item VALUES (?, 'x', 0)", [(1,), (2,)])
        assert db.execute("UPDATE item SET cents = 0").rowcount == 2
        assert db.execute("DELETE FROM item WHERE id > ?", (1,)).rowcount == 1

    def test_an_insert_returns_what_the_database_chose(self, db: Connection) -> None:
        assert db.execute("INSERT INTO item VALUES (7, 'x', 0) RETURNING id").fetchone() == (7,)


class TestTransactions:
    def test_nothing_is_seen_before_commit(self, db: Connection, database: str) -> None:
        db.execute("INSERT INTO item VALUES (1, 'a', 0)")
        assert names(database) == []
        db.commit()
        assert names(database) == ["a"]

    def test_rollback_undoes(self, db: Connection, database: str) -> None:
        db.execute("INSERT INTO item VALUES (1, 'a', 0)")
        db.rollback()
        db.execute("INSERT INTO item VALUES (1, 'b', 0)")
        db.commit()
        assert names(database) == ["b"]

    def test_with_commits_or_rolls_back_and_closes(self, db: Connection, database: str) -> None:
        with connect(database) as one:
            one.execute("INSERT INTO item VALUES (1, 'a', 0)")
        with pytest.raises(KeyError), connect(database) as two:
            two.execute("INSERT INTO item VALUES (2, 'b', 0)")
            raise KeyError
        assert names(database) == ["a"]
        for closed in (one, two):
            with pytest.raises(closed.ProgrammingError, match="closed"):
                closed.execute("SELECT 1")

    def test_close_undoes(self, db: Connection, database: str) -> None:
        one = connect(database)
        one.execute("INSERT INTO item VALUES (1, 'a', 0)")
        one.close()
        one.close()
        assert names(database) == []

    def test_a_failed_statement_spoils_its_transaction(self, db: Connection,
                                                       database: str) -> None:
        db.execute("INSERT INTO item VALUES (1, 'a', 0)")
        with pytest.raises(db.IntegrityError):
            db.execute("INSERT INTO item VALUES (1, 'b', 0)")
        for action in (db.commit, lambda: db.execute("SELECT 1")):
            with pytest.raises(db.OperationalError, match=r"rollback\(\) comes first"):
                action()
        db.rollback()
        assert names(database) == []
        db.execute("INSERT INTO item VALUES (1, 'c', 0)")
        db.commit()
        assert names(database) == ["c"]

    @pytest.mark.parametrize("text", ["BEGIN", "  commit", "/* x */ ROLLBACK", "SAVEPOINT a",
                                      "-- x\nSTART TRANSACTION"])
    def test_transactions_are_not_steered_by_statements(self, db: Connection, text: str) -> None:
        with pytest.raises(db.ProgrammingError, match="is no statement here"):
            db.execute(text)

    def test_two_writers_wait_for_each_other(self, db: Connection, database: str) -> None:
        """The second sees what the first committed: no lost update by `n = n + 1`."""
        import threading

        db.execute("INSERT INTO item VALUES (1, 'a', 0)")
        db.commit()
        db.execute("UPDATE item SET cents = cents + 1")

        def second() -> None:
            with connect(database) as other:
                other.execute("UPDATE item SET cents = cents + 1")

        thread = threading.Thread(target=second)
        thread.start()
        db.commit()
        thread.join()
        assert db.execute("SELECT cents FROM item").fetchone() == (2,)


MISTAKES = {
    "a duplicate": ("INSERT INTO item VALUES (1, 'b', 0)", "IntegrityError"),
    "a missing value": ("INSERT INTO item (id, cents) VALUES (2, 0)", "IntegrityError"),
    "NULL where there is none": ("INSERT INTO item VALUES (2, NULL, 0)", "IntegrityError"),
    "a check": ("INSERT INTO item VALUES (2, 'b', -1)", "IntegrityError"),
    "no such table": ("SELECT * FROM absent", "ProgrammingError"),
    "no such column": ("SELECT absent FROM item", "ProgrammingError"),
    "no SQL": ("SELEC 1", "ProgrammingError"),
    "a table that exists": ("CREATE TABLE item (id INTEGER)", "ProgrammingError"),
    "two statements": ("SELECT 1; SELECT 2", "ProgrammingError"),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_mistakes_have_one_class(db: Connection, what: str) -> None:
    db.execute("INSERT INTO item VALUES (1, 'a', 0)")
    db.commit()
    text, kind = MISTAKES[what]
    with pytest.raises(getattr(db, kind)) as caught:
        db.execute(text)
    assert type(caught.value).__name__ == kind
    db.rollback()


@pytest.mark.parametrize("parameters", [(), (1, 2)])
def test_too_few_or_many_parameters(db: Connection, parameters: tuple[int, ...]) -> None:
    with pytest.raises(db.ProgrammingError):
        db.execute("SELECT ?", parameters)


def test_a_foreign_key_holds(db: Connection) -> None:
    db.execute("CREATE TABLE part (item_id INTEGER REFERENCES item (id))")
    with pytest.raises(db.IntegrityError):
        db.execute("INSERT INTO part VALUES (99)")


def test_the_log_tells_statements_as_they_were_written(db: Connection) -> None:
    sql.clear_log()
    db.execute("SELECT id FROM item WHERE name = ? AND cents % 2 = 0", ("a",))
    db.executemany("INSERT INTO item VALUES (?, 'x', 0)", [(1,), (2,)])
    db.commit()
    assert sql.log() == ["SELECT id FROM item WHERE name = ? AND cents % 2 = 0",
                         "INSERT INTO item VALUES (?, 'x', 0)", "COMMIT"]


@pytest.mark.parametrize("url", ["", "sqlite:kata.db", "sqlite:///", "oracle://x", "kata.db",
                                 "sqlite://host/path"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises((ValueError, sql.Connection.OperationalError)):
        connect(url)


@pytest.mark.parametrize("url", ["sqlite:///nowhere/at/all.db", "mysql://root@127.0.0.1:1/x",
                                 "postgresql://postgres@127.0.0.1:1/x"])
def test_what_cannot_be_reached_is_an_operational_error(url: str) -> None:
    with pytest.raises(sql.Connection.OperationalError):
        connect(url)


@pytest.mark.parametrize(("text", "expected"), [
    ("SELECT ?", ("SELECT %s", 1)),
    ("SELECT '?', \"?\", `?`, ?", ("SELECT '?', \"?\", `?`, %s", 1)),
    ("SELECT 'it''s ?' , ?", ("SELECT 'it''s ?' , %s", 1)),
    ("SELECT 1 -- ?\n, ?", ("SELECT 1 -- ?\n, %s", 1)),
    ("SELECT /* ? % */ ?", ("SELECT /* ? %% */ %s", 1)),
    ("SELECT $$ ? $$, $a$ ? $b$ ? $a$, ?", ("SELECT $$ ? $$, $a$ ? $b$ ? $a$, %s", 1)),
    ("SELECT ?;  -- done;\n", ("SELECT %s;  -- done;\n", 1)),
    ("SELECT 5 % 2, '%', '\\', ?", ("SELECT 5 %% 2, '%%', '\\', %s", 1)),
])
def test_question_marks_become_placeholders(text: str, expected: tuple[str, int]) -> None:
    assert sql_text.to_format(text) == expected


@pytest.mark.parametrize("text", ["SELECT 'a", 'SELECT "a', "SELECT /* a", "SELECT `a"])
def test_what_does_not_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not closed"):
        sql_text.to_format(text)
