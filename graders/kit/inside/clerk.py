"""The suite's own look at a database, and its own changes: run where no learner code runs.

Under the judge in a process beside the worker, in the same sandbox and with the same files, that
never loads a submission (the *clerk*); in plain pytest in pytest's process. A database file is
the learner's to fill: SQLite trusts nothing of its schema, may not write while it looks, and is
stopped after so many steps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graders.kit.inside.sql_drivers import Driver, open_driver
from graders.kit.inside.sql_values import carry_out, end, plain, translated

ROWS_CAP = 100_000  # of one answer; the wire has caps of its own
STEPS_CAP = 200_000_000  # of SQLite's machine, some seconds
_STEP = 100_000
_open: dict[tuple[str, bool], Driver] = {}


def query(url: str, text: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Return the rows of a query. Raises sqlite3's errors; OverflowError beyond ROWS_CAP."""
    driver = _driver(url, read_only=True)
    cursor = driver.raw.cursor()
    try:
        carry_out(driver, cursor, text, [tuple(parameters)], many=False)
        rows = cursor.fetchmany(ROWS_CAP + 1)
    finally:
        end(driver, "ROLLBACK")
    if len(rows) > ROWS_CAP:
        raise OverflowError(f"more than {ROWS_CAP} rows")
    return [plain(row) for row in rows]


def execute(url: str, text: str, rows: list[tuple[Any, ...]], many: bool) -> int:
    """Carry out a statement and commit; return how many rows it concerned."""
    driver = _driver(url, read_only=False)
    cursor = driver.raw.cursor()
    try:
        carry_out(driver, cursor, text, [tuple(row) for row in rows], many)
        end(driver, "COMMIT")
    except BaseException:
        end(driver, "ROLLBACK")
        raise
    return int(cursor.rowcount)


def forget() -> None:
    """Close every connection."""
    while _open:
        _open.popitem()[1].raw.close()


def _driver(url: str, read_only: bool) -> Driver:
    found = _open.get((url, read_only))
    if found is None:
        try:
            found = _open[url, read_only] = open_driver(
                url, trusted=False, read_only=read_only)
        except (ValueError, TypeError):
            raise
        except Exception as error:
            translated(error)
    if found.dialect == "sqlite":
        found.raw.set_progress_handler(_countdown(STEPS_CAP // _STEP), _STEP)
    return found


def _countdown(steps: int) -> Callable[[], int]:
    left = [steps]

    def step() -> int:
        left[0] -= 1
        return int(left[0] <= 0)

    return step
