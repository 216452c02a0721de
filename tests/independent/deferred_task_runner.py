"""Independent solution of deferred_task_runner, written from statement and stub alone."""

import threading
import time
from collections import deque
from collections.abc import Callable


class QueueFull(Exception):
    """As many jobs wait as may."""


class Cancelled(Exception):
    """The job was never started, and never will be."""


class _Task:
    """A job that was accepted, and what became of it; guarded by the runner's lock."""

    def __init__(self, job: str) -> None:
        self.job = job
        self.state = "pending"
        self.text = ""
        self.error: BaseException | None = None
        self.over: threading.Condition | None = None  # made by the first one who waits


class TaskRunner:
    """Takes jobs at once and has `workers` threads do them, first come, first served."""

    def __init__(self, handler: Callable[[str], str], workers: int, max_pending: int) -> None:
        """Call `handler(job)` in at most `workers` threads; let at most `max_pending` jobs wait.

        ValueError unless both numbers are positive. No thread is started yet.
        """
        if workers < 1 or max_pending < 1:
            raise ValueError("workers and max_pending must be at least 1")
        self._handler = handler
        self._workers = workers
        self._max_pending = max_pending
        self._lock = threading.Lock()
        self._work = threading.Condition(self._lock)  # a job waits, or the runner was stopped
        self._tasks: dict[int, _Task] = {}
        self._pending: deque[_Task] = deque()
        self._threads: list[threading.Thread] = []
        self._started = False
        self._stopped = False

    def start(self) -> None:
        """Start the workers; RuntimeError if they were started before, or after `stop`."""
        with self._lock:
            if self._started or self._stopped:
                raise RuntimeError("the runner was started or stopped before")
            self._started = True
            for _ in range(self._workers):
                thread = threading.Thread(target=self._run, daemon=True)
                thread.start()
                self._threads.append(thread)

    def submit(self, job: str) -> int:
        """Accept a job and return its ticket (1, 2, …) without waiting for anything.

        QueueFull if `max_pending` jobs wait, RuntimeError after `stop`; neither uses up a ticket.
        """
        with self._lock:
            if self._stopped:
                raise RuntimeError("the runner was stopped")
            if len(self._pending) >= self._max_pending:
                raise QueueFull(f"{self._max_pending} jobs wait already")
            task = _Task(job)
            ticket = len(self._tasks) + 1
            self._tasks[ticket] = task
            self._pending.append(task)
            self._work.notify()
            return ticket

    def state(self, ticket: int) -> str:
        """Return "pending", "running", "done", "failed" or "cancelled"; KeyError if unknown."""
        with self._lock:
            return self._tasks[ticket].state

    def result(self, ticket: int, timeout_s: float) -> str:
        """Return what the handler returned, waiting at most `timeout_s` seconds for it.

        Raises what the handler raised; Cancelled; TimeoutError; KeyError for an unknown ticket.
        """
        deadline = time.monotonic() + timeout_s
        with self._lock:
            task = self._tasks[ticket]
            while task.state in ("pending", "running"):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"job {ticket} is not over")
                if task.over is None:
                    task.over = threading.Condition(self._lock)
                task.over.wait(min(left, threading.TIMEOUT_MAX))
        # What is over does not change any more.
        if task.state == "cancelled":
            raise Cancelled(f"job {ticket} was cancelled")
        if task.error is not None:
            raise task.error
        return task.text

    def stop(self, drain: bool) -> None:
        """Accept nothing more; finish what waits, or cancel it; return when no worker is left."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
            if not (drain and self._started):
                while self._pending:
                    self._end(self._pending.popleft(), "cancelled")
            self._work.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        """Do jobs until the runner was stopped and none waits."""
        while (task := self._begin()) is not None:
            text, error = "", None
            try:
                text = self._handler(task.job)
            except BaseException as raised:  # whatever it is, a worker must not be lost
                error = raised
            with self._lock:
                task.text, task.error = text, error
                self._end(task, "done" if error is None else "failed")
            del task, error  # a worker that waits keeps no old job alive

    def _begin(self) -> _Task | None:
        """Wait for a job and begin it; None if there will be none."""
        with self._lock:
            while not self._pending:
                if self._stopped:
                    return None
                self._work.wait()
            task = self._pending.popleft()
            task.state = "running"
            return task

    @staticmethod
    def _end(task: _Task, state: str) -> None:
        """Set the final state of a job and wake all who wait for it; the lock is held."""
        task.state = state
        if task.over is not None:
            task.over.notify_all()
