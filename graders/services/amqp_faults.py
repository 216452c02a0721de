"""Errors of AMQP 0-9-1, with RabbitMQ's reply codes and names.

A ChannelFault ends one channel, a ConnectionFault the whole connection. Both are answers to a
peer, never faults of the graders: they are caught where the frame came in and sent as a Close.
"""

from __future__ import annotations

# https://www.rabbitmq.com/amqp-0-9-1-reference.html#constants
NAMES = {
    312: "NO_ROUTE", 320: "CONNECTION_FORCED", 403: "ACCESS_REFUSED", 404: "NOT_FOUND",
    405: "RESOURCE_LOCKED", 406: "PRECONDITION_FAILED", 501: "FRAME_ERROR", 502: "SYNTAX_ERROR",
    503: "COMMAND_INVALID", 504: "CHANNEL_ERROR", 505: "UNEXPECTED_FRAME", 506: "RESOURCE_ERROR",
    530: "NOT_ALLOWED", 540: "NOT_IMPLEMENTED", 541: "INTERNAL_ERROR",
}
TEXT_CAP = 255  # bytes; a reply text is a short string


class Fault(Exception):
    """What a peer did wrong: `code` as on the wire, `text` as it is sent.

    `method` names the method that was being carried out, "" for none.
    """

    def __init__(self, code: int, text: str) -> None:
        super().__init__(code, text)
        self.code, self.method = code, ""
        self.text = shortened(f"{NAMES[code]} - {text}")


class ChannelFault(Fault):
    """A soft error: the channel is closed, the connection goes on."""


class ConnectionFault(Fault):
    """A hard error: the connection is closed."""

    def during(self, method: str) -> ConnectionFault:
        """Return this error, about `method` unless it already says about which."""
        self.method = self.method or method
        return self


class FramingFault(ConnectionFault):
    """A hard error after which nobody knows where the next frame begins."""


class Cut(Exception):
    """A planned fault: the connection is dropped without a word."""


def shortened(text: str) -> str:
    """Return `text` in at most 255 bytes, with dots where something was left out."""
    data = text.encode()
    if len(data) <= TEXT_CAP:
        return text
    return data[: TEXT_CAP - 3].decode(errors="ignore") + "..."


RESTARTED = ConnectionFault(320, "broker forced connection closure with reason 'shutdown'")


def not_found(kind: str, name: str) -> ChannelFault:
    """Return the 404 for a missing "queue" or "exchange"."""
    return ChannelFault(404, f"no {kind} '{name}' in vhost '/'")


def refused(text: str) -> ChannelFault:
    """Return a 403."""
    return ChannelFault(403, text)


def failed(text: str) -> ChannelFault:
    """Return a 406."""
    return ChannelFault(406, text)
