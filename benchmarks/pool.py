"""Several commands at a time, as many as there are jobs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor


def wall_s(jobs: int, tasks: Sequence[Callable[[], object]]) -> float:
    """Do all tasks, `jobs` at a time; return the wall seconds. The first error is raised."""
    began_s = time.perf_counter()
    with ThreadPoolExecutor(jobs) as threads:
        for done in [threads.submit(task) for task in tasks]:
            done.result()
    return time.perf_counter() - began_s
