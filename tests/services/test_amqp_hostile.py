"""A peer that wants to break our broker gets an error, takes nothing down and fills no memory."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass, field
from typing import Any

import pika
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pamqp import body, commands, frame, header

from graders.services import amqp_exchanges, amqp_table, amqp_wire
from graders.services.amqp_connection import Connection, State
from graders.services.amqp_host import Host
from graders.services.amqp_ledger import Ledger
from graders.services.amqp_record import Record
from tests.services.amqp_lanes import Served, open_frames, publish, sometime, told

B, C, E, Q = commands.Basic, commands.Channel, commands.Exchange, commands.Queue
MIB = 1 << 20


@dataclass
class World:
    """A broker without sockets, with a clock that a test turns."""

    limit_bytes: int = 8 * MIB
    now_s: float = 1000.0
    connections: list[Connection] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger, self.record = Ledger(self.limit_bytes), Record()
        self.host = Host(self.ledger, lambda: self.now_s, lambda: 0.0)

    def connect(self, heartbeat_s: int = 0) -> Connection:
        """Return a connection with channel 1 open."""
        connection = Connection(len(self.connections) + 1, self.host, self.record, self.now_s)
        self.connections.append(connection)
        start_ok, _, open_ = open_frames()
        self.feed(connection, b"AMQP\x00\x00\x09\x01", channel=0)
        self.feed(connection, start_ok, commands.Connection.TuneOk(2047, 131072, heartbeat_s),
                  open_, channel=0)
        self.feed(connection, C.Open())
        assert self.read(connection)[-1] == "1 Channel.OpenOk"
        return connection

    def feed(self, connection: Connection, *frames: Any, channel: int = 1) -> None:
        for each in frames:
            data = each if isinstance(each, bytes) else frame.marshal(each, channel)
            connection.receive(data, self.now_s)

    def read(self, connection: Connection) -> list[str]:
        """Read all that is in line, as lines."""
        data = b""
        while head := connection.outgoing.head():
            data += head
            connection.sent(len(head), self.now_s)
        lines = []
        while data:
            count, channel, found = frame.unmarshal(data)
            data = data[count:]
            lines.append("heartbeat" if found.name == "Heartbeat" else told(channel, found))
        return lines

    def end(self) -> None:
        """Close every socket; then nothing is held any more but what was declared."""
        for each in self.connections:
            each.gone()
        topology = self.host.topology
        for queue in list(topology.queues.values()):
            topology.delete_queue(queue)
        for exchange in [each for each in topology.exchanges.values()
                         if each.name not in amqp_exchanges.PREDECLARED]:
            topology.remove_exchange(exchange)
        for exchange in topology.exchanges.values():
            for binding in list(exchange.bindings):
                topology.unbind(exchange, binding)
        while self.host.next_event_s() == 0:
            self.host.tick()
        assert self.ledger.used_bytes == 0
        assert self.record.faults == []


METHODS = [each for each in commands.INDEX_MAPPING.values() if not each.__name__.endswith("Ok")]
FIELDS = {"bit": st.booleans(), "shortstr": st.sampled_from(["", "q", "e", "amq.topic", "q" * 255]),
          "octet": st.integers(0, 255), "short": st.integers(0, 3), "long": st.integers(0, 5),
          "longlong": st.integers(0, 4), "longstr": st.just(b""),
          "table": st.dictionaries(
              st.sampled_from(["x-message-ttl", "x-max-length", "x-dead-letter-exchange",
                               "x-dead-letter-routing-key", "x-match", "a"]),
              st.one_of(st.tuples(st.just("b"), st.integers(-1, 3)), st.just(("V", None)),
                        st.sampled_from([("S", b""), ("S", b"q"), ("S", b"any"), ("S", b"\xff")])),
              max_size=3)}


@st.composite
def methods(draw: st.DrawFn) -> bytes:
    """A well-formed method that makes sense or not; a publish comes with its content."""
    kind: Any = draw(st.sampled_from([*METHODS, B.Publish, Q.Declare, B.Consume, B.Get, B.Nack]))
    args = {name: draw(FIELDS[kind.amqp_type(name)]) for name in kind.attributes()}
    if kind is Q.Declare:
        args["passive"] = False
    if kind is not B.Publish:  # pamqp would refuse to write some of them
        return amqp_wire.method(draw(st.sampled_from([1, 1, 1, 2])), kind.name, **args)
    data = draw(st.binary(max_size=20))
    return amqp_wire.method(1, kind.name, **args | {"immediate": False}) + b"".join(
        frame.marshal(each, 1) for each in (header.ContentHeader(0, len(data), B.Properties(
            expiration=draw(st.sampled_from([None, "0", "1000"])),
            delivery_mode=draw(st.sampled_from([None, 1, 2])))), body.ContentBody(data)))


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """Some such frames, with a few bytes changed, added or missing."""
    data = bytearray(b"".join(draw(st.lists(methods(), min_size=1, max_size=6))))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(data) - 1))
        data[place : place + draw(st.integers(0, 2))] = draw(st.binary(max_size=3))
        if not data:
            break
    return bytes(data)


class TestTheDecoder:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.binary(min_size=1, max_size=300), max_size=5))
    def test_takes_any_bytes_from_the_start(self, chunks: list[bytes]) -> None:
        world = World()
        connection = Connection(1, world.host, world.record, world.now_s)
        world.connections.append(connection)
        for chunk in chunks:
            connection.receive(chunk, world.now_s)
        world.end()

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.one_of(mangled(), st.binary(max_size=60)), max_size=8))
    def test_takes_any_bytes_in_a_running_connection(self, chunks: list[bytes]) -> None:
        world = World()
        connection = world.connect()
        for chunk in chunks:
            connection.receive(chunk, world.now_s)
            world.read(connection)
        world.end()

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.one_of(methods(), st.integers(0, 2000)), max_size=40))
    def test_carries_out_any_methods_of_two_connections(self, steps: list[bytes | int]) -> None:
        """A number lets so many milliseconds pass. Whatever happens, the sums come out."""
        world = World()
        peers = [world.connect(), world.connect()]
        for place, step in enumerate(steps):
            if isinstance(step, int):
                world.host.advance(step)
            else:
                peers[place % 2].receive(step, world.now_s)
            for number, each in enumerate(peers):
                if each.state is not State.RUNNING:
                    each.gone()
                    world.connections.remove(each)
                    peers[number] = world.connect()
                elif place % 3:
                    world.read(each)
            ready = sum(len(each) for each in world.host.topology.queues.values())
            assert world.ledger.used_bytes >= ready
        world.end()

    @settings(max_examples=150, deadline=None)
    @given(st.binary(max_size=200), st.integers(0, 3))
    def test_of_tables_refuses_or_reads_what_writes_back_the_same(self, data: bytes, front: int
                                                                  ) -> None:
        """Half of them with a right length in front, so that their insides are reached."""
        if front:
            data = struct.pack(">I", len(data)) + data
        try:
            table, end = amqp_table.read(data)
        except amqp_table.Malformed:
            return
        again, _ = amqp_table.read(amqp_table.write(table))
        assert str(again) == str(table)  # NaN is not equal to itself
        assert end <= len(data)

    @pytest.mark.parametrize("inner", [
        b"F" + struct.pack(">I", 5) + b"\x00", b"A" + struct.pack(">I", 2**32 - 1),
        b"S" + struct.pack(">I", 2**32 - 1) + b"abc", b"?", b"", b"I\x00"])
    def test_of_tables_refuses_wrong_lengths_and_types(self, inner: bytes) -> None:
        data = b"\x01a" + inner
        with pytest.raises(amqp_table.Malformed):
            amqp_table.read(struct.pack(">I", len(data)) + data)

    def test_of_tables_refuses_deep_and_crowded_ones(self) -> None:
        deep = b""
        for _ in range(20_000):
            deep = b"A" + struct.pack(">I", len(deep)) + deep if len(deep) < 100_000 else deep
        for inner in (deep, b"A" + struct.pack(">I", 100_000) + b"V" * 100_000):
            data = b"\x01a" + inner
            with pytest.raises(amqp_table.Malformed, match=r"deep|many"):
                amqp_table.read(struct.pack(">I", len(data)) + data)


class TestMemory:
    def test_too_many_messages_end_the_publisher_and_nobody_else(self) -> None:
        world = World(limit_bytes=4 * MIB)
        good, bad = world.connect(), world.connect()
        world.feed(bad, Q.Declare(0, "q"))
        for _ in range(10):
            world.feed(bad, *publish("", "q", "x" * MIB))
        assert world.read(bad)[-1] == (
            "0 Connection.Close 506 RESOURCE_ERROR - this broker holds as much as it may (4 MiB) "
            "60 40")
        assert world.ledger.used_bytes <= 4 * MIB
        world.feed(good, Q.Purge(0, "q"), Q.Declare(0, "p"), *publish("", "p", "x"))
        assert world.read(good)[-1] == "1 Queue.DeclareOk p 0 0"
        world.end()

    @pytest.mark.parametrize("make", [
        lambda number: [Q.Declare(0, f"q{number}")],
        lambda number: [E.Declare(0, f"e{number}", "topic")],
        lambda number: [Q.Bind(0, "", "amq.topic", str(number))],
        lambda number: [Q.Bind(0, "", "amq.headers", "", arguments={str(number): "y" * 1000})],
        lambda number: [B.Consume(0, "", f"tag{number}")],
        lambda number: publish("", "q", ""),
        lambda number: [frame.marshal(C.Open(), number + 2)],
        lambda number: [frame.marshal(C.Open(), number + 2),
                        frame.marshal(B.Publish(0, "", ""), number + 2),
                        frame.marshal(header.ContentHeader(0, MIB), number + 2),
                        frame.marshal(body.ContentBody(b"x" * 100_000), number + 2)],
    ])
    def test_whatever_there_is_too_much_of(self, make: Any) -> None:
        world = World(limit_bytes=2 * MIB)
        connection = world.connect()
        world.feed(connection, Q.Declare(0, "q"))
        lines: list[str] = []
        for number in range(5000):
            world.feed(connection, *make(number))
            lines = world.read(connection) or lines
            if connection.state is not State.RUNNING:
                break
        assert lines[-1].startswith(
            ("0 Connection.Close 506 RESOURCE_ERROR - this broker holds as much as it may (2 MiB)",
             "0 Connection.Close 530 NOT_ALLOWED - channel number 2048 is higher"))
        world.end()

    def test_one_byte_at_a_time_makes_no_queue_of_bytes(self) -> None:
        world = World(limit_bytes=2 * MIB)
        connection = world.connect()
        world.feed(connection, B.Publish(0, "", "q"), header.ContentHeader(0, MIB))
        for _ in range(100_000):
            if connection.state is not State.RUNNING:
                break
            world.feed(connection, body.ContentBody(b"x"))
        assert world.read(connection)[-1].startswith("0 Connection.Close 506 ")
        world.end()

    def test_a_body_of_more_than_16_mib_is_refused_before_it_comes(self) -> None:
        world = World()
        connection = world.connect()
        world.feed(connection, B.Publish(0, "", "q"), header.ContentHeader(0, (16 << 20) + 1),
                   body.ContentBody(b"x"), C.CloseOk(), C.Open())
        assert world.read(connection) == [
            "1 Channel.Close 406 PRECONDITION_FAILED - message size 16777217 is larger than "
            "configured max size 16777216 60 40", "1 Channel.OpenOk"]
        world.end()

    def test_a_peer_that_does_not_read_is_not_read_from(self) -> None:
        world = World(limit_bytes=64 * MIB)
        connection = world.connect()
        world.feed(connection, Q.Declare(0, "q"), *publish("", "q", "x" * 50_000))
        asked = frame.marshal(B.Get(0, "q"), 1) + frame.marshal(B.Nack(0, True, True), 1)
        connection.receive(asked * 100, world.now_s)
        assert connection.congested and connection.outgoing.size < MIB + 60_000
        lines = world.read(connection)  # and once it reads, it gets all that it asked for
        assert sum("GetOk" in each for each in lines) == 100
        world.end()

    def test_a_consumer_that_does_not_read_gets_no_more(self) -> None:
        world = World(limit_bytes=64 * MIB)
        slow, other = world.connect(), world.connect()
        world.feed(other, Q.Declare(0, "q"))
        world.feed(slow, B.Consume(0, "q", "me", no_ack=True))
        for _ in range(20):
            world.feed(other, *publish("", "q", "x" * 300_000))
        queue = world.host.topology.queues["q"]
        assert len(queue) == 16 and slow.outgoing.size < 2 * MIB
        assert sum("Deliver" in each for each in world.read(slow)) == 20
        world.end()


class TestDeadLettersInCircles:
    def test_that_multiply_leave_the_loop_to_others(self) -> None:
        """Each queue dies into all the others: a message takes a factorial number of ways."""
        world = World(limit_bytes=64 * MIB)
        connection = world.connect()
        world.feed(connection, E.Declare(0, "e", "fanout"))
        for number in range(12):
            world.feed(connection, Q.Declare(0, f"q{number}", arguments={
                "x-dead-letter-exchange": "e", "x-message-ttl": 0}),
                Q.Bind(0, f"q{number}", "e", ""))
        world.read(connection)
        world.feed(connection, *publish("e", "", "x"), B.Qos(0, 1))
        assert world.read(connection) == ["1 Basic.QosOk"]
        assert world.host.next_event_s() == 0  # there is more, for later
        assert world.ledger.used_bytes <= world.limit_bytes

    def test_a_record_of_deaths_that_grows_out_of_bounds_ends_the_message(self) -> None:
        world = World()
        connection = world.connect()
        world.feed(connection, Q.Declare(0, "q80"))
        for number in range(80):
            world.feed(connection, Q.Declare(0, f"q{number}", arguments={
                "x-dead-letter-exchange": "", "x-dead-letter-routing-key": f"q{number + 1}",
                "x-message-ttl": 0}))
        world.feed(connection, *publish("", "q0", "x"), *publish("", "q70", "y"),
                   Q.Declare(0, "q80"))
        assert world.read(connection)[-1] == "1 Queue.DeclareOk q80 1 0"
        world.end()

    def test_headers_that_only_look_like_deaths_are_carried_on(self) -> None:
        world = World()
        connection = world.connect()
        world.feed(connection, Q.Declare(0, "dead"), Q.Declare(0, "q", arguments={
            "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead",
            "x-message-ttl": 0}))
        for value in (5, "x", [1, {"queue": 5, "reason": [], "count": "x"}], {"a": 1}):
            world.feed(connection, *publish("", "q", "x", headers={"x-death": value}))
        world.feed(connection, Q.Declare(0, "dead"))
        assert world.read(connection)[-1] == "1 Queue.DeclareOk dead 4 0"
        world.end()


class TestTime:
    def test_heartbeats_go_out_and_silence_ends_the_connection(self) -> None:
        world = World()
        connection = world.connect(heartbeat_s=10)
        world.now_s += 4
        connection.tick(world.now_s)
        assert world.read(connection) == []
        assert connection.next_event_s(world.now_s) == 1
        world.now_s += 1
        connection.tick(world.now_s)
        assert world.read(connection) == ["heartbeat"]
        world.feed(connection, b"\x08\x00\x00\x00\x00\x00\x00\xce")
        world.now_s += 19
        connection.tick(world.now_s)
        assert connection.state is State.RUNNING
        world.now_s += 1
        connection.tick(world.now_s)
        assert connection.state is State.OVER

    def test_without_heartbeats_silence_is_fine(self) -> None:
        world = World()
        connection = world.connect()
        world.now_s += 10**6
        connection.tick(world.now_s)
        assert connection.state is State.RUNNING
        assert connection.next_event_s(world.now_s) is None

    def test_a_log_in_that_takes_too_long_ends(self) -> None:
        world = World()
        connection = Connection(1, world.host, world.record, world.now_s)
        world.now_s += 10
        connection.tick(world.now_s)
        assert connection.state is State.OVER

    def test_a_close_that_is_never_confirmed_ends(self) -> None:
        world = World()
        connection = world.connect()
        world.feed(connection, b"\x07\x00\x01\x00\x00\x00\x00\xce")
        assert connection.state is State.CLOSING
        world.feed(connection, b"\xff" * 100_000)  # nothing of it is looked at
        world.now_s += 5
        connection.tick(world.now_s)
        assert connection.state is State.OVER


def test_a_topic_of_many_hashes_takes_no_exponential_time() -> None:
    pattern = ("#.a." * 30 + "#").split(".")
    assert not amqp_exchanges.topic_matches(pattern, ["a"] * 29 + ["b"] * 200)
    assert amqp_exchanges.topic_matches(pattern, ["b", "a"] * 30)


def test_a_fault_of_the_broker_ends_one_connection_and_is_told(monkeypatch: Any) -> None:
    served = Served()
    try:
        monkeypatch.setattr(served.broker._host, "publish", None)
        connection = pika.BlockingConnection(pika.URLParameters(served.url))
        channel = connection.channel()
        channel.basic_publish("", "q", b"x")
        with pytest.raises(pika.exceptions.ConnectionClosedByBroker) as caught:
            channel.queue_declare("q")
        assert caught.value.reply_code == 541
        assert "TypeError" in served.ask("state")["faults"][0]
        pika.BlockingConnection(pika.URLParameters(served.url)).close()
    finally:
        served.broker._record.faults.clear()
        served.stop()


def test_more_connections_than_there_may_be_are_closed_at_once(served: Served) -> None:
    opened = [socket.create_connection(served.address) for _ in range(257)]
    try:
        opened[-1].settimeout(20)
        assert opened[-1].recv(1) == b""
        opened[0].sendall(b"AMQP\x00\x00\x09\x01")
        assert opened[0].recv(1) == b"\x01"
    finally:
        for each in opened:
            each.close()
    assert sometime(lambda: served.ask("state")["held_bytes"], 0) == 0
    pika.BlockingConnection(pika.URLParameters(served.url)).close()
