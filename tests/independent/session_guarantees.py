"""Independent solution of session_guarantees, written from statement and stub alone."""

from collections.abc import Iterable

Vector = dict[str, int]

GUARANTEES = frozenset({"RYW", "MR", "MW", "WFR"})


class Session:
    """What one client has read and written, and what it may do next at which server.

    A vector says what is there: `vector[origin]` is how many of the writes that `origin` accepted,
    all up to this number; an origin that is missing counts 0. Vectors that are passed in are left
    as they are.
    """

    def __init__(self, guarantees: set[str]) -> None:
        """Switch on some of "RYW", "MR", "MW", "WFR"; any other name raises ValueError."""
        unknown = set(guarantees) - GUARANTEES
        if unknown:
            raise ValueError(f"no such guarantees: {unknown}")
        # For each origin the highest number, of all reads and of all writes up to now.
        self._read: Vector = {}
        self._written: Vector = {}
        self._needed = {
            "read": self._switched_on(guarantees, RYW=self._written, MR=self._read),
            "write": self._switched_on(guarantees, MW=self._written, WFR=self._read),
        }

    def can_read(self, server: Vector) -> bool:
        """Tell whether a read at a server with this vector keeps the guarantees."""
        return self._can("read", server)

    def did_read(self, server: Vector) -> None:
        """Take note of a read: everything that this server had counts as read."""
        self._include(self._read, server.items())

    def can_write(self, server: Vector) -> bool:
        """Tell whether a write at a server with this vector keeps the guarantees."""
        return self._can("write", server)

    def did_write(self, origin: str, seq: int) -> None:
        """Take note of a write that `origin` accepted as its number `seq`, counted from 1."""
        self._include(self._written, [(origin, seq)])

    def pick(self, op: str, servers: dict[str, Vector]) -> str | None:
        """Return the first name, in order of the names, where `op` is allowed; None if nowhere.

        `op` is "read" or "write"; anything else raises ValueError.
        """
        if op not in self._needed:
            raise ValueError(f"no such operation: {op!r}")
        return next((name for name in sorted(servers) if self._can(op, servers[name])), None)

    def _can(self, op: str, server: Vector) -> bool:
        """Tell whether the server has all of what `op` needs."""
        return all(
            server.get(origin, 0) >= seq
            for needed in self._needed[op]
            for origin, seq in needed.items()
        )

    @staticmethod
    def _switched_on(guarantees: set[str], **needs: Vector) -> list[Vector]:
        """Return the needs of those guarantees that are switched on."""
        return [needed for name, needed in needs.items() if name in guarantees]

    @staticmethod
    def _include(vector: Vector, seqs: Iterable[tuple[str, int]]) -> None:
        """Raise the vector to these numbers where they are higher."""
        for origin, seq in seqs:
            if seq > vector.get(origin, 0):
                vector[origin] = seq
