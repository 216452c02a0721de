"""What a suite may do to our broker, and to a real one: look, cut, restart, let time pass."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pika
import pika.exceptions
import pytest

from tests.services.amqp_lanes import Served, sometime
from tests.services.conftest import Relayed, answers

Channel = pika.adapters.blocking_connection.BlockingChannel
PERSISTENT = pika.BasicProperties(delivery_mode=2)
LOST = (pika.exceptions.AMQPConnectionError, pika.exceptions.ConnectionClosedByBroker)


OURS = pytest.mark.parametrize("served", ["embedded"], indirect=True)


@pytest.fixture(params=["embedded", "relayed"])
def served(request: pytest.FixtureRequest) -> Iterator[Served | Relayed]:
    """Give a broker of ours, then the relay before a real one; both are new for each test."""
    if request.param == "relayed" and not answers():
        pytest.skip("no RabbitMQ answers")
    found = Served() if request.param == "embedded" else Relayed()
    yield found
    found.stop()


@pytest.fixture
def channel(served: Served) -> Iterator[Channel]:
    connection = pika.BlockingConnection(pika.URLParameters(served.url))
    channel = connection.channel()
    channel.confirm_delivery()  # so that what is published is there when a test looks
    yield channel
    with contextlib.suppress(pika.exceptions.AMQPError):
        connection.close()


def again(served: Served) -> Channel:
    return pika.BlockingConnection(pika.URLParameters(served.url)).channel()


def counts(served: Served, queue: str) -> tuple[int, int]:
    found = served.ask("state")["queues"][queue]
    return found["ready"], found["unacked"]


class TestTheState:
    def test_names_queues_exchanges_and_connections(self, served, channel):
        channel.exchange_declare("logs", "fanout", durable=True)
        channel.queue_declare("q", durable=True, arguments={"x-max-length": 5})
        channel.queue_bind("q", "logs", "k")
        channel.basic_publish("logs", "", b"1")
        channel.basic_publish("logs", "", b"2")
        channel.basic_get("q")
        channel.basic_consume("q", lambda *_: None)
        channel.basic_publish("", "q", b"3")
        state = served.ask("state")
        assert state["queues"] == {"q": {
            "ready": 0, "unacked": 3, "consumers": 1, "durable": True, "exclusive": False,
            "auto_delete": False, "arguments": {"x-max-length": 5}}}
        assert state["exchanges"]["logs"] == {
            "type": "fanout", "durable": True, "auto_delete": False, "internal": False,
            "bindings": [("queue", "q", "k")]}
        assert (state["connections"], state["channels"]) == (1, 1)
        channel.connection.close()
        state = served.ask("state")
        assert (state["connections"], state["channels"]) == (0, 0)

    def test_shows_the_ready_messages_without_taking_them(self, served, channel):
        channel.queue_declare("q")
        channel.basic_publish("", "q", b"x", pika.BasicProperties(
            delivery_mode=2, message_id="m", headers={"n": 1}))
        assert served.ask("messages", "q") == served.ask("messages", "q") == [{
            "body": b"x", "exchange": "", "routing_key": "q", "redelivered": False,
            "properties": {"headers": {"n": 1}, "delivery_mode": 2, "message_id": "m"}}]

    def test_a_queue_that_is_missing_is_a_key_error(self, served):
        with pytest.raises(KeyError):
            served.ask("messages", "q")

    @OURS
    def test_what_is_held_comes_back_to_nothing(self, served, channel):
        channel.queue_declare("q", arguments={"x-of-mine": "y" * 100})
        channel.exchange_declare("e", "headers")
        channel.queue_bind("q", "e", arguments={"a": 1})
        channel.basic_publish("e", "", b"x" * 1000, pika.BasicProperties(headers={"a": 1}))
        channel.basic_get("q")
        assert served.ask("state")["held_bytes"] > 1000
        channel.queue_delete("q")
        channel.exchange_delete("e")
        channel.connection.close()
        assert sometime(lambda: served.ask("state")["held_bytes"], 0) == 0


class TestTheLog:
    def test_tells_each_method_with_its_arguments(self, served, channel):
        channel.queue_declare("q", arguments={"x-message-ttl": 5})
        channel.basic_publish("", "q", b"x")
        channel.basic_get("q", auto_ack=True)
        log = served.ask("log")
        assert [each["method"] for each in log] == ["Channel.Open", "Confirm.Select",
                                                    "Queue.Declare", "Basic.Publish", "Basic.Get"]
        assert {each["connection"] for each in log} == {each["channel"] for each in log} == {1}
        assert log[2]["args"] == {"ticket": 0, "queue": "q", "passive": False, "durable": False,
                                  "exclusive": False, "auto_delete": False, "nowait": False,
                                  "arguments": {"x-message-ttl": 5}}

    @OURS
    def test_drops_the_oldest_when_it_gets_long(self, served, channel):
        for _ in range(7000):
            channel.basic_publish("", "nobody", b"")
        channel.queue_declare("q")
        state = served.ask("state")
        assert state["log_dropped"] > 0
        assert len(served.ask("log")) + state["log_dropped"] == 7003


class TestACut:
    def publish_all(self, channel: Channel, count: int) -> int:
        """Publish with confirms; return how many were confirmed before the connection was lost."""
        for number in range(count):
            try:
                channel.basic_publish("", "q", b"%d" % number, PERSISTENT)
            except LOST:
                return number
        return count

    @pytest.mark.parametrize("count", [0, 1, 2, 3])
    def test_comes_after_so_many_methods(self, served, channel, count):
        channel.queue_declare("q")
        served.ask("cut_after", count)
        assert self.publish_all(channel, 10) == count
        assert counts(served, "q") == (count, 0)
        state = served.ask("state")
        assert (state["cuts"], state["connections"]) == (1, 0)

    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_can_come_before_the_reply_to_the_last_one(self, served, channel, count):
        channel.queue_declare("q")
        served.ask("cut_after", count, lose_reply=True)
        assert self.publish_all(channel, 10) == count - 1
        assert counts(served, "q") == (count, 0)

    def test_comes_once(self, served, channel):
        channel.queue_declare("q")
        served.ask("cut_after", 0)
        assert self.publish_all(channel, 10) == 0
        fresh = again(served)
        fresh.confirm_delivery()
        assert self.publish_all(fresh, 10) == 10

    def test_hits_the_connection_that_sends_the_next_method(self, served, channel):
        other = again(served)
        served.ask("cut_after", 1)
        channel.queue_declare("q")
        with pytest.raises(LOST):
            other.queue_declare("p")
        channel.queue_declare("r")
        assert set(served.ask("state")["queues"]) == {"q", "r"}

    @OURS
    @pytest.mark.parametrize(("count", "lose_reply"), [(-1, False), (0, True)])
    def test_refuses_a_count_that_cannot_be(self, served, count, lose_reply):
        with pytest.raises(ValueError, match="cut_after"):
            served.ask("cut_after", count, lose_reply=lose_reply)

    def test_of_all_connections_requeues_what_they_had(self, served, channel):
        channel.queue_declare("q")
        for body in (b"a", b"b"):
            channel.basic_publish("", "q", body)
        channel.basic_get("q")
        assert counts(served, "q") == (1, 1)
        assert served.ask("drop_all") == 1
        assert counts(served, "q") == (2, 0)
        with pytest.raises(LOST):
            channel.queue_declare("q")
        fresh = again(served)
        assert [(got[0].redelivered, got[2]) for got in
                (fresh.basic_get("q"), fresh.basic_get("q"))] == [(True, b"a"), (False, b"b")]


class TestARestart:
    def test_keeps_durable_queues_and_persistent_messages_only(self, served, channel):
        channel.exchange_declare("kept", "fanout", durable=True)
        channel.exchange_declare("lost", "fanout")
        for queue, durable in (("durable", True), ("transient", False)):
            channel.queue_declare(queue, durable=durable)
            for exchange in ("kept", "lost"):
                channel.queue_bind(queue, exchange)
        channel.queue_declare("", exclusive=True, durable=True)
        channel.basic_publish("kept", "", b"persistent", PERSISTENT)
        channel.basic_publish("kept", "", b"transient")
        served.ask("restart")
        with pytest.raises(pika.exceptions.ConnectionClosedByBroker) as caught:
            channel.queue_declare("x")
        assert (caught.value.reply_code, caught.value.reply_text) == (
            320, "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'")
        state = served.ask("state")
        assert (set(state["queues"]), state["connections"]) == ({"durable"}, 0)
        assert "lost" not in state["exchanges"]
        assert state["exchanges"]["kept"]["bindings"] == [("queue", "durable", "durable")]
        fresh = again(served)
        got = fresh.basic_get("durable")
        assert (got[2], got[0].redelivered, got[0].message_count) == (b"persistent", False, 0)

    def test_requeues_what_was_not_acknowledged(self, served, channel):
        channel.queue_declare("q", durable=True)
        channel.basic_publish("", "q", b"x", PERSISTENT)
        channel.basic_get("q")
        served.ask("restart")
        got = again(served).basic_get("q")
        assert (got[0].redelivered, got[2]) == (True, b"x")

    def test_ends_an_auto_delete_queue_with_its_consumers(self, served, channel):
        channel.queue_declare("q", durable=True, auto_delete=True)
        channel.basic_consume("q", lambda *_: None)
        served.ask("restart")
        assert served.ask("state")["queues"] == {}


@OURS
class TestTimeThatPasses:
    def test_expires_messages(self, served, channel):
        channel.queue_declare("q", arguments={"x-message-ttl": 1_000_000})
        channel.basic_publish("", "q", b"1")
        served.ask("advance_ms", 500_000)
        channel.basic_publish("", "q", b"2")
        assert counts(served, "q") == (2, 0)
        served.ask("advance_ms", 500_000)
        assert [each["body"] for each in served.ask("messages", "q")] == [b"2"]

    def test_expires_at_the_head_only_and_a_requeued_one_as_well(self, served, channel):
        channel.queue_declare("q")
        for number, expiration in enumerate(("2000000", "1000000", None)):
            channel.basic_publish("", "q", b"%d" % number,
                                  pika.BasicProperties(expiration=expiration))
        served.ask("advance_ms", 1_500_000)
        assert counts(served, "q") == (3, 0)
        channel.basic_get("q")
        assert counts(served, "q") == (1, 1)  # the second is at the head now, and late
        served.ask("advance_ms", 1_000_000)
        channel.basic_nack(1)
        assert channel.basic_get("q")[2] == b"2"

    def test_expires_without_anybody_asking(self, served, channel):
        """The loop wakes up by itself: here the waiting is the test's subject."""
        channel.queue_declare("dead")
        channel.queue_declare("q", arguments={"x-dead-letter-exchange": "",
                                              "x-dead-letter-routing-key": "dead"})
        channel.basic_publish("", "q", b"x", pika.BasicProperties(expiration="20"))
        assert sometime(lambda: counts(served, "dead"), (1, 0)) == (1, 0)




def test_a_broker_that_stops_closes_its_connections() -> None:
    served = Served()
    channel = again(served)
    served.stop()
    with pytest.raises(LOST):
        channel.queue_declare("q")
