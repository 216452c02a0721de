"""A real RabbitMQ behind the suite's handle: each learner's connection handed on, names marked.

Implements loop.Service with the verbs of amqp_service.py. A virtual host of its own would need the
server's management; a mark before every name does not. What a restart does to others it does not:
connections are closed, and what is not durable is taken away by hand.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from graders.services import amqp_books, amqp_looks
from graders.services.amqp_client import Account, Channel, Client, Refusal, opened
from graders.services.amqp_faults import RESTARTED, Cut, Fault
from graders.services.amqp_names import Names
from graders.services.amqp_passage import Passage, Shared
from graders.services.amqp_plan import Plan
from graders.services.loop import Loop, Peer
from graders.services.suite_line import Refused

WAIT_CAP_MS = 5000  # for what expires; a suite's test is not to hang


class AmqpRelay:
    """One test's corner of a real broker."""

    def __init__(self, loop: Loop, url: str, run: str) -> None:
        self._loop, self._run, self.plan = loop, run, Plan()
        self.plan.line = loop.suite
        account = Account.of(url)
        names = Names(f"kata40_{secrets.token_hex(4)}-", account.vhost)
        self.shared = Shared(account, names, self.plan.record, self._enter)
        self._client = Client(url)
        self._made: list[tuple[str, str]] = []  # kind and name at the server, as in the books
        self._accepted = 0
        self._make_default()

    # -- learners ----------------------------------------------------------------------------

    def opened(self, peer: Peer) -> None:
        """Connect to the server on the peer's behalf."""
        self._accepted += 1
        try:
            passage = Passage(self._accepted, self.shared, peer.send)
        except OSError:
            self._loop.cut(peer)
            return
        peer.state = passage
        self._loop.watch(passage.line.socket, lambda: self._arrived(peer, passage))

    def received(self, peer: Peer, data: bytes) -> None:
        """Hand on what a peer sends."""
        try:
            peer.state.received(data)
        except (Cut, OSError):
            peer.flush()
            self._loop.cut(peer)
        except Fault as fault:
            self._refuse(peer.state, fault)

    def closed(self, peer: Peer) -> None:
        """Let go of what the peer held at the server."""
        if peer.state is not None and not peer.state.over:
            self._loop.forget(peer.state.line.socket)
            peer.state.end()

    def tick(self) -> bool:
        """Nothing waits for a time."""
        return False

    def ended(self) -> None:
        """Leave nothing behind."""
        self._loop.cut_all()
        self._delete_all()
        self._client.close()

    def _refuse(self, passage: Passage, fault: Fault) -> None:
        self._loop.forget(passage.line.socket)
        passage.refuse(fault)

    def _arrived(self, peer: Peer, passage: Passage) -> None:
        if not passage.arrived():
            peer.flush()
            self._loop.cut(peer)

    # -- the suite ---------------------------------------------------------------------------

    def asked(self, verb: str, arguments: list[Any]) -> Any:
        """Carry out what the suite asks for."""
        match verb, arguments:
            case "state", []:
                return self._state()
            case "messages", [str(queue)]:
                return self._messages(queue)
            case "drop", []:
                count = len(self._loop.peers)
                self._loop.cut_all()
                return count
            case "restart", []:
                self._restart()
            case "advance", [int(ms)]:
                if ms > WAIT_CAP_MS:
                    raise Refused(f"amqp: the clock of a real server cannot be set forward; at "
                                  f"most {WAIT_CAP_MS} ms are waited for")
                time.sleep(ms / 1000)
            case "end", []:
                self._loop.cut_all()
                self._delete_all()
            case _:
                return self.plan.asked(verb, arguments)
        return None

    def _passages(self) -> list[Passage]:
        return [peer.state for peer in self._loop.peers
                if peer.state is not None and peer.state.running]

    @contextmanager
    def _channel(self, queue: str = "") -> Iterator[Channel]:
        """Give a channel for looking at this queue: its owner's, if it is an exclusive one."""
        known = self.shared.mirror.queues.get(queue)
        owner = known.owner if known is not None else None
        if isinstance(owner, Passage):
            with opened(owner.line, owner.channel_max, owner.from_server) as channel:
                yield channel
        else:
            with self._client.channel() as channel:
                yield channel

    def _state(self) -> dict[str, Any]:
        mirror, names, record = self.shared.mirror, self.shared.names, self.plan.record
        unacked = [queue for each in self._passages() for course in each.courses.values()
                   for queue in course.unacked.values()]
        found: dict[str, Any] = {}
        for name, queue in list(mirror.queues.items()):
            try:
                with self._channel(name) as channel:
                    ready, consumers = amqp_looks.counts(channel, names.out(name))
            except Refusal:
                mirror.forget("queue", name)
                continue
            found[name] = {
                "ready": ready, "unacked": unacked.count(name), "consumers": consumers,
                "durable": queue.durable, "exclusive": queue.owner is not None,
                "auto_delete": queue.auto_delete, "arguments": queue.arguments}
        for name in list(mirror.exchanges):
            try:
                with self._channel() as channel:
                    amqp_looks.exchange(channel, names.out(name))
            except Refusal:
                mirror.forget("exchange", name)
        passages = self._passages()
        return {
            "connections": len(passages), "channels": sum(len(each.courses) for each in passages),
            "queues": found, "exchanges": mirror.exchanges_told(), "held_bytes": 0,
            "cuts": record.cuts, "log_dropped": record.dropped, "faults": []}

    def _messages(self, queue: str) -> list[dict[str, Any]]:
        try:
            with self._channel(queue) as channel:
                return amqp_looks.messages(channel, queue, self.shared)
        except Refusal as refusal:
            if refusal.args[0] == amqp_looks.NOT_FOUND:
                raise Refused(f"amqp: there is no queue {queue!r}") from None
            raise Refused(f"amqp: {self.shared.names.told(refusal.args[1])}") from None

    def _restart(self) -> None:
        """Do what of a restart others on this server need not notice."""
        for peer in list(self._loop.peers):
            if peer.state is None or not peer.state.running:
                self._loop.cut(peer)
                continue
            self._refuse(peer.state, RESTARTED)
        mirror, names = self.shared.mirror, self.shared.names
        for kind, held in (("queue", mirror.queues), ("exchange", mirror.exchanges)):
            for name in [name for name, each in held.items() if not each.durable]:
                amqp_books.delete(self._client, kind, names.out(name))
                mirror.forget(kind, name)
        for name in list(mirror.queues):
            try:
                with self._channel() as channel:
                    amqp_looks.drop_transient(channel, name, self.shared)
            except Refusal:  # it went with its last consumer
                mirror.forget("queue", name)

    def _enter(self, kind: str, name: str) -> None:
        """Write down what is about to be made. `name` is the learner's."""
        there = self.shared.names.out(name)
        if there != name and (kind, there) not in self._made:
            amqp_books.enter(self._client, self._run, kind, there)
            self._made.append((kind, there))

    def _make_default(self) -> None:
        """Make what stands in the place of the default exchange."""
        mark = self.shared.names.mark
        amqp_books.enter(self._client, self._run, "exchange", mark)
        self._made.append(("exchange", mark))
        with self._client.channel() as channel:
            channel.ask("Exchange.Declare", "Exchange.DeclareOk", ticket=0, exchange=mark,
                        exchange_type="direct", passive=False, durable=True, auto_delete=False,
                        internal=False, nowait=False, arguments={})

    def _delete_all(self) -> None:
        """Delete all that was made; the books are brought up to date at the end of the run."""
        with contextlib.suppress(Refusal):  # somebody of the same account holds it: swept later
            amqp_books.delete_all(self._client, self._made)
        self._made.clear()
