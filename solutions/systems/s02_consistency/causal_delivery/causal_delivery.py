"""Causal broadcast with vector clocks (Birman, Schiper and Stephenson 1991).

Every waiting message is filed under the first message that it misses, so that an arrival looks
only at those that were waiting for it.
"""

Message = tuple[str, dict[str, int], str]
MessageId = tuple[str, int]


class CausalNode:
    """One member of a fixed group; delivers a message only after all that its sender knew."""

    def __init__(self, me: str, nodes: list[str]) -> None:
        if len(set(nodes)) != len(nodes):
            raise ValueError(f"a node is named twice in {nodes}")
        if me not in nodes:
            raise ValueError(f"{me!r} is not one of {nodes}")
        self._me = me
        self._delivered = dict.fromkeys(nodes, 0)
        self._waiting: set[MessageId] = set()
        self._missed_by: dict[MessageId, list[Message]] = {}

    def broadcast(self, payload: str) -> Message:
        """Send and deliver a new message of this node; its vector is the clock just after."""
        self._delivered[self._me] += 1
        return self._me, self.clock(), payload

    def receive(self, message: Message) -> list[str]:
        """Take in one message; return the payloads that may be shown now, causes first."""
        sender, vector, _ = message
        if sender not in self._delivered:
            raise ValueError(f"unknown sender {sender!r}")
        arrived = (sender, vector[sender])
        if vector[sender] <= self._delivered[sender] or arrived in self._waiting:
            return []
        self._waiting.add(arrived)
        shown = []
        candidates = [message]
        for candidate in candidates:  # grows while it is walked
            missing = self._first_missing(candidate)
            if missing is not None:
                self._missed_by.setdefault(missing, []).append(candidate)
                continue
            sender, vector, payload = candidate
            identity = (sender, vector[sender])
            self._waiting.remove(identity)
            self._delivered[sender] = vector[sender]
            shown.append(payload)
            candidates += self._missed_by.pop(identity, [])
        return shown

    def pending(self) -> int:
        """Return how many messages have been received and not delivered."""
        return len(self._waiting)

    def clock(self) -> dict[str, int]:
        """Return how many messages of each node have been delivered here (a copy)."""
        return dict(self._delivered)

    def _first_missing(self, message: Message) -> MessageId | None:
        """Name a message that must be delivered before this one; None when it may go now."""
        sender, vector, _ = message
        if vector[sender] - 1 > self._delivered[sender]:
            return sender, vector[sender] - 1
        for node, count in vector.items():
            if node != sender and count > self._delivered[node]:
                return node, count
        return None
