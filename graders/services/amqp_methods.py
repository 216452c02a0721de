"""Which function carries out which method of a client, on an open channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graders.services import amqp_basic, amqp_declare
from graders.services.amqp_channel import Channel

METHODS: dict[str, Callable[[Channel, dict[str, Any]], None]] = {
    "Exchange.Declare": amqp_declare.exchange_declare,
    "Exchange.Delete": amqp_declare.exchange_delete,
    "Exchange.Bind": amqp_declare.exchange_bind,
    "Exchange.Unbind": amqp_declare.exchange_unbind,
    "Queue.Declare": amqp_declare.queue_declare,
    "Queue.Bind": amqp_declare.queue_bind,
    "Queue.Unbind": amqp_declare.queue_unbind,
    "Queue.Purge": amqp_declare.queue_purge,
    "Queue.Delete": amqp_declare.queue_delete,
    "Basic.Qos": amqp_basic.qos,
    "Basic.Consume": amqp_basic.consume,
    "Basic.Cancel": amqp_basic.cancel,
    "Basic.Get": amqp_basic.get,
    "Basic.Ack": amqp_basic.ack,
    "Basic.Nack": amqp_basic.nack,
    "Basic.Reject": amqp_basic.reject,
    "Basic.Recover": amqp_basic.recover,
    "Basic.RecoverAsync": amqp_basic.recover_async,
    "Confirm.Select": amqp_basic.confirm_select,
    "Channel.Flow": amqp_basic.flow,
}
# Answers to what the broker may ask of a client: nothing to do.
ANSWERS = frozenset({"Basic.CancelOk", "Channel.FlowOk"})
# In RabbitMQ, but not here; refused by name rather than as unknown.
LACKING = frozenset({"Tx.Select", "Tx.Commit", "Tx.Rollback", "Connection.UpdateSecret"})
