"""Causal broadcast: show a message only after everything that its sender had seen."""


class CausalNode:
    """One member of a group that talks by broadcast over an unreliable network.

    A message is a tuple `(sender, vector, payload)`. `vector[n]` says how many messages of node n
    the sender had delivered when it sent this one; its own number counts this one too.
    """

    def __init__(self, me: str, nodes: list[str]) -> None:
        """Join the group `nodes` (all members, `me` among them) under the name `me`.

        Raises ValueError when `me` is not in `nodes` or a name stands in it twice.
        """
        raise NotImplementedError

    def broadcast(self, payload: str) -> tuple[str, dict[str, int], str]:
        """Return a new message for all others; the node itself has delivered it with this call."""
        raise NotImplementedError

    def receive(self, message: tuple[str, dict[str, int], str]) -> list[str]:
        """Take in one message; return the payloads that this call delivers, in order.

        Everything that may be delivered now is delivered now, a cause before its effects. Empty
        when the message has to wait, was received before, or is one of this node's own.
        Raises ValueError, and changes nothing, when the sender is not in the group.
        """
        raise NotImplementedError

    def pending(self) -> int:
        """Return how many different messages have been received and not delivered yet."""
        raise NotImplementedError

    def clock(self) -> dict[str, int]:
        """Return for every node how many of its messages have been delivered here.

        The own number counts the node's own broadcasts. The caller may change the result freely.
        """
        raise NotImplementedError
