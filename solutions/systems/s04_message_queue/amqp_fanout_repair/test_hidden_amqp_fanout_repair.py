"""Random subscribers against a model, and connections that break at every step."""

import contextlib

import pytest

from amqp_fanout_repair import consume, publish, subscribe


@pytest.mark.stage(2)
def test_subscribing_that_breaks_off_can_be_repeated(amqp):
    subscribe(amqp.url, "news", "ann")
    methods = [each["method"] for each in amqp.log]
    amqp.cut_after(methods.index("Queue.Declare") + 1, lose_reply=True)
    with contextlib.suppress(Exception):
        subscribe(amqp.url, "news", "bob")
    assert amqp.state()["cuts"] == 1
    queue = subscribe(amqp.url, "news", "bob")
    assert publish(amqp.url, "news", b"one", "1") is True
    assert [each["body"] for each in amqp.messages(queue)] == [b"one"]


@pytest.mark.stage(3)
def test_random_steps_answer_like_the_model(amqp, rng):
    queues, model = {}, {}  # (exchange, subscriber) to name, name to [body, redelivered]
    for step in range(10):
        exchange = rng.choice(("a", "a-b"))
        known = ("publish", "publish", "consume", "consume") if queues else ()
        match rng.choice(("subscribe", *known)):
            case "subscribe":
                pair = exchange, rng.choice(("b-c", "c"))
                name = subscribe(amqp.url, *pair)
                assert queues.setdefault(pair, name) == name
                model.setdefault(name, [])
                assert len(set(queues.values())) == len(queues), "two share a queue"
            case "publish":
                body = rng.randbytes(rng.randrange(40))
                bound = [name for (each, _), name in queues.items() if each == exchange]
                assert publish(amqp.url, exchange, body, f"id {step}") == bool(bound)
                for name in bound:
                    model[name].append([body, False])
            case "consume":
                name = rng.choice(list(model))
                outcomes = rng.choices(("ack", "requeue", "crash"), (4, 2, 1), k=4)
                expected = _expected(model[name], outcomes)
                assert consume(amqp.url, name, outcomes) == expected
    for name, waiting in model.items():
        found = amqp.messages(name)
        assert [[each["body"], each["redelivered"]] for each in found] == waiting


def _expected(waiting, outcomes):
    """Return what consuming gives, and change the model as it changes the queue."""
    found = []
    for outcome in outcomes:
        if not waiting:
            break
        found.append(tuple(waiting[0]))
        if outcome == "ack":
            del waiting[0]
            continue
        waiting[0][1] = True
        if outcome == "crash":
            break
    return found
