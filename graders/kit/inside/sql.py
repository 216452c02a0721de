"""`connect(url)`: one way to SQLite, MariaDB and PostgreSQL, for learners and suites alike.

A DB-API connection (PEP 249) with the same rules whatever stands behind it:

- a parameter is `?`; None, bool, int, str and bytes may be one, and come back (bool as int);
- no floats and no decimals: a whole number that a database computes as a decimal (SUM) arrives
  as int, a fraction is a NotSupportedError: compute it from whole numbers;
- the first statement begins a transaction, `commit()` or `rollback()` ends it; `with` commits
  at its end, or rolls back where an exception leaves it, and closes either way;
- a statement that failed spoils its transaction: before `rollback()` nothing else is carried out;
- isolation is READ COMMITTED at least (SQLite: serializable, a transaction that begins with a
  write takes the lock for writing at once);
- exceptions are sqlite3's classes, also found on the connection: `db.IntegrityError`.

What it logs, and the effects that it tells, happen beside the learner's code: they explain and
fail a submission, they never earn points by themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self

from graders.kit.inside import sql_text
from graders.kit.inside.effects import effect
from graders.kit.inside.sql_drivers import Driver, open_driver
from graders.kit.inside.sql_values import carry_out, checked_text, end, plain, row_of, translated

LOG_CAP = 20_000  # statements
_TEXT_CAP = 500  # characters of one in the log
_log: list[str] = []


def connect(url: str) -> Connection:
    """Return a new connection to the database that `url` names.

    Raises OperationalError where it cannot be reached, ValueError for what is no such URL.
    """
    try:
        return Connection(open_driver(url))
    except (ValueError, TypeError):
        raise
    except Exception as error:
        translated(error)


def log() -> list[str]:
    """Return the statements that connections of this process have been given."""
    return list(_log)


def clear_log() -> None:
    """Begin the log anew."""
    _log.clear()


class Connection:
    """One connection. Not for use by several threads."""

    Error = sqlite3.Error
    DatabaseError = sqlite3.DatabaseError
    IntegrityError = sqlite3.IntegrityError
    OperationalError = sqlite3.OperationalError
    ProgrammingError = sqlite3.ProgrammingError
    DataError = sqlite3.DataError
    InternalError = sqlite3.InternalError
    NotSupportedError = sqlite3.NotSupportedError
    InterfaceError = sqlite3.InterfaceError

    def __init__(self, driver: Driver) -> None:
        self._driver: Driver | None = driver
        self._spoilt = False

    @property
    def dialect(self) -> str:
        """What is behind it: "sqlite", "mysql" or "postgresql"."""
        return self._open().dialect

    def cursor(self) -> Cursor:
        """Return a new cursor."""
        return Cursor(self, self._open().raw.cursor())

    def execute(self, text: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Execute a statement on a cursor of its own; return that."""
        return self.cursor().execute(text, parameters)

    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> Cursor:
        """Execute a statement for each row of parameters; return the cursor."""
        return self.cursor().executemany(text, rows)

    def commit(self) -> None:
        """Make what the transaction did last; without one nothing happens."""
        self._refuse_spoilt()
        self._end("COMMIT")

    def rollback(self) -> None:
        """Undo what the transaction did; without one nothing happens."""
        self._end("ROLLBACK")

    def close(self) -> None:
        """Close; what was not committed is undone. A second time does nothing."""
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.raw.close()

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 _: TracebackType | None) -> None:
        try:
            if self._driver is not None:
                self.commit() if kind is None else self.rollback()
        finally:
            self.close()

    def _open(self) -> Driver:
        if self._driver is None:
            raise sqlite3.ProgrammingError("the connection is closed")
        return self._driver

    def _end(self, word: str) -> None:
        driver = self._open()
        _tell(word)
        self._spoilt = word == "COMMIT"
        end(driver, word)
        self._spoilt = False

    def _run(self, raw: Any, text: str, rows: list[tuple[Any, ...]], many: bool) -> None:
        driver = self._open()
        word = sql_text.verb(text)
        if word in sql_text.STEERING:
            raise sqlite3.ProgrammingError(
                f"{word} is no statement here: commit() and rollback() end a transaction, the "
                "next statement begins one")
        self._refuse_spoilt()
        _tell(text)
        self._spoilt = True
        carry_out(driver, raw, text, rows, many)
        self._spoilt = False

    def _refuse_spoilt(self) -> None:
        if self._spoilt:
            raise sqlite3.OperationalError(
                "a statement of this transaction has failed: rollback() comes first")


class Cursor:
    """One statement at a time, and its rows."""

    arraysize = 1

    def __init__(self, connection: Connection, raw: Any) -> None:
        self.connection, self._raw = connection, raw

    @property
    def description(self) -> Any:
        """Name and six None for each column of the result; None without one."""
        found = self._raw.description
        return None if found is None else tuple((each[0], *[None] * 6) for each in found)

    @property
    def rowcount(self) -> int:
        """How many rows an INSERT, UPDATE or DELETE concerned; -1 after a query."""
        return -1 if self._raw.description is not None else int(self._raw.rowcount)

    def execute(self, text: str, parameters: Sequence[Any] = ()) -> Self:
        """Execute one statement."""
        self.connection._run(self._raw, checked_text(text), [row_of(parameters)], many=False)
        return self

    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> Self:
        """Execute one statement for each row of parameters: one entry of the log, one effect."""
        self.connection._run(self._raw, checked_text(text), [row_of(each) for each in rows],
                             many=True)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None."""
        row = self._fetched(self._raw.fetchone)
        return None if row is None else plain(row)

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """Return the next `size` rows, `arraysize` where it is not told."""
        rows = self._fetched(self._raw.fetchmany, self.arraysize if size is None else size)
        return [plain(row) for row in rows]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""
        return [plain(row) for row in self._fetched(self._raw.fetchall)]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        while (row := self.fetchone()) is not None:
            yield row

    def close(self) -> None:
        """Forget the rows."""
        self._raw.close()

    def _fetched(self, fetch: Any, *arguments: int) -> Any:
        if self._raw.description is None:
            raise sqlite3.ProgrammingError("the last statement has no rows")
        try:
            return fetch(*arguments)
        except Exception as error:
            self.connection._spoilt = True
            translated(error)


def _tell(text: str) -> None:
    """Log a statement and let it be seen, before it happens."""
    effect("statement")
    if len(_log) < LOG_CAP:
        _log.append(text[:_TEXT_CAP])
