"""Threads of learner's code, made to interleave at random opcodes of the learner's module.

Races in pure Python hardly ever show by themselves: `inside.jitter` makes the threads yield.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from graders.kit.inside import jitter as jittering
from graders.kit.inside.kept import kept

# A run in which nothing moves for so many wake-ups is stuck. Each needs the processor, so a busy
# machine stretches the patience; on an idle one it is five seconds.
_WAKE_S = 0.01
_PATIENCE = 500


def run_threads(
    target: Callable[..., Any],
    calls_per_thread: list[list[tuple[Any, ...]]],
    seed: int,
    jitter: float,
) -> list[tuple[list[Any], list[tuple[int, Any]]]]:
    """Call `target` from one thread per entry; return (results, [(index, kept error)]) of each.

    `jitter` is the chance to yield at one opcode. Raises TimeoutError where threads are stuck,
    RuntimeError where one cannot be started, and what is no Exception (or is a
    NotImplementedError or MemoryError) out of the first thread that met it.
    """
    run = _Run(target, seed, jitter)
    threads = [
        threading.Thread(target=run.thread, args=(number, calls), daemon=True)
        for number, calls in enumerate(calls_per_thread)
    ]
    run.results = [([], []) for _ in threads]
    run.jitter.start()
    try:
        run.start(threads)
        run.wait(threads)
    finally:
        run.jitter.stop()
    if run.fatal:
        raise run.fatal[0]
    return run.results


class _Run:
    """One call of `run_threads`: the start signal, the results, the first fatal error."""

    def __init__(self, target: Callable[..., Any], seed: int, jitter: float) -> None:
        function = jittering.function_of(target)
        self.target = target
        self.file = function.__code__.co_filename if function else ""
        self.jitter = jittering.make(function, seed, jitter)
        self.go = threading.Event()
        self.cancelled = False
        self.results: list[tuple[list[Any], list[tuple[int, Any]]]] = []
        self.fatal: list[BaseException] = []

    def thread(self, number: int, calls: list[tuple[Any, ...]]) -> None:
        """Be one thread: wait for the start, make the calls under the tracer."""
        values, errors = self.results[number]
        self.go.wait()
        if self.cancelled:
            return
        try:
            self.jitter.begin(number)
            for index, args in enumerate(calls):
                try:
                    values.append(self.target(*args))
                except (NotImplementedError, MemoryError):
                    raise
                except Exception as error:
                    values.append(None)
                    errors.append((index, kept(error)))
        except BaseException as error:
            self.fatal.append(error)
        finally:
            self.jitter.end()

    def start(self, threads: list[threading.Thread]) -> None:
        """Start all threads, then give the signal; where one cannot start, none makes a call."""
        try:
            for each in threads:
                each.start()
        except RuntimeError:
            self.cancelled = True
            raise
        finally:
            self.go.set()

    def wait(self, threads: list[threading.Thread]) -> None:
        """Wait for all threads; raise TimeoutError where none makes headway any more."""
        idle, before = 0, (-1, 0.0)
        for each in threads:
            while each.is_alive():
                each.join(_WAKE_S)
                now = (sum(len(values) for values, _ in self.results), time.process_time())
                moved = now[0] != before[0] or now[1] - before[1] > _WAKE_S / 2
                idle, before = 0 if moved else idle + 1, now
                if idle > _PATIENCE:
                    raise TimeoutError(self._stuck(threads))

    def _stuck(self, threads: list[threading.Thread]) -> str:
        """Say where the threads stand, in the learner's file."""
        frames = sys._current_frames()
        places = []
        for number, each in enumerate(threads):
            frame = frames.get(each.ident or 0)
            while frame is not None and frame.f_code.co_filename != self.file:
                frame = frame.f_back
            if each.is_alive():
                where = f"line {frame.f_lineno} in {frame.f_code.co_name}" if frame else "?"
                places.append(f"thread {number} at {where}")
        return "run_threads: stuck, nobody moves: " + ", ".join(places)
