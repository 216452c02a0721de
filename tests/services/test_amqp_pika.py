"""What pika sees of a broker: the same of ours as of RabbitMQ."""

from __future__ import annotations

import contextlib
import datetime
import decimal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pika
import pika.exceptions
import pytest
from pamqp import commands

from tests.services.amqp_lanes import PATIENCE_S, Bare, Names, sometime

Channel = pika.adapters.blocking_connection.BlockingChannel
PERSISTENT = pika.BasicProperties(delivery_mode=2)


@pytest.fixture
def connect(url: str) -> Iterator[Callable[[], pika.BlockingConnection]]:
    opened: list[pika.BlockingConnection] = []

    def open_one() -> pika.BlockingConnection:
        opened.append(pika.BlockingConnection(pika.URLParameters(url)))
        return opened[-1]

    yield open_one
    for each in opened:
        with contextlib.suppress(pika.exceptions.AMQPError):
            each.close()


@pytest.fixture
def channel(names: Names, connect: Callable[[], pika.BlockingConnection]) -> Channel:
    """A channel on a connection of its own; it comes after names, so it is closed before them."""
    return connect().channel()


def bodies(channel: Channel, queue: str) -> list[bytes]:
    """Take everything that is in a queue."""
    found = []
    while (got := channel.basic_get(queue, auto_ack=True))[0] is not None:
        found.append(got[2])
    return found


def ready(channel: Channel, queue: str) -> int:
    """Ask how many messages are ready; RabbitMQ may count one a little later than it is there."""
    return channel.queue_declare(queue, passive=True).method.message_count


def delivered(channel: Channel, into: list[Any], count: int) -> list[Any]:
    """Wait until `into` holds `count` deliveries."""
    deadline = time.monotonic() + PATIENCE_S
    while len(into) < count and time.monotonic() < deadline:
        channel.connection.process_data_events(time_limit=0.05)
    return into


def refusal(act: Callable[[], object], names: Names) -> tuple[int, str]:
    with pytest.raises(pika.exceptions.ChannelClosedByBroker) as caught:
        act()
    return caught.value.reply_code, names.plain(caught.value.reply_text)


class TestExchanges:
    def test_a_fanout_gives_each_queue_each_message_whatever_the_key(self, channel, names):
        channel.exchange_declare(names("e"), "fanout", durable=True)
        for queue in ("a", "b"):
            channel.queue_declare(names(queue), durable=True)
            channel.queue_bind(names(queue), names("e"), "ignored")
        for number in range(3):
            channel.basic_publish(names("e"), f"key{number}", b"%d" % number)
        assert bodies(channel, names("a")) == bodies(channel, names("b")) == [b"0", b"1", b"2"]

    def test_queues_that_share_one_name_share_the_messages(self, channel, names):
        channel.exchange_declare(names("e"), "fanout")
        for _ in range(2):
            channel.queue_declare(names("hello"))
            channel.queue_bind(names("hello"), names("e"))
        channel.basic_publish(names("e"), "", b"once")
        assert bodies(channel, names("hello")) == [b"once"]

    @pytest.mark.parametrize(("kind", "key", "sent", "arrives"), [
        ("direct", "a.b", "a.b", True), ("direct", "a.*", "a.b", False),
        ("topic", "a.*", "a.b", True), ("topic", "a.*", "a", False),
        ("topic", "a.#", "a", True), ("topic", "#", "", True), ("topic", "*", "", True),
        ("topic", "#.b.#", "a.b", True), ("topic", "#.b.#", "bc", False),
        ("topic", "*.*", "a", False), ("topic", "A", "a", False), ("topic", "a..b", "a..b", True),
        ("topic", "a.*.b", "a..b", True), ("topic", "#.#", "", True), ("topic", "#.*", "a", True),
        ("topic", "*.#", "", True), ("topic", "a*", "ab", False),
    ])
    def test_keys(self, channel, names, kind, key, sent, arrives):
        channel.queue_declare(names("q"))
        channel.queue_bind(names("q"), f"amq.{kind}", names.prefix + "." + key)
        channel.basic_publish(f"amq.{kind}", names.prefix + "." + sent, b"x")
        assert bodies(channel, names("q")) == ([b"x"] if arrives else [])

    @pytest.mark.parametrize(("key", "arrives"), [("#", True), ("", True), ("#.#", True),
                                                  ("*", False), ("*.#", False)])
    def test_the_empty_key_has_no_words(self, channel, names, key, arrives):
        channel.exchange_declare(names("e"), "topic")
        channel.queue_declare(names("q"))
        channel.queue_bind(names("q"), names("e"), key)
        channel.basic_publish(names("e"), "", b"x")
        assert bodies(channel, names("q")) == ([b"x"] if arrives else [])

    @pytest.mark.parametrize(("asked", "headers", "arrives"), [
        ({"a": 1, "b": "x"}, {"a": 1, "b": "x", "c": 0}, True),
        ({"a": 1, "b": "x"}, {"a": 1}, False),
        ({"x-match": "any", "a": 1, "b": "x"}, {"a": 1}, True),
        ({"x-match": "any", "a": 1}, {"a": 2}, False),
        ({"a": 1}, {"a": "1"}, False),
        ({"a": 1}, {"a": 2**40}, False),
        ({"a": True}, {"a": 1}, False),
        ({"a": None}, {"a": "whatever"}, True),
        ({"a": None}, {}, False),
        ({}, {}, True),
        ({"x-match": "any"}, {"a": 1}, False),
        ({"x-match": "all", "x-a": 1}, {}, True),
        ({"x-match": "all-with-x", "x-a": 1}, {}, False),
        ({"x-match": "any-with-x", "x-a": 1}, {"x-a": 1}, True),
    ])
    def test_headers(self, channel, names, asked, headers, arrives):
        channel.exchange_declare(names("e"), "headers")
        channel.queue_declare(names("q"))
        channel.queue_bind(names("q"), names("e"), arguments=asked)
        channel.basic_publish(names("e"), "", b"x", pika.BasicProperties(headers=headers))
        assert bodies(channel, names("q")) == ([b"x"] if arrives else [])

    def test_two_bindings_that_match_give_one_copy_and_one_taken_away_leaves_the_other(
            self, channel, names):
        channel.exchange_declare(names("e"), "topic")
        channel.queue_declare(names("q"))
        for key in ("a.*", "*.b"):
            channel.queue_bind(names("q"), names("e"), key)
        channel.basic_publish(names("e"), "a.b", b"1")
        channel.queue_unbind(names("q"), names("e"), "a.*")
        channel.basic_publish(names("e"), "a.b", b"2")
        channel.basic_publish(names("e"), "a.c", b"3")
        assert bodies(channel, names("q")) == [b"1", b"2"]

    def test_exchanges_lead_to_exchanges_and_round_in_circles(self, channel, names):
        for name in ("d", "e"):
            channel.exchange_declare(names(name), "fanout")
        channel.exchange_bind(names("e"), names("d"))
        channel.exchange_bind(names("d"), names("e"))
        channel.queue_declare(names("q"))
        channel.queue_bind(names("q"), names("e"))
        channel.basic_publish(names("d"), "", b"x")
        assert bodies(channel, names("q")) == [b"x"]

    def test_an_alternate_exchange_gets_what_matches_nothing(self, channel, names):
        channel.exchange_declare(names("rest"), "fanout")
        channel.exchange_declare(names("e"), "direct",
                                 arguments={"alternate-exchange": names("rest")})
        for queue in ("all", "some"):
            channel.queue_declare(names(queue))
        channel.queue_bind(names("all"), names("rest"))
        channel.queue_bind(names("some"), names("e"), "k")
        for key in ("k", "other"):
            channel.basic_publish(names("e"), key, key.encode())
        assert (bodies(channel, names("all")), bodies(channel, names("some"))) == (
            [b"other"], [b"k"])


class TestConfirms:
    def test_an_unroutable_mandatory_message_comes_back_and_is_confirmed(self, channel, names):
        channel.confirm_delivery()
        channel.exchange_declare(names("e"), "fanout")
        channel.basic_publish(names("e"), "", b"nobody")
        with pytest.raises(pika.exceptions.UnroutableError) as caught:
            channel.basic_publish(names("e"), "k", b"lost", PERSISTENT, mandatory=True)
        back = caught.value.messages[0]
        assert (back.method.reply_code, back.method.reply_text, back.body,
                back.properties.delivery_mode) == (312, "NO_ROUTE", b"lost", 2)
        channel.queue_declare(names("q"))
        channel.queue_bind(names("q"), names("e"))
        channel.basic_publish(names("e"), "", b"found", mandatory=True)
        assert bodies(channel, names("q")) == [b"found"]

    def test_a_full_queue_that_refuses_says_so(self, channel, names):
        channel.confirm_delivery()
        channel.queue_declare(names("q"), arguments={"x-max-length": 1,
                                                     "x-overflow": "reject-publish"})
        channel.basic_publish("", names("q"), b"1")
        with pytest.raises(pika.exceptions.NackError):
            channel.basic_publish("", names("q"), b"2")
        assert bodies(channel, names("q")) == [b"1"]

    def test_an_exchange_that_is_missing_closes_the_channel(self, channel, names):
        channel.confirm_delivery()
        assert refusal(lambda: channel.basic_publish(names("e"), "", b""), names) == (
            404, "NOT_FOUND - no exchange 'e' in vhost '/'")


class TestMessages:
    def test_all_properties_and_types_of_headers_arrive_as_they_were(self, channel, names):
        sent = pika.BasicProperties(
            content_type="text/plain", content_encoding="utf-8", delivery_mode=2, priority=3,
            headers={"int": -5, "long": 2**40, "text": "ü", "yes": True, "nothing": None,
                     "half": decimal.Decimal("0.5"), "list": [1, "a", [2]],
                     "table": {"x": {"y": 1}},
                     "time": datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)},
            correlation_id="c", reply_to="r", expiration="60000", message_id="m", timestamp=12345,
            type="t", user_id="guest", app_id="a")
        channel.queue_declare(names("q"))
        channel.basic_publish("", names("q"), b"x", sent)
        got = channel.basic_get(names("q"), auto_ack=True)[1]
        assert got.__dict__ == sent.__dict__

    @pytest.mark.parametrize("size", [0, 1, 131064, 131065, 400_000])
    def test_a_body_of_any_length_arrives_whole(self, channel, names, size):
        body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
        channel.queue_declare(names("q"))
        channel.basic_publish("", names("q"), body)
        assert bodies(channel, names("q")) == [body]

    def test_small_frames_carry_a_large_body(self, url, names):
        parameters = pika.URLParameters(url)
        parameters.frame_max = 4096
        with contextlib.closing(pika.BlockingConnection(parameters)) as connection:
            channel = connection.channel()
            channel.queue_declare(names("q"))
            channel.basic_publish("", names("q"), b"x" * 50_000)
            assert bodies(channel, names("q")) == [b"x" * 50_000]

    def test_counts_of_declare_purge_and_delete(self, channel, names):
        channel.queue_declare(names("q"))
        for _ in range(3):
            channel.basic_publish("", names("q"), b"")
        assert sometime(lambda: ready(channel, names("q")), 3) == 3
        assert channel.queue_purge(names("q")).method.message_count == 3
        channel.basic_publish("", names("q"), b"")
        assert channel.queue_delete(names("q")).method.message_count == 1


class TestAcknowledgements:
    @pytest.fixture
    def abc(self, channel, names) -> str:
        channel.queue_declare(names("q"))
        for body in (b"a", b"b", b"c"):
            channel.basic_publish("", names("q"), body)
        return names("q")

    def seen(self, channel: Channel, queue: str) -> list[tuple[bytes, bool]]:
        found = []
        while (got := channel.basic_get(queue, auto_ack=True))[0] is not None:
            found.append((got[2], got[0].redelivered))
        return found

    def test_a_closed_channel_puts_back_what_it_had_in_order_and_says_redelivered(
            self, channel, abc):
        other = channel.connection.channel()
        for _ in range(2):
            other.basic_get(abc)
        other.close()
        assert self.seen(channel, abc) == [(b"a", True), (b"b", True), (b"c", False)]

    def test_a_connection_that_ends_without_a_word_puts_back_as_well(
            self, channel, abc, url, names):
        with Bare(url, names) as bare:
            bare.send(1, commands.Channel.Open(), commands.Basic.Get(0, abc))
            assert [bare.line() for _ in range(4)][-1] == "1 body a"
        assert sometime(lambda: ready(channel, abc), 3) == 3
        assert self.seen(channel, abc) == [(b"a", True), (b"b", False), (b"c", False)]

    def test_rejected_ones_go_back_to_their_places_in_whatever_order(self, channel, abc):
        for _ in range(3):
            channel.basic_get(abc)
        for tag in (2, 3, 1):
            channel.basic_reject(tag, requeue=True)
        assert self.seen(channel, abc) == [(b"a", True), (b"b", True), (b"c", True)]

    def test_multiple_means_all_up_to_the_tag(self, channel, abc):
        for _ in range(3):
            channel.basic_get(abc)
        channel.basic_ack(2, multiple=True)
        channel.basic_nack(0, multiple=True)
        assert self.seen(channel, abc) == [(b"c", True)]

    def test_a_tag_used_twice_closes_the_channel(self, channel, abc, names):
        channel.basic_get(abc)
        channel.basic_ack(1)
        channel.basic_ack(1)
        assert refusal(lambda: channel.queue_declare(abc, passive=True), names) == (
            406, "PRECONDITION_FAILED - unknown delivery tag 1")

    def test_recover_puts_everything_back(self, channel, abc):
        channel.basic_get(abc)
        channel.basic_recover(requeue=True)
        assert self.seen(channel, abc)[0] == (b"a", True)


class TestConsumers:
    def consume(self, channel: Channel, queue: str, **options: Any) -> list[Any]:
        found: list[Any] = []
        channel.basic_consume(queue, lambda _, method, __, body: found.append((method, body)),
                              **options)
        return found

    def test_one_that_holds_its_only_message_does_not_starve_the_other(self, channel, names,
                                                                       connect):
        queue = names("q")
        channel.queue_declare(queue)
        slow, fast = connect().channel(), connect().channel()
        taken: list[list[Any]] = []
        for each in (slow, fast):
            each.basic_qos(prefetch_count=1)
            taken.append(self.consume(each, queue))
        for number in range(10):
            channel.basic_publish("", queue, b"%d" % number)
        delivered(slow, taken[0], 1)
        for count in range(1, 10):
            method, _ = delivered(fast, taken[1], count)[count - 1]
            fast.basic_ack(method.delivery_tag)
        assert [body for _, body in taken[0]] == [b"0"]
        assert [body for _, body in taken[1]] == [b"%d" % number for number in range(1, 10)]

    def test_consumers_take_turns(self, channel, names, connect):
        queue = names("q")
        channel.queue_declare(queue)
        others = [connect().channel() for _ in range(3)]
        taken = [self.consume(each, queue, auto_ack=True) for each in others]
        for number in range(9):
            channel.basic_publish("", queue, b"%d" % number)
        found = [[int(body) for _, body in delivered(each, into, 3)]
                 for each, into in zip(others, taken, strict=True)]
        assert found == [[0, 3, 6], [1, 4, 7], [2, 5, 8]]

    def test_a_limit_for_the_channel_holds_for_all_its_consumers(self, channel, names):
        channel.basic_qos(prefetch_count=2, global_qos=True)
        taken: list[Any] = []
        for queue in ("a", "b"):
            channel.queue_declare(names(queue))
            channel.basic_consume(names(queue), lambda _, method, __, body:
                                  taken.append((method, body)))
            for number in range(2):
                channel.basic_publish("", names(queue), b"%d" % number)
        delivered(channel, taken, 2)
        for queue in ("a", "b"):  # whatever else was on its way arrives before these answers
            channel.queue_declare(names(queue), passive=True)
        channel.connection.process_data_events(time_limit=0)
        assert len(taken) == 2
        channel.basic_ack(2, multiple=True)
        assert len(delivered(channel, taken, 4)) == 4

    def test_a_cancelled_one_gets_no_more_and_keeps_what_it_has(self, channel, names):
        queue = names("q")
        channel.queue_declare(queue)
        taken = self.consume(channel, queue, consumer_tag="me")
        channel.basic_publish("", queue, b"1")
        delivered(channel, taken, 1)
        channel.basic_cancel("me")
        channel.basic_publish("", queue, b"2")
        assert sometime(lambda: ready(channel, queue), 1) == 1
        channel.basic_ack(1)
        assert bodies(channel, queue) == [b"2"]

    def test_a_deleted_queue_cancels_its_consumers(self, channel, names):
        told: list[str] = []
        channel.queue_declare(names("q"))
        channel.add_on_cancel_callback(lambda frame: told.append(frame.method.consumer_tag))
        self.consume(channel, names("q"), consumer_tag="me")
        channel.queue_delete(names("q"))
        assert delivered(channel, told, 1) == ["me"]

    def test_an_exclusive_one_lets_no_other_in(self, channel, names):
        channel.queue_declare(names("q"))
        self.consume(channel, names("q"), exclusive=True)
        other = channel.connection.channel()
        assert refusal(lambda: self.consume(other, names("q")), names) == (
            403, "ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use")

    def test_an_auto_delete_queue_goes_with_its_last_consumer(self, channel, names):
        channel.queue_declare(names("q"), auto_delete=True)
        for tag in ("one", "two"):
            self.consume(channel, names("q"), consumer_tag=tag)
        channel.basic_cancel("one")
        channel.queue_declare(names("q"), passive=True)
        channel.basic_cancel("two")
        assert refusal(lambda: channel.queue_declare(names("q"), passive=True), names)[0] == 404


class TestExclusiveQueues:
    def test_have_a_name_of_their_own_and_live_as_long_as_their_connection(self, channel, names,
                                                                           connect):
        owner = connect()
        name = owner.channel().queue_declare("", exclusive=True).method.queue
        assert name.startswith("amq.gen-") and len(name) == 30
        assert "RESOURCE_LOCKED" in refusal(
            lambda: channel.queue_declare(name, passive=True), names)[1]
        owner.close()
        again = channel.connection.channel()
        assert refusal(lambda: again.queue_declare(name, passive=True), names)[0] == 404


class TestDeadLetters:
    @pytest.fixture
    def graves(self, channel, names) -> dict[str, Any]:
        channel.exchange_declare(names("dlx"), "fanout")
        channel.queue_declare(names("dead"))
        channel.queue_bind(names("dead"), names("dlx"))
        return {"x-dead-letter-exchange": names("dlx")}

    def grave(self, channel: Channel, names: Names, count: int) -> list[Any]:
        assert sometime(lambda: ready(channel, names("dead")), count) == count
        found = []
        while (got := channel.basic_get(names("dead"), auto_ack=True))[0] is not None:
            death = got[1].headers["x-death"][0]
            death.pop("time")
            found.append((got[2], death["reason"], names.plain(death["queue"]), death["count"],
                          [names.plain(each) for each in death["routing-keys"]],
                          death.get("original-expiration"), got[1].expiration))
        return found

    def test_rejected(self, channel, names, graves):
        channel.queue_declare(names("q"), arguments=graves)
        channel.basic_publish("", names("q"), b"x")
        channel.basic_get(names("q"))
        channel.basic_nack(1, requeue=False)
        assert self.grave(channel, names, 1) == [(b"x", "rejected", "q", 1, ["q"], None, None)]

    def test_expired_by_the_queue_and_by_the_message(self, channel, names, graves):
        channel.queue_declare(names("q"), arguments=graves | {"x-message-ttl": 0})
        channel.queue_declare(names("p"), arguments=graves)
        channel.basic_publish("", names("q"), b"1")
        channel.basic_publish("", names("p"), b"2", pika.BasicProperties(expiration="0"))
        assert sorted(self.grave(channel, names, 2)) == [  # two queues: either may come first
            (b"1", "expired", "q", 1, ["q"], None, None),
            (b"2", "expired", "p", 1, ["p"], "0", None)]

    def test_too_many(self, channel, names, graves):
        channel.queue_declare(names("q"), arguments=graves | {"x-max-length": 2})
        for number in range(4):
            channel.basic_publish("", names("q"), b"%d" % number)
        assert [each[:2] for each in self.grave(channel, names, 2)] == [(b"0", "maxlen"),
                                                                     (b"1", "maxlen")]
        assert bodies(channel, names("q")) == [b"2", b"3"]

    def test_a_circle_without_a_rejection_ends(self, channel, names):
        channel.queue_declare(names("q"), arguments={
            "x-dead-letter-exchange": "", "x-dead-letter-routing-key": names("p")})
        channel.queue_declare(names("p"), arguments={
            "x-dead-letter-exchange": "", "x-dead-letter-routing-key": names("q"),
            "x-message-ttl": 0})
        channel.basic_publish("", names("q"), b"x")
        channel.basic_get(names("q"))
        channel.basic_reject(1, requeue=False)  # to p, expires there, back: a rejection is on it
        assert sometime(lambda: ready(channel, names("q")), 1) == 1
        again = channel.basic_get(names("q"))
        assert [(names.plain(each["queue"]), each["reason"], each["count"])
                for each in again[1].headers["x-death"]] == [("p", "expired", 1),
                                                             ("q", "rejected", 1)]
        channel.basic_publish("", names("p"), b"y")  # expires to q, which it never left
        assert sometime(lambda: ready(channel, names("q")), 1) == 1
        assert bodies(channel, names("q")) == [b"y"]
