"""Misconception: whoever has written reads from the primary from then on.

Right about the data, but after a day every customer is pinned.
"""

PRIMARY = "primary"
OUT_OF_SERVICE = -1  # less than any token, 0 included


class SessionRouter:
    """Choose for each read a replica that has the session's own writes, or the primary."""

    def __init__(self, replicas: list[str]) -> None:
        """Know the replicas; a name twice, or "primary", raises ValueError."""
        if len({*replicas, PRIMARY}) != len(replicas) + 1:
            raise ValueError(f"names must differ, from {PRIMARY!r} too: {replicas}")
        self._replicas = list(replicas)
        self._applied = dict.fromkeys(replicas, OUT_OF_SERVICE)
        self._tokens: dict[str, int] = {}
        self._turn = 0

    def on_write(self, session: str, lsn: int) -> None:
        """Raise the session's token to `lsn`, unless it is larger already."""
        self._tokens[session] = max(lsn, self.token(session))

    def on_progress(self, replica: str, lsn: int) -> None:
        """Believe the replica, forwards and backwards; an unknown name raises ValueError."""
        if replica not in self._applied:
            raise ValueError(f"unknown replica {replica!r}")
        self._applied[replica] = lsn

    def on_replica_down(self, replica: str) -> None:
        """Choose the replica for nobody until it reports; an unknown name raises ValueError."""
        self.on_progress(replica, OUT_OF_SERVICE)

    def route_read(self, session: str) -> str:
        """Return the first replica from the turn on that is far enough, or the primary."""
        token = self.token(session)
        for step in range(len(self._replicas)):
            place = (self._turn + step) % len(self._replicas)
            replica = self._replicas[place]
            if token == 0 and self._applied[replica] >= 0:
                self._turn = place + 1
                return replica
        return PRIMARY

    def token(self, session: str) -> int:
        """Return the largest position that the session is known to have written, or 0."""
        return self._tokens.get(session, 0)

    def resume(self, session: str, token: int) -> None:
        """Take over what another router knew of the session's writes."""
        self.on_write(session, token)
