"""What learners have declared in a real broker, noted as it is answered: AMQP cannot list it.

Names are the learner's. What vanishes by itself (auto-delete, x-expires) is noted when a look at
the server does not find it any more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graders.services import amqp_table
from graders.services.amqp_exchanges import PREDECLARED
from graders.services.amqp_wire import Method

Binding = tuple[str, str, str]  # "queue" or "exchange", its name, the routing key


@dataclass
class MirrorQueue:
    """A queue; `owner` is the connection of an exclusive one."""

    durable: bool
    auto_delete: bool
    owner: object | None
    arguments: dict[str, Any]


@dataclass
class MirrorExchange:
    """An exchange and what is bound to it."""

    type: str
    durable: bool
    auto_delete: bool = False
    internal: bool = False
    bindings: list[Binding] = field(default_factory=list)


class Mirror:
    """Queues and exchanges by name."""

    def __init__(self) -> None:
        self.queues: dict[str, MirrorQueue] = {}
        self.exchanges = {name: MirrorExchange(kind, durable=True)
                          for name, kind in PREDECLARED.items()}

    def note(self, owner: object, method: Method) -> None:
        """Note what a method of a connection has changed, now that the server has agreed."""
        args = method.args
        match method.name:
            case "Queue.Declare" if not args["passive"]:
                self.queues.setdefault(args["queue"], MirrorQueue(
                    args["durable"], args["auto_delete"], owner if args["exclusive"] else None,
                    amqp_table.plain(args["arguments"])))
            case "Exchange.Declare" if not args["passive"]:
                self.exchanges.setdefault(args["exchange"], MirrorExchange(
                    args["exchange_type"], args["durable"], args["auto_delete"],
                    args["internal"]))
            case "Queue.Delete":
                self.forget("queue", args["queue"])
            case "Exchange.Delete":
                self.forget("exchange", args["exchange"])
            case "Queue.Bind" | "Exchange.Bind" | "Queue.Unbind" | "Exchange.Unbind":
                self._bound(method)

    def _bound(self, method: Method) -> None:
        args = method.args
        kind = method.name.partition(".")[0].lower()
        source = args["exchange" if kind == "queue" else "source"]
        binding = kind, args["queue" if kind == "queue" else "destination"], args["routing_key"]
        exchange = self.exchanges.get(source)
        if exchange is None:
            return
        if method.name.endswith("Unbind"):
            exchange.bindings = [each for each in exchange.bindings if each != binding]
        elif binding not in exchange.bindings:
            exchange.bindings.append(binding)

    def forget(self, kind: str, name: str) -> None:
        """Forget a queue or an exchange, and what was bound to or by it."""
        if kind == "queue":
            self.queues.pop(name, None)
        elif name not in PREDECLARED:
            self.exchanges.pop(name, None)
        for each in self.exchanges.values():
            each.bindings = [edge for edge in each.bindings if edge[:2] != (kind, name)]

    def left(self, owner: object) -> None:
        """A connection has ended: its exclusive queues are gone."""
        for name in [name for name, each in self.queues.items() if each.owner is owner]:
            self.forget("queue", name)

    def exchanges_told(self) -> dict[str, dict[str, Any]]:
        """Return the exchanges as plain data."""
        return {name: {"type": each.type, "durable": each.durable,
                       "auto_delete": each.auto_delete, "internal": each.internal,
                       "bindings": list(each.bindings)}
                for name, each in self.exchanges.items()}
