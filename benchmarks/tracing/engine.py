"""The engine with clocks: its own work, and that of the judge children it forks."""

from __future__ import annotations

import os
import sys
from typing import Any

from benchmarks.tracing.ledger import PATH, Ledger, around
from benchmarks.tracing.start import instead
from graders.judge import child, engine, link, nursery_start, plugin, session, tree_runner

LEDGER = Ledger()


def _collect(original: Any, *args: Any) -> Any:
    LEDGER.begin("template", "collection")
    return original(*args)


def _enter(original: Any, *args: Any) -> Any:
    LEDGER.begin("judge child", "fork")
    LEDGER.switch("set-up")
    return original(*args)


def _ordered(original: Any, *args: Any) -> Any:
    original(*args)
    LEDGER.switch("pytest between tests")


def _report(original: Any, reporter: Any, record: dict[str, Any]) -> None:
    with LEDGER.span("narration"):
        original(reporter, record)
    if "done" in record:
        LEDGER.flush()


def _send(original: Any, served: Any, record: dict[str, Any]) -> None:
    if "template" in record:
        LEDGER.switch("serving")
    if "judge_cpu_s" in record and LEDGER.role == "template":
        LEDGER.flush(judge_child_cpu_s=record["judge_cpu_s"])
    elif "judge_cpu_s" in record:  # the engine only hands it on
        LEDGER.flush()
    original(served, record)


def _start_nursery(original: Any, *arguments: Any, **more: Any) -> Any:
    with instead("graders.judge.nursery", os.environ[PATH]):
        return original(*arguments, **more)


def install() -> None:
    """Put the clocks in."""
    around(nursery_start, "start_nursery", _start_nursery)
    around(engine.Engine, "_send", _send)
    LEDGER.time(engine.Engine, "_fork", "forking the judge child")
    around(child, "collect", _collect)
    around(child, "enter", _enter)
    around(session.Reporter, "__call__", _report)
    around(plugin.JudgePlugin, "order", _ordered)
    for owner, name, part in (
        (child, "_enter_namespaces", "namespaces"),
        (tree_runner.TreeRunner, "__init__", "waiting for Init"),
        (session, "judge", "plugins"),
        (tree_runner.TreeRunner, "start", "10 tests: starting the worker"),
        (link.Link, "_load", "10 tests: loading"),
        (link.Link, "request", "10 tests: calls"),
        (plugin, "runtestprotocol", "10 tests: pytest's protocol"),
        (tree_runner.TreeRunner, "finish", "10 tests: kill and clean"),
        (plugin.JudgePlugin, "_close", "10 tests: outcome"),
    ):
        LEDGER.time(owner, name, part)
    LEDGER.begin("engine", "serving")


if __name__ == "__main__":
    install()
    engine.main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
