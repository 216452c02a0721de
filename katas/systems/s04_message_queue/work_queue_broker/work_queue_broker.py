"""A work queue: competing consumers, leases, dead letters, and a journal that survives crashes."""


class WorkQueue:
    """Messages for several consumers, each of which has one at a time. Ids count from 1."""

    def __init__(self, path: str, visibility_ms: int, max_attempts: int) -> None:
        """Open or create the journal at `path` and take up where it ends.

        ValueError if a number is below 1, or if the journal is damaged.
        """
        raise NotImplementedError

    def publish(self, body: bytes, now_ms: int) -> int:
        """Accept a message and return its id; from then on no crash loses it."""
        raise NotImplementedError

    def receive(self, consumer: str, now_ms: int) -> tuple[int, bytes, int] | None:
        """Return (id, body, attempt) of the ready message with the smallest id, now held.

        None if there is none, or while the consumer holds another one.
        """
        raise NotImplementedError

    def ack(self, consumer: str, msg_id: int, now_ms: int) -> bool:
        """Remove a message for good; False, and no effect, if the consumer does not hold it."""
        raise NotImplementedError

    def nack(self, consumer: str, msg_id: int, requeue: bool, now_ms: int) -> bool:
        """Give a message back, or make it dead; False if the consumer does not hold it."""
        raise NotImplementedError

    def disconnect(self, consumer: str, now_ms: int) -> list[int]:
        """Give back what the consumer holds; return the ids, none or one."""
        raise NotImplementedError

    def dead(self) -> list[int]:
        """Return the ids of dead messages, ascending."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the journal; every later call but this one raises ValueError."""
        raise NotImplementedError
