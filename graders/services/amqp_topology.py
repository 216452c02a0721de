"""Exchanges, queues and bindings of the virtual host "/": declared, compared, deleted.

Knows nothing of sockets, channels or frames. Whoever asks is named by an opaque `owner`, the
connection, because an exclusive queue belongs to one.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Iterable

from graders.services import amqp_arguments, amqp_exchanges, amqp_table
from graders.services.amqp_exchanges import PREDECLARED, Binding, Exchange
from graders.services.amqp_faults import ChannelFault, ConnectionFault, failed, not_found, refused
from graders.services.amqp_ledger import BINDING, EXCHANGE, QUEUE, Ledger
from graders.services.amqp_queue import Bury, Declared, Queue

DEFAULT_REFUSED = "operation not permitted on the default exchange"
_EXCHANGE_ARGUMENTS = ("alternate-exchange",)


def generated(prefix: str) -> str:
    """Return a name as RabbitMQ makes them: the prefix and 22 letters that nobody guesses."""
    return prefix + secrets.token_urlsafe(16)


class Topology:
    """What is declared. `now_s` is the clock by which messages expire."""

    def __init__(self, ledger: Ledger, now_s: Callable[[], float], bury: Bury) -> None:
        self._ledger, self._now_s, self._bury = ledger, now_s, bury
        self.exchanges = {name: Exchange(name, kind, durable=True)
                          for name, kind in PREDECLARED.items()}
        self.queues: dict[str, Queue] = {}

    def exchange(self, name: str) -> Exchange:
        """Return an exchange. Raises ChannelFault (404)."""
        if name not in self.exchanges:
            raise not_found("exchange", name)
        return self.exchanges[name]

    def queue(self, name: str, owner: object) -> Queue:
        """Return a queue that `owner` may use. Raises ChannelFault (404, 405)."""
        if name not in self.queues:
            raise not_found("queue", name)
        queue = self.queues[name]
        if queue.declared.owner not in (None, owner):
            raise _locked(name)
        return queue

    def declare_exchange(self, wanted: Exchange) -> None:
        """Declare an exchange, or compare it with the one that is there."""
        if wanted.type not in amqp_exchanges.TYPES:
            raise ConnectionFault(503, f"invalid exchange type '{wanted.type}'")
        there = self.exchanges.get(wanted.name)
        if there is None:
            _check_name("exchange", wanted.name)
            self._ledger.take(EXCHANGE + amqp_table.weight(wanted.arguments))
            self.exchanges[wanted.name] = wanted
            return
        what = f"exchange '{wanted.name}'"
        for key in ("type", "durable", "auto_delete", "internal"):
            amqp_arguments.check_same(what, key, getattr(wanted, key), getattr(there, key))
        amqp_arguments.check_same_arguments(what, _EXCHANGE_ARGUMENTS, wanted.arguments,
                                            there.arguments)

    def delete_exchange(self, name: str, if_unused: bool) -> None:
        """Delete an exchange and its bindings; one that is not there is no error."""
        if name in PREDECLARED:
            raise refused(f"deletion of system exchange '{name}' in vhost '/' not allowed"
                          if name else DEFAULT_REFUSED)
        exchange = self.exchanges.get(name)
        if exchange is None:
            return
        if if_unused and exchange.bindings:
            raise failed(f"exchange '{name}' in vhost '/' in use")
        self.remove_exchange(exchange)

    def remove_exchange(self, exchange: Exchange) -> None:
        """Remove an exchange with the bindings from it and to it."""
        del self.exchanges[exchange.name]
        self._ledger.give(EXCHANGE + amqp_table.weight(exchange.arguments))
        self._give_back(exchange.bindings)
        exchange.bindings.clear()
        self._unbind_all(exchange.name, to_queue=False)

    def declare_queue(self, wanted: Declared) -> Queue:
        """Declare a queue ("" gets a name), or compare it with the one that is there."""
        if wanted.name:
            _check_name("queue", wanted.name)
        else:
            wanted = dataclasses.replace(wanted, name=generated("amq.gen-"))
        there = self.queues.get(wanted.name)
        if there is None:
            policy = amqp_arguments.queue_policy(wanted.name, wanted.arguments)
            self._ledger.take(QUEUE + amqp_table.weight(wanted.arguments))
            there = self.queues[wanted.name] = Queue(wanted, policy, self._ledger, self._bury)
            return there
        if there.declared.owner is not wanted.owner:
            raise _locked(wanted.name)
        what = f"queue '{wanted.name}'"
        for key in ("durable", "auto_delete"):
            amqp_arguments.check_same(what, key, getattr(wanted, key),
                                      getattr(there.declared, key))
        amqp_arguments.check_same_arguments(what, amqp_arguments.QUEUE_ARGUMENTS,
                                            wanted.arguments, there.declared.arguments)
        return there

    def delete_queue(self, queue: Queue) -> int:
        """Delete a queue with its bindings; return how many ready messages it held."""
        queue.deleted = True
        del self.queues[queue.name]
        self._ledger.give(QUEUE + amqp_table.weight(queue.declared.arguments))
        self._unbind_all(queue.name, to_queue=True)
        return queue.purge(self._now_s())

    def bind(self, source: Exchange, binding: Binding) -> None:
        """Add a binding; one that is there already stays as it is."""
        if source.type == "headers":
            amqp_exchanges.check_headers_binding(binding.arguments)
        if binding not in source.bindings:
            self._ledger.take(BINDING + amqp_table.weight(binding.arguments))
            source.bindings[binding] = None

    def unbind(self, source: Exchange, binding: Binding) -> None:
        """Remove a binding, and with its last one an auto-delete exchange."""
        if binding in source.bindings:
            del source.bindings[binding]
            self._give_back([binding])
            self._remove_if_unused(source)

    def forget_transient(self) -> None:
        """Lose what a restart loses: all but durable queues and exchanges."""
        for queue in [each for each in self.queues.values() if not each.declared.durable]:
            self.delete_queue(queue)
        for exchange in [each for each in self.exchanges.values() if not each.durable]:
            if exchange.name in self.exchanges:
                self.remove_exchange(exchange)

    def _unbind_all(self, target: str, to_queue: bool) -> None:
        for exchange in list(self.exchanges.values()):
            gone = [each for each in exchange.bindings
                    if each.target == target and each.to_queue == to_queue]
            for each in gone:
                del exchange.bindings[each]
            self._give_back(gone)
            if gone:
                self._remove_if_unused(exchange)

    def _give_back(self, bindings: Iterable[Binding]) -> None:
        for each in bindings:
            self._ledger.give(BINDING + amqp_table.weight(each.arguments))

    def _remove_if_unused(self, exchange: Exchange) -> None:
        if exchange.auto_delete and not exchange.bindings and exchange.name in self.exchanges:
            self.remove_exchange(exchange)


def _check_name(kind: str, name: str) -> None:
    if name.startswith("amq."):
        raise refused(f"{kind} name '{name}' contains reserved prefix 'amq.*'")


def _locked(name: str) -> ChannelFault:
    return ChannelFault(405, f"cannot obtain exclusive access to locked queue '{name}' in vhost "
                             "'/'. It could be originally declared on another connection or the "
                             "exclusive property value does not match that of the original "
                             "declaration.")
