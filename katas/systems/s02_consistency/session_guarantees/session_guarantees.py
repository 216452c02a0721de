"""Session guarantees: which servers may serve a client, given what it has read and written."""

Vector = dict[str, int]


class Session:
    """What one client has read and written, and what it may do next at which server.

    A vector says what is there: `vector[origin]` is how many of the writes that `origin` accepted,
    all up to this number; an origin that is missing counts 0. Vectors that are passed in are left
    as they are.
    """

    def __init__(self, guarantees: set[str]) -> None:
        """Switch on some of "RYW", "MR", "MW", "WFR"; any other name raises ValueError."""
        raise NotImplementedError

    def can_read(self, server: Vector) -> bool:
        """Tell whether a read at a server with this vector keeps the guarantees."""
        raise NotImplementedError

    def did_read(self, server: Vector) -> None:
        """Take note of a read: everything that this server had counts as read."""
        raise NotImplementedError

    def can_write(self, server: Vector) -> bool:
        """Tell whether a write at a server with this vector keeps the guarantees."""
        raise NotImplementedError

    def did_write(self, origin: str, seq: int) -> None:
        """Take note of a write that `origin` accepted as its number `seq`, counted from 1."""
        raise NotImplementedError

    def pick(self, op: str, servers: dict[str, Vector]) -> str | None:
        """Return the first name, in order of the names, where `op` is allowed; None if nowhere.

        `op` is "read" or "write"; anything else raises ValueError.
        """
        raise NotImplementedError
