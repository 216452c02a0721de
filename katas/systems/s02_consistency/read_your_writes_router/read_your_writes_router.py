"""Read-your-writes: send a read where the reader's own writes have already arrived."""


class SessionRouter:
    """Choose a replica for each read of a session, or the primary if none is far enough.

    Writes have positions in the primary's log (LSN), integers from 1; a replica at position p
    has everything up to p.
    """

    def __init__(self, replicas: list[str]) -> None:
        """Know these replicas, in this order; none is in service before it has reported.

        Raises ValueError when a name stands there twice or is "primary".
        """
        raise NotImplementedError

    def on_write(self, session: str, lsn: int) -> None:
        """Take note that a write of `session` got position `lsn`; reports may come late."""
        raise NotImplementedError

    def on_progress(self, replica: str, lsn: int) -> None:
        """Put `replica` into service at position `lsn`, which may be smaller than before.

        Raises ValueError for a name that was not given to the constructor.
        """
        raise NotImplementedError

    def on_replica_down(self, replica: str) -> None:
        """Take `replica` out of service until it reports progress again.

        Raises ValueError for a name that was not given to the constructor.
        """
        raise NotImplementedError

    def route_read(self, session: str) -> str:
        """Return the replica to read from: one that is far enough and whose turn it is.

        Returns "primary", and leaves the turn alone, if no replica is far enough.
        """
        raise NotImplementedError

    def token(self, session: str) -> int:
        """Return the largest known position of the writes of `session`, 0 if there is none."""
        raise NotImplementedError

    def resume(self, session: str, token: int) -> None:
        """Continue a session whose `token` another router gave; the larger of the two counts."""
        raise NotImplementedError
