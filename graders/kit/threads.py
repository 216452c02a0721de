"""Threads of learner's code, made to interleave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graders.kit.calls import raised
from graders.kit.side import of_kata, run_by_value


def run_threads(
    target: Callable[..., Any],
    calls_per_thread: Sequence[Sequence[Sequence[Any]]],
    seed: int,
    jitter: float = 0.05,
) -> list[list[Any]]:
    """Call `target` from one thread per entry; return each thread's results, errors as Raised.

    `calls_per_thread` holds a list of argument tuples for each thread. All start together; each
    yields with chance `jitter` at any opcode of the learner's module, in a pattern that `seed`
    fixes (not the system's scheduling). Raises TimeoutError where the threads are stuck.
    """
    if not callable(target):
        raise TypeError(f"run_threads: needs a function or method, got {type(target).__name__}")
    if not isinstance(seed, int):
        raise TypeError(f"run_threads: seed is {seed!r}; it is an int, rng.randrange(1 << 30), say")
    if not 0 <= jitter <= 1:
        raise ValueError(f"run_threads: jitter is {jitter!r}; it is a chance from 0 to 1")
    series = []
    for number, calls in enumerate(calls_per_thread):
        if isinstance(calls, (str, bytes)) or not all(isinstance(a, (tuple, list)) for a in calls):
            raise TypeError(f"run_threads: entry {number} is no list of argument tuples")
        series.append([tuple(args) for args in calls])
    link = of_kata("run_threads", target)
    outcome = run_by_value(link, "run_threads", target, series, seed, jitter)
    results = []
    for values, errors in outcome:
        row = list(values)
        for index, kept in errors:
            row[index] = raised(link, kept)
        results.append(row)
    return results
