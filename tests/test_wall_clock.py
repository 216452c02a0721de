"""The wall clock may be set at any moment: no verdict, limit or mark hangs on it."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "graders"
REAL = {"time", "time_ns", "now", "utcnow", "today", "localtime", "gmtime", "ctime",
        "CLOCK_REALTIME"}
OWNERS = {"time", "datetime", "date"}
# What is only written down for people to read.
RECORDED = {
    ("judge/clock.py", "time"),  # when a factor was measured
    ("services/amqp.py", "time"),  # when a message died, as RabbitMQ's x-death says it
    ("cohort/database.py", "now"),  # when a row was written
    # Against deadlines, which are days of the calendar; what is late follows from what is stored.
    ("cohort/collect.py", "now"),
}
# A learner's days: reviews that are due, answers that open, minutes of a mock. No verdict there.
OF_DAYS = ("cli_", "learn/")


def readings(path: Path) -> set[str]:
    """Return the names by which a module reads the clock of the calendar."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(attr=name, value=ast.Name(id=owner)) if owner in OWNERS:
                found |= {name} & REAL
            case ast.Attribute(attr=name, value=ast.Attribute(attr=owner)) if owner in OWNERS:
                found |= {name} & REAL
            case ast.ImportFrom(module="time", names=names):
                found |= {each.name for each in names} & REAL
    return found


def test_the_graders_decide_nothing_by_the_time_of_day() -> None:
    found = {(path.relative_to(PACKAGE).as_posix(), name)
             for path in PACKAGE.rglob("*.py") for name in readings(path)
             if not path.relative_to(PACKAGE).as_posix().startswith(OF_DAYS)}
    assert found == RECORDED


def test_a_reading_is_seen_in_every_form(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    for text in ("time.time()", "datetime.datetime.now()", "datetime.now()", "date.today()",
                 "time.clock_gettime(time.CLOCK_REALTIME)"):
        module.write_text(f"import time, datetime\nx = {text}\n")
        assert readings(module), text
    module.write_text("from time import time\n")
    assert readings(module) == {"time"}
    module.write_text("import time\nx = time.monotonic(), time.thread_time()\n")
    assert readings(module) == set()
