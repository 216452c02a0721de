"""A line on the terminal while a long run goes on: how many, how long still. Silent elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graders.words import say

_STEADY = 3  # done ones before a time is guessed
_BAR = 24  # cells of a full bar


@contextmanager
def shown(doing: str) -> Iterator[Callable[[int, int, str], None]]:
    """Yield a function to call with (done, of how many, which); `doing` stands before them."""
    stream = sys.stderr
    if not stream.isatty():
        yield lambda done, total, which: None
        return
    began_s, first = time.monotonic(), -1

    def show(done: int, total: int, which: str) -> None:
        nonlocal first
        first = done if first < 0 else first
        left = remaining(done - first, total - done, time.monotonic() - began_s)
        bar = "#" * (done * _BAR // max(total, 1))
        stream.write(f"\r\x1b[K{doing} [{bar:<{_BAR}}] {done}/{total} {left} {which}")
        stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


def remaining(done: int, left: int, passed_s: float) -> str:
    """Return how long the rest will take at the speed so far; "" while nobody can know."""
    if done < _STEADY or not left:
        return ""
    seconds = round(left * passed_s / done)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return say("({time} left)", time=clock)
