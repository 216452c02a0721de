"""The embedded AMQP broker as a service: its methods as a suite's requests, and crashes.

The broker (amqp.py) owns its loop and its peers; this owns the line to the suite.
"""

from __future__ import annotations

import socket
from typing import Any

from graders.services.amqp import Broker
from graders.services.amqp_plan import Plan
from graders.services.suite_line import Refused, SuiteLine


def serve(listener: socket.socket, control: socket.socket, events: socket.socket) -> None:
    """Serve until the suite's side closes `control`."""
    service = AmqpService()
    faults = service.plan.record.faults
    line = service.plan.line = SuiteLine(control, events, service.asked)
    service.broker.serve(listener, lambda: line.closed or bool(faults), {control: line.serve})
    if faults:  # our own bug: a service that dies is nobody's wrong answer
        raise RuntimeError("\n".join(faults))


class AmqpService:
    """One broker, and what a suite asks of it."""

    def __init__(self) -> None:
        self.plan = Plan()
        self.broker = Broker(record=self.plan.record)

    def asked(self, verb: str, arguments: list[Any]) -> Any:
        """Carry out what the suite asks for."""
        broker = self.broker
        match verb, arguments:
            case "state", []:
                return broker.state()
            case "messages", [str(queue)]:
                try:
                    return broker.messages(queue)
                except KeyError:
                    raise Refused(f"amqp: there is no queue {queue!r}") from None
            case "drop", []:
                return broker.drop_all()
            case "restart", []:
                broker.restart()
            case "advance", [int(ms)]:
                broker.advance_ms(ms)
            case _:
                return self.plan.asked(verb, arguments)
        return None
