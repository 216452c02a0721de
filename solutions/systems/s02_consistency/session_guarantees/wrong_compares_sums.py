"""Misconception: the server with more writes is the newer one.

Nine writes of somebody else do not make up for one that is missing.
"""

Vector = dict[str, int]

# What a server must have before an operation: what the session has written, or what it has read.
_NEEDS = {
    ("read", "RYW"): "written",
    ("read", "MR"): "read",
    ("write", "MW"): "written",
    ("write", "WFR"): "read",
}


class Session:
    """What one client has read and written, and what it may do next at which server."""

    def __init__(self, guarantees: set[str]) -> None:
        """Switch on some of "RYW", "MR", "MW", "WFR"; any other name raises ValueError."""
        if unknown := guarantees - {name for _, name in _NEEDS}:
            raise ValueError(f"unknown guarantees {sorted(unknown)}")
        self._seen: dict[str, Vector] = {"read": {}, "written": {}}
        self._needs: dict[str, list[Vector]] = {"read": [], "write": []}
        for (op, name), what in _NEEDS.items():
            if name in guarantees:
                self._needs[op].append(self._seen[what])

    def can_read(self, server: Vector) -> bool:
        """Tell whether a read at a server with this vector keeps the guarantees."""
        return self._allowed("read", server)

    def did_read(self, server: Vector) -> None:
        """Add all that this server had to what was read."""
        for origin, seq in server.items():
            self._note("read", origin, seq)

    def can_write(self, server: Vector) -> bool:
        """Tell whether a write at a server with this vector keeps the guarantees."""
        return self._allowed("write", server)

    def did_write(self, origin: str, seq: int) -> None:
        """Add number `seq` of `origin` to what was written."""
        self._note("written", origin, seq)

    def pick(self, op: str, servers: dict[str, Vector]) -> str | None:
        """Return the least name where `op` is allowed; another `op` raises ValueError."""
        if op not in self._needs:
            raise ValueError(f"{op!r} is neither read nor write")
        return min((name for name in servers if self._allowed(op, servers[name])), default=None)

    def _note(self, what: str, origin: str, seq: int) -> None:
        """Widen one of the two vectors; it never shrinks."""
        vector = self._seen[what]
        vector[origin] = max(seq, vector.get(origin, 0))

    def _allowed(self, op: str, server: Vector) -> bool:
        """Tell whether the server has all that the guarantees ask for before `op`."""
        return all(sum(server.values()) >= sum(needed.values()) for needed in self._needs[op])
