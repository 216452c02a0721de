"""Accept now, do later: jobs wait in a bounded queue until one of a few threads does them."""

from collections.abc import Callable


class QueueFull(Exception):
    """As many jobs wait as may."""


class Cancelled(Exception):
    """The job was never started, and never will be."""


class TaskRunner:
    """Takes jobs at once and has `workers` threads do them, first come, first served."""

    def __init__(self, handler: Callable[[str], str], workers: int, max_pending: int) -> None:
        """Call `handler(job)` in at most `workers` threads; let at most `max_pending` jobs wait.

        ValueError unless both numbers are positive. No thread is started yet.
        """
        raise NotImplementedError

    def start(self) -> None:
        """Start the workers; RuntimeError if they were started before, or after `stop`."""
        raise NotImplementedError

    def submit(self, job: str) -> int:
        """Accept a job and return its ticket (1, 2, …) without waiting for anything.

        QueueFull if `max_pending` jobs wait, RuntimeError after `stop`; neither uses up a ticket.
        """
        raise NotImplementedError

    def state(self, ticket: int) -> str:
        """Return "pending", "running", "done", "failed" or "cancelled"; KeyError if unknown."""
        raise NotImplementedError

    def result(self, ticket: int, timeout_s: float) -> str:
        """Return what the handler returned, waiting at most `timeout_s` seconds for it.

        Raises what the handler raised; Cancelled; TimeoutError; KeyError for an unknown ticket.
        """
        raise NotImplementedError

    def stop(self, drain: bool) -> None:
        """Accept nothing more; finish what waits, or cancel it; return when no worker is left."""
        raise NotImplementedError
