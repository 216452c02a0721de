"""What publisher and subscribers must do, whatever becomes of broker and connections."""

import contextlib

import pytest

from amqp_fanout_repair import consume, publish, subscribe

NEWS = "news"


def filled(amqp, *bodies):
    """Return the queue of a subscriber with these messages in it."""
    queue = subscribe(amqp.url, NEWS, "ann")
    for number, body in enumerate(bodies):
        assert publish(amqp.url, NEWS, body, str(number)) is True
    return queue


def waiting(amqp, queue):
    """Return what waits in a queue as `consume` would tell it."""
    return [(each["body"], each["redelivered"]) for each in amqp.messages(queue)]


@pytest.mark.stage(1)
def test_everybody_gets_every_message(amqp):
    ann, bob = (subscribe(amqp.url, NEWS, name) for name in ("ann", "bob"))
    assert publish(amqp.url, NEWS, b"one", "1") is True
    assert waiting(amqp, ann) == [(b"one", False)]
    assert waiting(amqp, bob) == [(b"one", False)]
    assert amqp.log, "the broker was not asked"
    assert amqp.state()["connections"] == 0, "connections are left open"


@pytest.mark.stage(1)
def test_each_subscriber_of_each_exchange_has_one_queue(amqp):
    queues = [subscribe(amqp.url, *pair)
              for pair in ((NEWS, "ann"), (NEWS, "bob"), ("sport", "ann"))]
    assert len(set(queues)) == 3
    assert publish(amqp.url, "sport", b"goal", "1") is True
    assert subscribe(amqp.url, "sport", "ann") == queues[2]
    assert [waiting(amqp, queue) for queue in queues] == [[], [], [(b"goal", False)]]


@pytest.mark.stage(1)
def test_nobody_has_subscribed(amqp):
    assert publish(amqp.url, NEWS, b"lost", "1") is False
    assert amqp.state()["connections"] == 0, "connections are left open"
    queue = filled(amqp, b"kept")
    assert waiting(amqp, queue) == [(b"kept", False)]


@pytest.mark.stage(2)
def test_messages_are_persistent_and_bear_their_id(amqp):
    queue = subscribe(amqp.url, NEWS, "ann")
    for _ in range(2):  # the same id again is another message
        assert publish(amqp.url, NEWS, b"one", "id-17") is True
    found = [each["properties"] for each in amqp.messages(queue)]
    assert [each.get("message_id") for each in found] == ["id-17", "id-17"]
    assert [each.get("delivery_mode") for each in found] == [2, 2]


@pytest.mark.stage(2)
def test_a_restart_loses_nothing(amqp):
    queue = filled(amqp, b"before")
    amqp.restart()
    assert publish(amqp.url, NEWS, b"after", "2") is True
    assert [body for body, _ in waiting(amqp, queue)] == [b"before", b"after"]


@pytest.mark.stage(2)
def test_a_lost_confirmation_is_no_answer(amqp):
    queue = subscribe(amqp.url, NEWS, "ann")
    before = len(amqp.log)
    assert publish(amqp.url, NEWS, b"one", "1") is True
    methods = [each["method"] for each in amqp.log[before:]]
    amqp.cut_after(methods.index("Basic.Publish") + 1, lose_reply=True)
    answer = "unknown"
    with contextlib.suppress(Exception):
        answer = publish(amqp.url, NEWS, b"two", "2")
    assert answer in ("unknown", True), "there is a subscriber"
    assert amqp.state()["cuts"] == 1
    assert waiting(amqp, queue)[:2] == [(b"one", False), (b"two", False)]


@pytest.mark.stage(3)
def test_an_acknowledged_message_is_gone_and_no_other(amqp):
    queue = filled(amqp, b"\x00\xff\r\n", b"")
    assert consume(amqp.url, queue, ["ack"]) == [(b"\x00\xff\r\n", False)]
    assert waiting(amqp, queue) == [(b"", False)]
    assert consume(amqp.url, queue, ["ack"] * 3) == [(b"", False)]  # and waits for no more


@pytest.mark.stage(3)
def test_a_message_given_back_is_the_next_again(amqp):
    queue = filled(amqp, b"one", b"two")
    assert consume(amqp.url, queue, ["requeue", "ack", "requeue"]) == [
        (b"one", False), (b"one", True), (b"two", False)]
    assert waiting(amqp, queue) == [(b"two", True)]


@pytest.mark.stage(3)
def test_a_consumer_that_crashes_loses_nothing(amqp):
    queue = filled(amqp, b"one", b"two", b"three")
    assert consume(amqp.url, queue, ["ack", "crash", "ack"]) == [(b"one", False), (b"two", False)]
    assert waiting(amqp, queue) == [(b"two", True), (b"three", False)]
    assert amqp.state()["connections"] == 0, "connections are left open"


@pytest.mark.stage(3)
@pytest.mark.perf
def test_one_connection_serves_for_many_messages(amqp):
    queue = filled(amqp, b"one", b"two")
    found = consume(amqp.url, queue, ["requeue"] * 450 + ["ack"] * 2)
    assert found == [(b"one", False)] + [(b"one", True)] * 450 + [(b"two", False)]
