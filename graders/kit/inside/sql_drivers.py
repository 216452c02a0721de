"""The three drivers behind `connect`, opened so that they behave alike.

| | sqlite | mysql | postgresql |
|---|---|---|---|
| driver | sqlite3 | PyMySQL | psycopg |
| isolation | serializable | READ COMMITTED | READ COMMITTED |

All with autocommit off: sql.py begins a transaction where a driver does not do so by itself.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

BUSY_S = 5.0  # how long SQLite waits for another connection's lock
_CONNECT_S = 10
_MYSQL_MODE = "STRICT_ALL_TABLES,ANSI_QUOTES,NO_BACKSLASH_ESCAPES,ONLY_FULL_GROUP_BY"
DIALECTS = ("sqlite", "mysql", "postgresql")


@dataclass(frozen=True, slots=True)
class Driver:
    """One open driver connection and how to use it."""

    dialect: str
    raw: Any
    errors: Any  # the module that has the driver's exception classes
    begins: bool  # whether it begins transactions by itself


def open_driver(url: str, *, trusted: bool = True, read_only: bool = False) -> Driver:
    """Open what `url` names: sqlite:///absolute/path, mysql://… or postgresql://….

    `trusted` False and `read_only` are for the suite's side: a schema that the learner may have
    made, and a look that changes nothing. Raises ValueError for another URL, and
    the driver's own exceptions.
    """
    if not isinstance(url, str):
        raise TypeError(f"connect: the URL is a {type(url).__name__}; it is a str")
    parts = urlsplit(url)
    match parts.scheme:
        case "sqlite" if not parts.netloc and parts.path.startswith("/"):
            return _sqlite(unquote(parts.path), trusted, read_only)
        case "mysql":
            return _mysql(parts)
        case "postgresql":
            return _postgresql(parts)
    raise ValueError(f"connect: {url!r} is no URL of a database; it begins with sqlite:///, "
                     "mysql:// or postgresql://")


def _sqlite(path: str, trusted: bool, read_only: bool) -> Driver:
    raw = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    raw.execute("PRAGMA foreign_keys = ON")
    if not trusted:
        raw.execute("PRAGMA trusted_schema = OFF")
    if read_only:
        raw.execute("PRAGMA query_only = ON")
    return Driver("sqlite", raw, sqlite3, False)


def _mysql(parts: Any) -> Driver:
    import pymysql
    from pymysql.constants import CLIENT

    raw = pymysql.connect(
        **_account(parts, 3306), database=_name(parts), charset="utf8mb4", sql_mode=_MYSQL_MODE,
        client_flag=CLIENT.FOUND_ROWS,  # or an UPDATE counts the rows that changed, as no other
        autocommit=False, connect_timeout=_CONNECT_S,
        init_command="SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
    return Driver("mysql", raw, pymysql, True)


def _postgresql(parts: Any) -> Driver:
    import psycopg

    raw = psycopg.connect(
        **_account(parts, 5432), dbname=_name(parts),
        connect_timeout=_CONNECT_S, client_encoding="utf8", prepare_threshold=None)
    raw.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    return Driver("postgresql", raw, psycopg, True)


def _account(parts: Any, port: int) -> dict[str, Any]:
    found = {"host": parts.hostname or "127.0.0.1", "port": parts.port or port,
             "user": unquote(parts.username or "") or None}
    if parts.password:
        found["password"] = unquote(parts.password)
    return found


def _name(parts: Any) -> str | None:
    return unquote(parts.path.lstrip("/")) or None
