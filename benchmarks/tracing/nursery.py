"""The nursery with clocks: joiner, Init and workers."""

from __future__ import annotations

import importlib.util

if importlib.util.find_spec("graders.judge.at_fork"):  # what the nursery itself begins with
    importlib.import_module("graders.judge.at_fork")

import json
import sys
from typing import Any

from benchmarks.tracing.ledger import Ledger, around
from graders.judge import kernel, nursery, sandbox, worker

LEDGER = Ledger()


def _joiner(original: Any, *args: Any) -> None:
    LEDGER.begin("joiner", "fork")
    LEDGER.switch("rest")
    original(*args)
    LEDGER.flush()


def _run(original: Any, init: Any, trees: Any) -> None:
    LEDGER.begin("Init", "fork")
    LEDGER.switch("serving")
    original(init, trees)


def _finish(original: Any, init: Any, keep_box: bool) -> bytes:
    with LEDGER.span("10 tests: kill, reap, clean"):
        answer: bytes = original(init, keep_box)
    LEDGER.flush(worker_cpu_s=json.loads(answer)["cpu_s"])
    return answer


def _worker(original: Any, *args: Any) -> None:
    LEDGER.begin("worker", "10 tests: fork")
    LEDGER.switch("10 tests: descriptors")
    original(*args)


def _serve(original: Any, *args: Any) -> None:
    LEDGER.switch("10 tests: streams")
    original(*args)


def _run_worker(original: Any, served: Any) -> None:
    LEDGER.switch("10 tests: reading and decoding requests")
    original(served)


def _reply(original: Any, served: Any, reply: Any) -> None:
    LEDGER.flush()  # before the judge hears of it: then it may kill us any moment
    original(served, reply)


def install() -> None:
    """Put the clocks in."""
    around(nursery, "_joiner", _joiner)
    around(nursery.Init, "run", _run)
    around(nursery.Init, "_finish", _finish)
    around(worker, "main", _worker)
    around(worker, "serve", _serve)
    around(worker.Worker, "run", _run_worker)
    around(worker.Worker, "_send", _reply)
    for owner, name, part in (
        (sandbox, "clone_binds", "bind trees"),
        (kernel, "setns", "namespaces"),
        (kernel, "unshare", "namespaces"),
        (sandbox, "enter_root", "private root"),
        (nursery.Init, "_start", "10 tests: forking the worker"),
        (sandbox, "lock_down", "10 tests: locking down"),
        (worker.Worker, "_load", "10 tests: loading"),
        (worker.Worker, "_answer", "10 tests: calls"),
    ):
        LEDGER.time(owner, name, part)
    LEDGER.begin("nursery", "serving")


if __name__ == "__main__":
    install()
    nursery.main(int(sys.argv[1]), int(sys.argv[2]), *(each.split() for each in sys.argv[3:6]))
