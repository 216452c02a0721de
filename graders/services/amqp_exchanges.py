"""Exchanges and how they match: fanout, direct, topic, headers, and exchanges behind exchanges.

Pure: bindings in, names of queues out. Sender-selected routing (the CC and BCC headers) is not
offered.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from graders.services import amqp_table
from graders.services.amqp_faults import failed
from graders.services.amqp_message import Message
from graders.services.amqp_table import Field, Table

TYPES = ("direct", "fanout", "headers", "topic")
PREDECLARED = {"": "direct", "amq.direct": "direct", "amq.fanout": "fanout",
               "amq.headers": "headers", "amq.match": "headers", "amq.topic": "topic"}
_X_MATCH = ("all", "any", "all-with-x", "any-with-x")


@dataclass(frozen=True, slots=True)
class Binding:
    """An edge from an exchange to a queue or another exchange."""

    to_queue: bool
    target: str
    key: str
    arguments: Table = field(compare=False)
    written: bytes  # the arguments again: they belong to its identity


@dataclass(slots=True)
class Exchange:
    """A named exchange; its bindings in the order they were made."""

    name: str
    type: str
    durable: bool = False
    auto_delete: bool = False
    internal: bool = False
    arguments: Table = field(default_factory=dict)
    bindings: dict[Binding, None] = field(default_factory=dict)

    @property
    def alternate(self) -> str | None:
        """Return the exchange for messages that match no binding."""
        tag, value = self.arguments.get("alternate-exchange", ("V", None))
        return value.decode(errors="replace") if tag == "S" else None

    def matches(self, key: str, headers: Table) -> list[Binding]:
        """Return the bindings that a message takes."""
        if self.type == "topic":
            words = _words(key)
            return [each for each in self.bindings if topic_matches(_words(each.key), words)]
        if self.type == "headers":
            return [each for each in self.bindings if headers_match(each.arguments, headers)]
        return [each for each in self.bindings if self.type == "fanout" or each.key == key]


def _words(key: str) -> list[str]:
    """Return the words of a key; the empty key has none, as RabbitMQ has it."""
    return key.split(".") if key else []


def topic_matches(pattern: list[str], words: list[str]) -> bool:
    """Tell whether `words` match: "*" stands for one word, "#" for any number, none included.

    Goes through the words once with the set of places in the pattern that are reachable, so that
    no pattern costs more than its length times the words (trying all splits is exponential).
    """
    places = _behind_hashes(pattern, {0})
    for word in words:
        after = set()
        for place in places:
            if place == len(pattern):
                continue
            if pattern[place] == "#":
                after.add(place)
            elif pattern[place] in ("*", word):
                after.add(place + 1)
        places = _behind_hashes(pattern, after)
    return len(pattern) in places


def _behind_hashes(pattern: list[str], places: set[int]) -> set[int]:
    found = set()
    for place in places:
        found.add(place)
        while place < len(pattern) and pattern[place] == "#":
            place += 1
            found.add(place)
    return found


def headers_match(arguments: Table, headers: Table) -> bool:
    """Tell whether a headers exchange passes a message on; a void argument asks for presence."""
    mode = arguments.get("x-match", amqp_table.text("all"))[1].decode()
    wanted = {name: value for name, value in arguments.items()
              if name != "x-match" and (mode.endswith("with-x") or not name.startswith("x-"))}
    found = (_has(headers, name, value) for name, value in wanted.items())
    return any(found) if mode.startswith("any") else all(found)


def _has(headers: Table, name: str, wanted: Field) -> bool:
    return name in headers and (wanted[0] == "V" or amqp_table.same(wanted, headers[name]))


def check_headers_binding(arguments: Table) -> None:
    """Raise ChannelFault for an x-match that RabbitMQ refuses."""
    match arguments.get("x-match"):
        case None:
            return
        case ("S", value):
            if value.decode(errors="replace") not in _X_MATCH:
                raise failed(f"Invalid x-match field value <<\"{value.decode(errors='replace')}\">>"
                             "; expected all, any, all-with-x, or any-with-x")
        case other:
            raise failed(f"Invalid x-match field type {amqp_table.NAMES[other[0]]} "
                         f"(value {amqp_table.shown(other)}); expected longstr")


def route(exchanges: Mapping[str, Exchange], queues: Container[str], message: Message,
          headers: Table) -> list[str]:
    """Return the queues that a message reaches from its exchange, each once."""
    found: dict[str, None] = {}
    waiting, seen = [message.exchange], {message.exchange}
    while waiting:
        exchange = exchanges.get(waiting.pop())
        if exchange is None:
            continue
        if not exchange.name and message.key in queues:
            found[message.key] = None  # the default exchange: every queue by its own name
        taken = exchange.matches(message.key, headers)
        found.update({each.target: None for each in taken if each.to_queue})
        further = {each.target for each in taken if not each.to_queue}
        if not taken and exchange.alternate is not None:
            further.add(exchange.alternate)
        waiting += sorted(further - seen)
        seen |= further
    return list(found)
