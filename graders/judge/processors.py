"""Which processor a job keeps to: judge child and worker take turns, so one is enough for both.

Where every processor has a job anyway, a call that wakes a process on another one costs an
interrupt there, and a pause until it comes: on two virtual processors a submission of lcs_dp took
a quarter less time with both sides on one (docs/judge.md). A job that has the machine to itself,
or code that runs on several at once, is left to the system.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

ANY = -1


def choose(taken: Sequence[int]) -> int:
    """Return the number of the processor for one more job; ANY leaves it to the system.

    `taken` has one for each job that is under way, ANY among them.
    """
    ours = sorted(os.sched_getaffinity(0))
    if not taken or len(taken) + 1 < len(ours):
        return ANY
    return min(ours, key=taken.count)


def keep_to(number: int) -> None:
    """Keep this process and those that it will fork to one processor."""
    if number != ANY:
        with contextlib.suppress(OSError):  # taken away from us meanwhile: any other will do
            os.sched_setaffinity(0, {number})
