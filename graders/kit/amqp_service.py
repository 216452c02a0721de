"""The handle on the AMQP broker: its queues, what clients asked for, planned faults."""

from __future__ import annotations

from typing import Any

from graders.kit import services

_KIND = "amqp"


class Amqp:
    """The broker of one test. `url` is for the learner's code; everything else is the suite's."""

    def __init__(self) -> None:
        host, port = services.place(_KIND)
        self.url = f"amqp://guest:guest@{host}:{port}/%2F"

    def state(self) -> dict[str, Any]:
        """Return queues, exchanges and counts, as Broker.state in services/amqp.py tells them.

        What a client has asked for without waiting for an answer may not have happened yet.
        """
        found: dict[str, Any] = services.ask(_KIND, "state")
        return found

    def messages(self, queue: str) -> list[dict[str, Any]]:
        """Return a queue's ready messages in order: body, properties, redelivered and so on."""
        return list(services.ask(_KIND, "messages", queue))

    @property
    def log(self) -> list[dict[str, Any]]:
        """The methods that clients asked for, oldest first, without the handshake."""
        found: list[dict[str, Any]] = []
        while page := services.ask(_KIND, "log", len(found)):
            found += page
        return found

    def cut_after(self, methods: int, lose_reply: bool = False) -> None:
        """Cut the connection that sends the next method after `methods` more ones.

        That method is not carried out. With `lose_reply` the last of the `methods` is carried
        out, and its reply is lost.
        """
        least = 1 if lose_reply else 0
        if not isinstance(methods, int) or isinstance(methods, bool) or methods < least:
            raise ValueError(f"amqp.cut_after: {methods!r} methods; at least {least}")
        services.ask(_KIND, "cut", methods, bool(lose_reply))

    def drop_all(self) -> int:
        """Cut all connections; what they had not acknowledged is requeued. Return how many."""
        return int(services.ask(_KIND, "drop"))

    def restart(self) -> None:
        """Restart: connections are closed (320), only what is durable is kept."""
        services.ask(_KIND, "restart")

    def advance_ms(self, ms: int) -> None:
        """Let time pass for what expires, so that no test need wait."""
        services.ask(_KIND, "advance", ms)
