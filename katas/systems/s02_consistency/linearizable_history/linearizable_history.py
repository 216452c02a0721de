"""Linearizability: can what clients saw of a register be explained by one order?"""

# kind, value, time of the call, time of the return or None if the client never learnt the outcome
Operation = tuple[str, object, int, int | None]


def linearize(history: list[Operation], initial: object = None) -> list[int] | None:
    """Return positions of operations in an order that explains the history; None if none does.

    Kinds: ("w", value), ("r", value that was read), ("cas", (old, new, ok)). Every operation with
    a known outcome stands in the order once, a read with an unknown one never, others with an
    unknown outcome once or never. The register begins with `initial`.
    Raises ValueError for an unknown kind, a return that is not after its call, a time that occurs
    twice, and a cas whose value is not such a triple.
    """
    raise NotImplementedError
