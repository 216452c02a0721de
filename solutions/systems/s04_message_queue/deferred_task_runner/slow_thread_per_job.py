"""Starts a thread for each job: the threads cost more than the jobs."""

import threading
from collections import deque
from collections.abc import Callable

FINAL = ("done", "failed", "cancelled")


class QueueFull(Exception):
    """As many jobs wait as may."""


class Cancelled(Exception):
    """The job was never started, and never will be."""


class _Job:
    """One accepted job; `value` is the handler's result, or what it raised."""

    def __init__(self, text: str) -> None:
        self.text, self.state = text, "pending"
        self.value: str | Exception = ""


class TaskRunner:
    """Tickets count the accepted jobs from 1. All state is guarded by one lock."""

    def __init__(self, handler: Callable[[str], str], workers: int, max_pending: int) -> None:
        """Keep at most `max_pending` waiting jobs; ValueError unless both numbers are positive."""
        if workers < 1 or max_pending < 1:
            raise ValueError("workers and max_pending must be positive")
        self._handler, self._workers, self._max_pending = handler, workers, max_pending
        self._jobs: list[_Job] = []
        self._pending: deque[_Job] = deque()
        self._threads: list[threading.Thread] = []
        self._stopping = False
        self._lock = threading.Lock()
        self._something_to_do = threading.Condition(self._lock)  # for the workers
        self._something_done = threading.Condition(self._lock)  # for those who wait for a result

    def start(self) -> None:
        """Start the workers; RuntimeError if that was done before, or after stop."""
        with self._lock:
            if self._threads or self._stopping:
                raise RuntimeError("started or stopped before")
            self._threads = [threading.Thread(target=self._work, daemon=True)
                             for _ in range(self._workers)]
            for thread in self._threads:
                thread.start()

    def submit(self, job: str) -> int:
        """Accept a job and return its ticket at once; QueueFull, or RuntimeError after stop."""
        with self._lock:
            if self._stopping:
                raise RuntimeError("stopped")
            if len(self._pending) >= self._max_pending:
                raise QueueFull(f"{self._max_pending} jobs wait")
            accepted = _Job(job)
            self._jobs.append(accepted)
            self._pending.append(accepted)
            self._something_to_do.notify()
            return len(self._jobs)

    def state(self, ticket: int) -> str:
        """Return pending, running, done, failed or cancelled; KeyError for an unknown ticket."""
        with self._lock:
            return self._find(ticket).state

    def result(self, ticket: int, timeout_s: float) -> str:
        """Wait for a job's result; raise what its handler raised, Cancelled or TimeoutError."""
        with self._lock:
            job = self._find(ticket)
            if not self._something_done.wait_for(lambda: job.state in FINAL, timeout_s):
                raise TimeoutError(f"ticket {ticket} is {job.state}")
        if job.state == "cancelled":
            raise Cancelled(ticket)
        if isinstance(job.value, Exception):
            raise job.value
        return job.value

    def stop(self, drain: bool) -> None:
        """Accept nothing more, do (or cancel) what waits, and return when no worker is left."""
        with self._lock:
            self._stopping = True
            while self._pending and not (drain and self._threads):
                self._pending.popleft().state = "cancelled"
            self._something_to_do.notify_all()
            self._something_done.notify_all()
        for thread in self._threads:
            thread.join()

    def _find(self, ticket: int) -> _Job:
        if not 1 <= ticket <= len(self._jobs):
            raise KeyError(ticket)
        return self._jobs[ticket - 1]

    def _work(self) -> None:
        """Do jobs until there are none and there will be none."""
        while (job := self._take()) is not None:
            thread = threading.Thread(target=self._do, args=(job,))
            thread.start()
            thread.join()

    def _do(self, job: _Job) -> None:
        try:
            state, value = "done", self._handler(job.text)
        except Exception as error:
            state, value = "failed", error
        with self._lock:
            job.state, job.value = state, value
            self._something_done.notify_all()

    def _take(self) -> _Job | None:
        with self._lock:
            self._something_to_do.wait_for(lambda: self._pending or self._stopping)
            if not self._pending:
                return None
            job = self._pending.popleft()
            job.state = "running"  # in the same step, or nobody knows of it for a moment
            return job
