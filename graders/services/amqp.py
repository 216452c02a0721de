"""An embedded AMQP 0-9-1 broker that a real client takes for RabbitMQ.

Single-threaded: `serve` owns the sockets, and every other method may be called between its events,
from a callback of a watched socket. Offers what RabbitMQ 3.10 does with classic queues, with the
same answers and error texts; not offered, and refused by name: transactions, quorum queues and
streams, priorities, x-expires, single active consumers, users, virtual hosts but "/". Of RabbitMQ's
behaviour it also lacks flow control by connection.blocked, CC and BCC headers, direct reply-to.

Its peers are untrusted: a malformed frame, a limit passed, a peer that neither reads nor writes
ends that connection (amqp_connection.py, amqp_ledger.py). How much CPU they burn is the business
of whoever runs the process.
"""

from __future__ import annotations

import errno
import selectors
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any

from graders.services import amqp_message, amqp_table
from graders.services.amqp_connection import Connection, State
from graders.services.amqp_faults import RESTARTED, ConnectionFault
from graders.services.amqp_host import Host
from graders.services.amqp_ledger import LIMIT_BYTES, Ledger
from graders.services.amqp_record import Record

CONNECTIONS_MAX = 256  # those beyond are closed at once
GOODBYE_S = 5.0  # how long a peer may take to read the last bytes
LOOK_S = 0.25  # how often `should_stop` is asked where nothing happens
_READ = 64 << 10
_READ_EVENT, _WRITE_EVENT = selectors.EVENT_READ, selectors.EVENT_WRITE


class _Peer:
    """A connection with its socket."""

    def __init__(self, connection: Connection, sock: socket.socket) -> None:
        self.connection, self.socket = connection, sock
        self.events = 0
        self.over_since_s: float | None = None
        self.broken = False

    def read(self, now_s: float) -> None:
        try:
            data = self.socket.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.connection.receive(data, now_s)
        else:
            self.broken = True

    def write(self, now_s: float) -> None:
        while not self.broken and (head := self.connection.outgoing.head()):
            try:
                count = self.socket.send(head)
            except BlockingIOError:
                return
            except OSError:
                self.broken = True
                return
            self.connection.sent(count, now_s)

    def wanted(self, now_s: float) -> int:
        """Return the events to wait for; 0 when there is nothing left to do."""
        connection = self.connection
        over = connection.state is State.OVER
        if over and self.over_since_s is None:
            self.over_since_s = now_s
        late = self.over_since_s is not None and now_s >= self.over_since_s + GOODBYE_S
        if self.broken or late:
            return 0
        wanted = 0 if over or connection.congested else _READ_EVENT
        return wanted | (_WRITE_EVENT if connection.outgoing else 0)


class Broker:
    """One broker with one virtual host.

    `limit_bytes` is what it may hold for its peers in all. `clock` gives seconds that never go
    back, `wall` seconds since 1970, `record` keeps the log and the planned faults.
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES,
                 clock: Callable[[], float] = time.monotonic,
                 wall: Callable[[], float] = time.time,
                 record: Record | None = None) -> None:
        self._clock = clock
        self._ledger = Ledger(limit_bytes)
        self._host = Host(self._ledger, clock, wall)
        self._record = record or Record()
        self._peers: list[_Peer] = []
        self._accepted = 0

    # What a suite may ask and do.

    def state(self) -> dict[str, Any]:
        """Return queues, exchanges and counts as plain data.

        `connections` counts those that are up; `faults` are tracebacks of the broker's own faults,
        always empty unless it has a bug; `cuts` counts planned cuts that happened.
        """
        topology = self._host.topology
        open_ = [each.connection for each in self._peers
                 if each.connection.state is State.RUNNING and not each.broken]
        return {
            "connections": len(open_),
            "channels": sum(len(each.session) for each in open_),
            "queues": {each.name: {
                "ready": len(each), "unacked": each.unacked, "consumers": each.consumer_count,
                "durable": each.declared.durable, "exclusive": each.declared.owner is not None,
                "auto_delete": each.declared.auto_delete,
                "arguments": amqp_table.plain(each.declared.arguments),
            } for each in topology.queues.values()},
            "exchanges": {each.name: {
                "type": each.type, "durable": each.durable, "auto_delete": each.auto_delete,
                "internal": each.internal,
                "bindings": [("queue" if edge.to_queue else "exchange", edge.target, edge.key)
                             for edge in each.bindings],
            } for each in topology.exchanges.values()},
            "held_bytes": self._ledger.used_bytes, "cuts": self._record.cuts,
            "log_dropped": self._record.dropped, "faults": list(self._record.faults),
        }

    def messages(self, queue: str) -> list[dict[str, Any]]:
        """Return the ready messages of a queue in order. Raises KeyError if there is none."""
        return [{"body": each.message.body, "exchange": each.message.exchange,
                 "routing_key": each.message.key, "redelivered": each.redelivered,
                 "properties": amqp_message.plain_properties(each.message.properties)}
                for each in self._host.topology.queues[queue].peek()]

    def log(self) -> list[dict[str, Any]]:
        """Return the methods that clients asked for, oldest first.

        Each is {"connection", "channel", "method", "args"}; the handshake is not among them, a
        publish is there once its content came.
        """
        return self._record.entries()

    def cut_after(self, methods: int, lose_reply: bool = False) -> None:
        """Cut the connection that sends the next method after `methods` more ones.

        That method is not carried out. With `lose_reply` the cut is one step earlier: the last of
        the `methods` is carried out, and its reply is lost. Raises ValueError for a count below 0
        (with `lose_reply`, below 1).
        """
        self._record.plan_cut(methods, lose_reply)

    def drop_all(self) -> int:
        """Cut all connections; what they had not acknowledged is requeued. Return how many."""
        for peer in self._peers:
            peer.connection.end()
            peer.broken = True
        return len(self._peers)

    def restart(self) -> None:
        """Do what a restart does: close all connections (320), keep only what is durable.

        Durable queues keep their persistent messages; new connections are taken at once.
        """
        for peer in self._peers:
            peer.connection.fail(RESTARTED, self._clock())
        self._host.forget_transient()

    def advance_ms(self, ms: int) -> None:
        """Let time pass for what expires (not for heartbeats), so that a suite need not wait."""
        self._host.advance(ms)

    # The loop.

    def serve(self, listener: socket.socket, should_stop: Callable[[], bool],
              watch: Mapping[socket.socket, Callable[[], object]] | None = None) -> None:
        """Serve what connects to `listener` until `should_stop()`; both stay the caller's.

        Each socket of `watch` has its callback called whenever it can be read; in it the methods
        above may be used. `should_stop` is asked after every event, and four times a second.
        """
        listener.setblocking(False)
        with selectors.DefaultSelector() as selector:
            selector.register(listener, _READ_EVENT, None)
            for sock, callback in (watch or {}).items():
                selector.register(sock, _READ_EVENT, callback)
            try:
                while not should_stop():
                    for key, events in selector.select(self._pause_s()):
                        self._on_event(key, events)
                    self._after_events(selector)
            finally:
                for peer in self._peers:
                    self._close(peer)
                self._peers.clear()

    def _on_event(self, key: selectors.SelectorKey, events: int) -> None:
        match key.data:
            case None:
                self._accept(key.fileobj)
            case _Peer() as peer:
                if events & _WRITE_EVENT:
                    peer.write(self._clock())
                if events & _READ_EVENT and not peer.connection.congested:
                    peer.read(self._clock())
            case callback:
                callback()

    def _accept(self, listener: Any) -> None:
        try:
            sock, _ = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                time.sleep(LOOK_S / 10)  # until some connection ends; the listener stays readable
            return
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if len(self._peers) >= CONNECTIONS_MAX:
                raise ConnectionFault(506, "too many connections")
            connection = Connection(self._accepted + 1, self._host, self._record, self._clock())
        except (OSError, ConnectionFault):
            sock.close()
            return
        self._accepted += 1
        self._peers.append(_Peer(connection, sock))

    def _after_events(self, selector: selectors.BaseSelector) -> None:
        """Expire, send what is in line, and wait for what each connection can do next."""
        now_s = self._clock()
        self._host.tick()
        for peer in self._peers:
            peer.connection.tick(now_s)
            peer.write(now_s)
        for peer in list(self._peers):  # only now: what one reads can fill the line of another
            wanted = peer.wanted(now_s)
            if wanted != peer.events:
                if peer.events and wanted:
                    selector.modify(peer.socket, wanted, peer)
                elif wanted:
                    selector.register(peer.socket, wanted, peer)
                else:
                    selector.unregister(peer.socket)
                peer.events = wanted
            if not wanted:
                self._peers.remove(peer)
                self._close(peer)

    def _close(self, peer: _Peer) -> None:
        peer.connection.gone()
        peer.socket.close()

    def _pause_s(self) -> float:
        now_s = self._clock()
        times = [each.connection.next_event_s(now_s) for each in self._peers]
        times.append(self._host.next_event_s())
        return min([LOOK_S, *(each for each in times if each is not None)])
