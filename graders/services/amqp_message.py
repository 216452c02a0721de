"""Messages and their properties, and what a queue adds to a message that dies in it.

Properties stay the bytes that came, so that they reach the consumer exactly so; only what the
broker acts on is read. A dead letter gets RabbitMQ's x-death headers, most recent death first.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Any, cast

from pamqp import commands

from graders.services import amqp_table, amqp_wire
from graders.services.amqp_faults import ConnectionFault, failed
from graders.services.amqp_ledger import ENTRY
from graders.services.amqp_table import Table

MESSAGE_CAP = 16 << 20  # bytes of a body; RabbitMQ's own default is 128 MiB
PROPERTIES_CAP = 64 << 10  # bytes; they must fit into one frame, with what a death adds
DEATHS_CAP = 64  # queues in a message's x-death; honest ones die a few times
_DEATH_NODES = amqp_table.NODE_CAP + 16 * DEATHS_CAP
_SPEC = cast(Any, commands.Basic.Properties)
_FIELDS = tuple((name, _SPEC.amqp_type(name), _SPEC.flags[name]) for name in _SPEC.attributes())
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What was published: where to, with which properties (raw), and the body."""

    exchange: str
    key: str
    properties: bytes
    body: bytes
    persistent: bool = False
    ttl_ms: int | None = None

    @property
    def cost(self) -> int:
        """Return what it costs to keep it in one queue, in bytes of the ledger."""
        return ENTRY + len(self.properties) + len(self.body)


def read_properties(data: bytes, nodes: int = amqp_table.NODE_CAP) -> Properties:
    """Return the properties that are set. Raises ConnectionFault for malformed ones."""
    try:
        flags, place = int.from_bytes(data[:2]), 2
        found: Properties = {}
        for name, kind, flag in _FIELDS:
            if not flags & flag:
                continue
            if kind == "timestamp":
                found[name], place = amqp_wire.read_value(data, place, "longlong")
            elif kind == "table":
                found[name], place = amqp_table.read(data, place, nodes)
            else:
                found[name], place = amqp_wire.read_value(data, place, kind)
    except (ValueError, struct.error, IndexError) as error:
        raise ConnectionFault(502, f"malformed properties: {error}") from None
    if place != len(data) or flags & 3:
        raise ConnectionFault(502, "malformed properties: bytes left over")
    return found


def write_properties(properties: Properties) -> bytes:
    """Return the bytes of properties."""
    flags, parts = 0, []
    for name, kind, flag in _FIELDS:
        if name in properties:
            flags |= flag
            wire_kind = "longlong" if kind == "timestamp" else kind
            parts.append(amqp_wire.write_value(properties[name], wire_kind))
    return flags.to_bytes(2) + b"".join(parts)


def plain_properties(data: bytes) -> dict[str, Any]:
    """Return properties as Python data, for states and logs."""
    found = read_properties(data, _DEATH_NODES)
    return {name: amqp_table.plain(value) if name == "headers" else value
            for name, value in found.items()}


def accepted(args: dict[str, Any], raw: bytes, body: bytes, user: str) -> tuple[Message, Table]:
    """Return the message that `args` of Basic.Publish and its content make, and its headers.

    Raises ChannelFault where RabbitMQ refuses a property, ConnectionFault for malformed ones.
    """
    if len(raw) > PROPERTIES_CAP:
        raise ConnectionFault(502, f"properties longer than {PROPERTIES_CAP} bytes")
    found = read_properties(raw)
    if found.get("user_id", user) != user:
        raise failed(f"user_id property set to '{found['user_id']}' "
                     f"but authenticated user was '{user}'")
    mode = found.get("delivery_mode", 1)
    if mode not in (1, 2):
        raise failed(f"invalid message: {{delivery_mode_unknown,{mode}}}")
    expiration = found.get("expiration")
    message = Message(args["exchange"], args["routing_key"], raw, body, mode == 2,
                      None if expiration is None else _milliseconds(expiration))
    return message, found.get("headers", {})


def _milliseconds(text: str) -> int:
    match = re.match(r"[+-]?[0-9]{1,19}", text)
    if match is None:
        raise failed(f"invalid expiration '{text}': no_integer")
    number, rest = int(match[0]), text[match.end():]
    if rest:
        raise failed(f"invalid expiration '{text}': {{leftover_string,\"{rest}\"}}")
    if number < 0:
        raise failed(f"invalid expiration '{text}': {{value_negative,{number}}}")
    return number


@dataclass(frozen=True, slots=True)
class Death:
    """Where and why a message died: "rejected", "expired" or "maxlen", in seconds since 1970."""

    queue: str
    reason: str
    time_s: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter: the message, its headers, and its deaths, the last one first."""

    message: Message
    headers: Table
    deaths: list[Table]

    def circles(self, queue: str) -> bool:
        """Tell whether `queue` would close a circle: it died there, and nobody rejected it since.

        RabbitMQ drops such a letter instead of sending it round for ever
        (https://www.rabbitmq.com/docs/dlx).
        """
        queues = [_word(each, "queue") for each in self.deaths]
        if queue not in queues or _word(self.deaths[0], "reason") == "rejected":
            return False
        since = self.deaths[: queues.index(queue) + 1]
        return all(_word(each, "reason") != "rejected" for each in since)


def died(message: Message, death: Death, exchange: str, key: str) -> Letter | None:
    """Return `message` as a dead letter to `exchange`; None when its record grew out of bounds.

    Its expiration goes into the record, so that it does not expire again on the way.
    """
    properties = read_properties(message.properties, _DEATH_NODES)
    headers: Table = dict(properties.get("headers", {}))
    tag, value = headers.get("x-death", ("V", None))
    deaths = [each[1] for each in value if each[0] == "F"] if tag == "A" else []
    first = not deaths
    deaths = _recorded(deaths, _record(message, death, properties.pop("expiration", None)))
    headers["x-death"] = ("A", [("F", each) for each in deaths])
    if first:
        headers |= {"x-first-death-exchange": amqp_table.text(message.exchange),
                    "x-first-death-queue": amqp_table.text(death.queue),
                    "x-first-death-reason": amqp_table.text(death.reason)}
    raw = write_properties(properties | {"headers": headers})
    if len(raw) > PROPERTIES_CAP or len(deaths) > DEATHS_CAP:
        return None
    return Letter(Message(exchange, key, raw, message.body, message.persistent), headers, deaths)


def _record(message: Message, death: Death, expiration: str | None) -> Table:
    record: Table = {
        "count": ("l", 1), "reason": amqp_table.text(death.reason),
        "queue": amqp_table.text(death.queue), "time": ("T", death.time_s),
        "exchange": amqp_table.text(message.exchange),
        "routing-keys": ("A", [amqp_table.text(message.key)]),
    }
    if expiration is not None:
        record["original-expiration"] = amqp_table.text(expiration)
    return record


def _word(death: Table, name: str) -> str:
    tag, value = death.get(name, ("V", None))
    return value.decode(errors="replace") if tag == "S" else ""


def _recorded(deaths: list[Table], record: Table) -> list[Table]:
    """Return the deaths with `record` first; one of the same queue and reason counts on."""
    def key(death: Table) -> tuple[str, str]:
        return _word(death, "queue"), _word(death, "reason")

    before = [each for each in deaths if key(each) == key(record)]
    counts = [each["count"][1] for each in before[:1]
              if each.get("count", ("V", 0))[0] in amqp_table.INTEGERS]
    count = min(sum(counts) + 1, 2**63 - 1)
    rest = [each for each in deaths if key(each) != key(record)]
    return [record | {"count": ("l", count)}, *rest]
