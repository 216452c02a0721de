"""Which job goes to which worker, and what becomes of it: bookkeeping, without any network.

    jobs ──► a worker has two under way: the second waits there, so that it is never idle
      └─ a worker died ──► its jobs go again, each alone on a worker ── died again ──► withheld
         an answer that is none ──► the same

One more try is all there is (THREATS rule 25), and it is alone, so that a job that kills its
worker takes no other along twice. A worker that is refused, or refuses itself, gets no more jobs;
that is no try of the jobs it had.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graders.cohort.job import Answer, Job, withheld
from graders.model import Report
from graders.phrases import phrase

UNDER_WAY = 2  # jobs at a worker
TRIES = 2


@dataclass(eq=False)
class Trial:
    """A job on its way."""

    place: int
    job: Job
    tries: int = 0  # that came to nothing


@dataclass
class Queue:
    """Jobs to do, and workers by their addresses; `refused` says why one gets nothing."""

    jobs: Iterator[tuple[int, Job]]
    refused: dict[str, str] = field(default_factory=dict)
    _again: deque[Trial] = field(default_factory=deque)
    _held: dict[str, list[Trial]] = field(default_factory=dict)
    _ended: bool = False

    @property
    def workers(self) -> tuple[str, ...]:
        """Those that jobs may go to."""
        return tuple(self._held)

    def finished(self) -> bool:
        """Whether every job has its Report."""
        if not self._ended and not self._again:
            self._fetch()
        return self._ended and not self._again and not any(self._held.values())

    def join(self, address: str) -> None:
        """Count a worker in that is not refused."""
        if address not in self.refused:
            self._held.setdefault(address, [])

    def leave(self, address: str) -> list[tuple[int, Report]]:
        """Count a worker out that is gone; return the Reports of jobs that are given up."""
        return self._came_to_nothing(self._held.pop(address, []), phrase(
            "the worker that judged it ended, and so did the next one"))

    def refuse(self, address: str, why: str) -> None:
        """Give this worker no more; what it had goes again."""
        self.refused[address] = why
        self._again.extend(self._held.pop(address, []))

    def give(self, address: str) -> Trial | None:
        """Return what this worker is to do next, now under way there; None: nothing, for now."""
        held = self._held.get(address)
        if held is None or len(held) >= UNDER_WAY or any(each.tries for each in held):
            return None
        if not self._again:
            self._fetch()
        if not self._again or (held and self._again[0].tries):
            return None  # what goes again waits for a worker that has nothing else
        held.append(self._again.popleft())
        return held[-1]

    def answered(self, address: str, trial: Trial, answer: Answer) -> list[tuple[int, Report]]:
        """Take an answer; return the Report that is settled by it, or nothing."""
        if answer.refused:
            self.refuse(address, answer.refused)
            return []
        self._held[address].remove(trial)
        if answer.report is not None:
            return [(trial.place, answer.report)]
        return self._came_to_nothing([trial], answer.fault)

    def is_under_way(self, address: str, trial: Trial) -> bool:
        """Whether this worker's answer to this is waited for."""
        return trial in self._held.get(address, ())

    def _came_to_nothing(self, trials: Iterable[Trial], why: str) -> list[tuple[int, Report]]:
        given_up = []
        for trial in trials:
            trial.tries += 1
            if trial.tries < TRIES:
                self._again.append(trial)
            else:
                given_up.append((trial.place, withheld(trial.job, why)))
        return given_up

    def _fetch(self) -> None:
        """Put the next job that was never tried where `give` takes it from."""
        if (following := next(self.jobs, None)) is None:
            self._ended = True
        else:
            self._again.append(Trial(*following))
