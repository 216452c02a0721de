"""Independent solution of read_your_writes_router, written from statement and stub alone."""

PRIMARY = "primary"


class SessionRouter:
    """Choose a replica for each read of a session, or the primary if none is far enough.

    Writes have positions in the primary's log (LSN), integers from 1; a replica at position p
    has everything up to p.
    """

    def __init__(self, replicas: list[str]) -> None:
        """Know these replicas, in this order; none is in service before it has reported.

        Raises ValueError when a name stands there twice or is "primary".
        """
        self._names = list(replicas)
        self._index = {name: i for i, name in enumerate(self._names)}
        if len(self._index) != len(self._names):
            raise ValueError("a replica is named twice")
        if PRIMARY in self._index:
            raise ValueError(f"no replica may be called {PRIMARY!r}")
        self._positions: list[int | None] = [None] * len(self._names)  # None: out of service
        self._turn = 0
        self._tokens: dict[str, int] = {}

    def on_write(self, session: str, lsn: int) -> None:
        """Take note that a write of `session` got position `lsn`; reports may come late."""
        self._raise_token(session, lsn)

    def on_progress(self, replica: str, lsn: int) -> None:
        """Put `replica` into service at position `lsn`, which may be smaller than before.

        Raises ValueError for a name that was not given to the constructor.
        """
        self._positions[self._index_of(replica)] = lsn

    def on_replica_down(self, replica: str) -> None:
        """Take `replica` out of service until it reports progress again.

        Raises ValueError for a name that was not given to the constructor.
        """
        self._positions[self._index_of(replica)] = None

    def route_read(self, session: str) -> str:
        """Return the replica to read from: one that is far enough and whose turn it is.

        Returns "primary", and leaves the turn alone, if no replica is far enough.
        """
        token = self.token(session)
        count = len(self._names)
        for step in range(count):
            i = (self._turn + step) % count
            position = self._positions[i]
            if position is not None and position >= token:
                self._turn = (i + 1) % count
                return self._names[i]
        return PRIMARY

    def token(self, session: str) -> int:
        """Return the largest known position of the writes of `session`, 0 if there is none."""
        return self._tokens.get(session, 0)

    def resume(self, session: str, token: int) -> None:
        """Continue a session whose `token` another router gave; the larger of the two counts."""
        self._raise_token(session, token)

    def _raise_token(self, session: str, token: int) -> None:
        if token > self.token(session):
            self._tokens[session] = token

    def _index_of(self, replica: str) -> int:
        if replica not in self._index:
            raise ValueError(f"unknown replica {replica!r}")
        return self._index[replica]
