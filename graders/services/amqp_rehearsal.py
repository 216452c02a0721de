"""A client's whole visit, played to the broker without sockets.

Code that has run is specialised by the interpreter, and what is forked afterwards starts with it:
the first connection of each test costs half as much.
"""

from __future__ import annotations

import time
from typing import Any

from graders.services import amqp_wire
from graders.services.amqp_connection import Connection
from graders.services.amqp_host import Host
from graders.services.amqp_ledger import Ledger
from graders.services.amqp_record import Record

_ON, _OFF = True, False
_CLIENT: dict[str, Any] = {"capabilities": ("F", {"consumer_cancel_notify": ("t", _ON)})}
_STEPS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (0, "Connection.StartOk", {"client_properties": _CLIENT, "mechanism": "PLAIN",
                               "response": b"\0guest\0guest", "locale": "en_US"}),
    (0, "Connection.TuneOk", {"channel_max": 2047, "frame_max": amqp_wire.FRAME_MAX,
                              "heartbeat": 60}),
    (0, "Connection.Open", {"virtual_host": "/", "capabilities": "", "insist": _OFF}),
    (1, "Channel.Open", {"out_of_band": "0"}),
    (1, "Exchange.Declare", {"ticket": 0, "exchange": "x", "exchange_type": "fanout",
                             "passive": _OFF, "durable": _ON, "auto_delete": _OFF,
                             "internal": _OFF, "nowait": _OFF, "arguments": {}}),
    (1, "Queue.Declare", {"ticket": 0, "queue": "q", "passive": _OFF, "durable": _ON,
                          "exclusive": _OFF, "auto_delete": _OFF, "nowait": _OFF,
                          "arguments": {}}),
    (1, "Queue.Bind", {"ticket": 0, "queue": "q", "exchange": "x", "routing_key": "",
                       "nowait": _OFF, "arguments": {}}),
    (1, "Confirm.Select", {"nowait": _OFF}),
    (1, "Basic.Publish", {"ticket": 0, "exchange": "x", "routing_key": "", "mandatory": _ON,
                          "immediate": _OFF}),
    (1, "Basic.Get", {"ticket": 0, "queue": "q", "no_ack": _OFF}),
    (1, "Basic.Ack", {"delivery_tag": 1, "multiple": _OFF}),
    (1, "Channel.Close", {"reply_code": 200, "reply_text": "", "class_id": 0, "method_id": 0}),
    (0, "Connection.Close", {"reply_code": 200, "reply_text": "", "class_id": 0, "method_id": 0}),
)
_PERSISTENT = b"\x10\x00\x02"  # raw properties: delivery_mode, which is 2


def rehearse() -> None:
    """Play one visit to a broker that is thrown away afterwards."""
    host = Host(Ledger(), time.monotonic, time.monotonic)
    visit = Connection(1, host, Record(), 0.0)
    visit.receive(amqp_wire.PROTOCOL, 0.0)
    for channel, name, args in _STEPS:
        data = amqp_wire.method(channel, name, **args)
        if name == "Basic.Publish":
            data += b"".join(amqp_wire.content(channel, _PERSISTENT, b"x", amqp_wire.FRAME_MAX))
        visit.receive(data, 0.0)
        host.tick()
        while head := visit.outgoing.head():
            visit.sent(len(head), 0.0)
    visit.gone()
