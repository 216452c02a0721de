"""What crosses between SQL and Python, alike for three drivers: parameters, rows, exceptions.

And the one place where a driver's cursor is used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NoReturn

from graders.kit.inside import sql_text
from graders.kit.inside.sql_drivers import Driver

_ERRORS = ("IntegrityError", "DataError", "NotSupportedError", "ProgrammingError",
           "InternalError", "OperationalError", "InterfaceError", "DatabaseError", "Error")
# Drivers class a mistake differently. By SQLite's words and MariaDB's numbers:
_SQLITE_WORDS = ("no such table", "no such column", "syntax error", "already exists",
                 "has no column named", "incomplete input")
_CLASSES: dict[object, str] = {
    **dict.fromkeys((*_SQLITE_WORDS, 1050, 1051, 1054, 1064, 1136, 1146), "ProgrammingError"),
    **dict.fromkeys((1048, 1364, 4025), "IntegrityError"),  # NOT NULL, no default, CHECK
    **dict.fromkeys((1406, 1264), "DataError"),  # too long, out of range
}


def carry_out(driver: Driver, raw: Any, text: str, rows: list[tuple[Any, ...]],
              many: bool) -> None:
    """Execute a statement on the driver's cursor `raw`, within a transaction.

    Raises sqlite3's exceptions.
    """
    if driver.dialect != "sqlite":
        try:
            text, count = sql_text.to_format(text)
        except ValueError as error:
            raise sqlite3.ProgrammingError(str(error)) from None
        if any(len(row) != count for row in rows):
            raise sqlite3.ProgrammingError(f"the statement has {count} parameters")
    try:
        if not driver.begins and not driver.raw.in_transaction:
            reads = sql_text.verb(text) in sql_text.READING
            driver.raw.execute("BEGIN" if reads else "BEGIN IMMEDIATE")
        if many:
            raw.executemany(text, rows)
        else:
            raw.execute(text, rows[0])
    except Exception as error:
        translated(error)


def end(driver: Driver, word: str) -> None:
    """COMMIT or ROLLBACK; without a transaction nothing happens. Raises sqlite3's exceptions."""
    try:
        if driver.dialect != "sqlite":
            driver.raw.commit() if word == "COMMIT" else driver.raw.rollback()
        elif driver.raw.in_transaction:
            driver.raw.execute(word)
    except Exception as error:
        translated(error)


def checked_text(text: Any) -> str:
    """Return a statement. Raises TypeError."""
    if not isinstance(text, str):
        raise TypeError(f"a statement is a str, not a {type(text).__name__}")
    return text


def row_of(parameters: Any) -> tuple[Any, ...]:
    """Return the parameters of one statement. Raises TypeError for what cannot be one."""
    if isinstance(parameters, (str, bytes)) or not isinstance(parameters, Sequence):
        raise TypeError(f"parameters are a tuple or list, (value,) for one, not a "
                        f"{type(parameters).__name__}")
    for each in parameters:
        if each is not None and not isinstance(each, (int, str, bytes)):
            raise TypeError(f"a {type(each).__name__} is no parameter; None, int, str and bytes "
                            "are (money is a whole number of cents)")
    return tuple(int(each) if isinstance(each, bool) else each for each in parameters)


def plain(row: Sequence[Any]) -> tuple[Any, ...]:
    """Return a row of None, int, str and bytes. Raises NotSupportedError."""
    return tuple(each if each is None or type(each) in (int, str, bytes) else _value(each)
                 for each in row)


def _value(value: Any) -> Any:
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, bool):
        return int(value)
    kind = type(value).__name__
    if kind == "Decimal" and value.is_finite() and value.as_tuple().exponent >= 0:
        return int(value)  # a SUM; an AVG has digits after the point even where they are zero
    raise sqlite3.NotSupportedError(
        f"a result of type {kind} ({value}); select whole numbers, text or bytes")


def translated(error: Exception) -> NoReturn:
    """Raise sqlite3's exception in the place of a driver's; a foreign one is raised as it is."""
    names = {kind.__name__ for kind in type(error).__mro__}
    own = next((name for name in _ERRORS if name in names), None)
    if own is None or "Error" not in names:
        raise error
    text = str(error.args[-1] if error.args else error).strip()
    kind: type[Exception] = getattr(sqlite3, _CLASSES.get(_code(error), own))
    raise kind(text) from error


def _code(error: Exception) -> object:
    """Return what tells drivers' errors apart where their classes do not."""
    if isinstance(error, sqlite3.OperationalError):
        text = str(error)
        return next((words for words in _SQLITE_WORDS if words in text), "")
    return error.args[0] if len(error.args) == 2 else ""
