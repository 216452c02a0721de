"""Both databases together: whatever dies and whatever comes twice, the sums agree in the end."""

import json

import pytest

from graders.kit import call_many, counted, crash_after
from transactional_outbox import apply_message, place_order, relay

RICH = 10**9


@pytest.fixture
def shop(sql):
    sql.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, "
                "amount_cents BIGINT NOT NULL)")
    sql.execute(f"CREATE TABLE outbox (id {sql.serial}, order_id BIGINT NOT NULL, "
                "payload VARCHAR(200) NOT NULL, sent SMALLINT NOT NULL)")
    sql.execute("CREATE INDEX outbox_sent ON outbox (sent, id)")
    return sql


@pytest.fixture
def bank(sql):
    made = sql.another("bank")
    made.execute("CREATE TABLE inbox (msg_id BIGINT PRIMARY KEY)")
    made.execute("CREATE TABLE wallet (user_id BIGINT PRIMARY KEY, balance_cents BIGINT NOT NULL)")
    made.executemany("INSERT INTO wallet VALUES (?, ?)", [(user, RICH) for user in range(4)])
    return made


class Wire:
    """A broker that keeps what was published; it is delivered twice and in any order."""

    def __init__(self):
        self.messages = []
        self.publish = counted(lambda *message: self.messages.append(message))


def effects_of(action):
    """Return how many effects a call of `action` has."""
    with crash_after(10**6) as count:
        action()
    return count.effects


def assert_settled(shop, bank, wire):
    """Every order has one message, every message was applied once, and nothing else was."""
    orders = shop.query("SELECT id, user_id, amount_cents FROM orders ORDER BY id")
    outbox = shop.query("SELECT order_id, payload FROM outbox ORDER BY order_id")
    assert [order for order, _ in outbox] == [order for order, _, _ in orders]
    for (_, payload), (order, user, amount) in zip(outbox, orders, strict=True):
        assert json.loads(payload) == {
            "order_id": order, "user_id": user, "amount_cents": amount}
    assert shop.query("SELECT COUNT(*) FROM outbox WHERE sent = 0") == [(0,)]
    assert {json.loads(payload)["order_id"] for _, payload in wire.messages} == {
        order for order, _, _ in orders}
    spent = dict.fromkeys(range(4), 0)
    for _, user, amount in orders:
        spent[user] += amount
    assert dict(bank.query("SELECT user_id, balance_cents FROM wallet")) == {
        user: RICH - cents for user, cents in spent.items()}
    assert bank.query("SELECT COUNT(*) FROM inbox") == [(len(orders),)]


def deliver(bank, wire, rng):
    """Deliver everything twice, in any order; return the answers."""
    calls = [(bank.url, *each) for each in wire.messages * 2]
    rng.shuffle(calls)
    return call_many(apply_message, calls)


def test_the_sums_agree_wherever_one_of_the_three_dies(shop, bank, rng):
    wire, order = Wire(), 0

    def place():
        nonlocal order
        order += 1
        place_order(shop.url, order, rng.randrange(4), rng.randint(1, 500))

    for k in range(1, effects_of(place) + 1):
        with crash_after(k) as crash:
            place()
        assert crash.fired
        place()
    count = effects_of(lambda: relay(shop.url, wire.publish, 2))
    for k in range(1, count + 1):
        place()
        place()
        with crash_after(k) as crash:
            relay(shop.url, wire.publish, 2)
        assert crash.fired
    while relay(shop.url, wire.publish, 3):
        pass
    count = effects_of(lambda: apply_message(bank.url, *wire.messages[0]))
    for k in range(1, count + 1):
        with crash_after(k) as crash:
            apply_message(bank.url, *wire.messages[-k])
        assert crash.fired
    deliver(bank, wire, rng)
    assert_settled(shop, bank, wire)


def test_many_small_batches_publish_each_message_once(shop, bank, rng):
    wire = Wire()
    orders = rng.sample(range(10**9), 30)
    call_many(place_order, [(shop.url, order, order % 4, rng.randint(1, 2**31))
                            for order in orders[:1]])
    call_many(place_order, [(shop.url, order, order % 4, rng.randint(1, 10**6))
                            for order in orders[1:]])
    done = []
    while not done or done[-1]:
        done.append(relay(shop.url, wire.publish, rng.choice((1, 2, 7))))
    assert sum(done) == 30
    ids = [number for number, _ in wire.messages]
    assert ids == sorted(set(ids))
    assert [json.loads(payload)["order_id"] for _, payload in wire.messages] == orders


def test_messages_twice_and_in_any_order(shop, bank, rng):
    wire = Wire()
    call_many(place_order, [(shop.url, order, order % 4, rng.randint(1, 10**6))
                            for order in rng.sample(range(10**9), 25)])
    assert relay(shop.url, wire.publish, 10**6) == 25
    assert sorted(deliver(bank, wire, rng)) == [False] * 25 + [True] * 25
    assert_settled(shop, bank, wire)


def test_a_wallet_is_emptied_to_the_cent_and_no_further(bank, rng):
    bank.execute("UPDATE wallet SET balance_cents = 100 WHERE user_id = 3")
    left, number = 100, 0
    while left:
        number += 1
        amount = rng.randint(1, 60)
        payload = json.dumps({"amount_cents": amount, "order_id": number, "user_id": 3})
        if amount > left:
            with pytest.raises(ValueError):
                apply_message(bank.url, number, payload)
        else:
            assert apply_message(bank.url, number, payload) is True
            left -= amount
        assert bank.query("SELECT balance_cents FROM wallet WHERE user_id = 3") == [(left,)]
