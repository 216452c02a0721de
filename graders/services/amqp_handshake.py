"""How a connection begins: greeting, log-in, limits, virtual host. Pure, but for its texts."""

from __future__ import annotations

from typing import Any

from graders.services import amqp_table, amqp_wire
from graders.services.amqp_faults import ConnectionFault

USER, PASSWORD, VHOST = "guest", "guest", "/"
CHANNEL_MAX, HEARTBEAT_S = 2047, 60  # RabbitMQ's offers
_CAPABILITIES = ("publisher_confirms", "exchange_exchange_bindings", "basic.nack",
                 "consumer_cancel_notify", "authentication_failure_close", "per_consumer_qos")


class NotTold(Exception):
    """A log-in refused to a client that does not want to be told: the connection just ends."""


def start() -> bytes:
    """Return the greeting."""
    capabilities = dict.fromkeys(_CAPABILITIES, ("t", True))
    properties = {"capabilities": ("F", capabilities), "product": amqp_table.text("kata40"),
                  "information": amqp_table.text("a small broker for katas, not RabbitMQ")}
    return amqp_wire.method(0, "Connection.Start", version_major=0, version_minor=9,
                            server_properties=properties, mechanisms=b"PLAIN", locales=b"en_US")


def log_in(args: dict[str, Any]) -> tuple[str, bool]:
    """Return the user of Connection.StartOk, and whether the client wants Basic.Cancel.

    Raises ConnectionFault (403) for a wrong password, NotTold where the client lacks the
    capability to hear of it.
    """
    tag, value = args["client_properties"].get("capabilities", ("V", None))
    capabilities = value if tag == "F" else {}
    mechanism = args["mechanism"]
    if mechanism == "PLAIN" and args["response"] == f"\0{USER}\0{PASSWORD}".encode():
        return USER, capabilities.get("consumer_cancel_notify") == ("t", True)
    if capabilities.get("authentication_failure_close") != ("t", True):
        raise NotTold
    raise ConnectionFault(403, f"Login was refused using authentication mechanism {mechanism}. "
                               "For details see the broker logfile.")


def tune() -> bytes:
    """Return the limits that are offered."""
    return amqp_wire.method(0, "Connection.Tune", channel_max=CHANNEL_MAX,
                            frame_max=amqp_wire.FRAME_MAX, heartbeat=HEARTBEAT_S)


def tuned(args: dict[str, Any]) -> tuple[int, int, int]:
    """Return channel limit, frame limit in bytes and heartbeat in seconds that the client chose.

    A limit of 0 leaves it to the server, a heartbeat of 0 means none. Raises ConnectionFault.
    """
    channels, size = args["channel_max"] or CHANNEL_MAX, args["frame_max"] or amqp_wire.FRAME_MAX
    for what, value, most in (("channel_max", channels, CHANNEL_MAX),
                              ("frame_max", size, amqp_wire.FRAME_MAX)):
        if value > most:
            raise ConnectionFault(530, f"negotiated {what} = {value} is higher than the maximum "
                                       f"allowed value ({most})")
    if size < amqp_wire.FRAME_MIN:
        raise ConnectionFault(530, f"negotiated frame_max = {size} is lower than the minimum "
                                   f"allowed value ({amqp_wire.FRAME_MIN})")
    return channels, size, args["heartbeat"]


def check_vhost(args: dict[str, Any]) -> None:
    """Raise ConnectionFault (530) for any virtual host but the one there is."""
    if args["virtual_host"] != VHOST:
        raise ConnectionFault(530, f"vhost {args['virtual_host']} not found")
