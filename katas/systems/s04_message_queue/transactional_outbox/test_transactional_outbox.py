"""What outbox, relay and inbox must do, also when a process dies between two statements."""

import json

import pytest

from graders.kit import Raised, call_many, counted, crash_after, run_threads, scripted
from transactional_outbox import apply_message, place_order, relay


@pytest.fixture
def shop(sql):
    """The database of the orders."""
    sql.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, "
                "amount_cents BIGINT NOT NULL)")
    sql.execute(f"CREATE TABLE outbox (id {sql.serial}, order_id BIGINT NOT NULL, "
                "payload VARCHAR(200) NOT NULL, sent SMALLINT NOT NULL)")
    sql.execute("CREATE INDEX outbox_sent ON outbox (sent, id)")
    return sql


@pytest.fixture
def bank(sql):
    """The database of the wallets: users 1 and 2 have 10.00 each."""
    made = sql.another("bank")
    made.execute("CREATE TABLE inbox (msg_id BIGINT PRIMARY KEY)")
    made.execute("CREATE TABLE wallet (user_id BIGINT PRIMARY KEY, balance_cents BIGINT NOT NULL)")
    made.executemany("INSERT INTO wallet VALUES (?, ?)", [(1, 1000), (2, 1000)])
    return made


def message(order_id, user_id, amount_cents):
    """Return a payload."""
    return json.dumps({"order_id": order_id, "user_id": user_id, "amount_cents": amount_cents})


def waiting(shop):
    """Return the ids of the messages that are not marked."""
    return [number for (number,) in shop.query("SELECT id FROM outbox WHERE sent = 0 ORDER BY id")]


def sent(shop):
    """Return the ids of the messages that are marked."""
    return [number for (number,) in shop.query("SELECT id FROM outbox WHERE sent = 1 ORDER BY id")]


def balances(bank):
    """Return {user: cents}."""
    return dict(bank.query("SELECT user_id, balance_cents FROM wallet"))


def place(shop, *orders):
    """Place orders of 1.00 of user 1; return the ids of all messages that wait."""
    call_many(place_order, [(shop.url, order, 1, 100) for order in orders])
    return waiting(shop)


@pytest.mark.stage(1)
def test_an_order_and_its_message_are_stored(shop):
    assert place_order(shop.url, 501, 7, 1999) is None
    assert shop.query("SELECT id, user_id, amount_cents FROM orders") == [(501, 7, 1999)]
    ((order, payload, mark),) = shop.query("SELECT order_id, payload, sent FROM outbox")
    assert (order, mark) == (501, 0)
    assert json.loads(payload) == {"order_id": 501, "user_id": 7, "amount_cents": 1999}


@pytest.mark.stage(1)
def test_an_order_that_is_there_already_is_refused_and_stores_nothing(shop):
    place_order(shop.url, 501, 7, 1999)
    with pytest.raises(ValueError):
        place_order(shop.url, 501, 8, 5)
    assert shop.query("SELECT id, user_id, amount_cents FROM orders") == [(501, 7, 1999)]
    assert shop.query("SELECT order_id FROM outbox") == [(501,)]


@pytest.mark.stage(1)
def test_an_amount_below_one_cent_is_refused(shop):
    for amount in (0, -5):
        with pytest.raises(ValueError):
            place_order(shop.url, 501, 7, amount)
    assert shop.query("SELECT id FROM orders") == []
    assert waiting(shop) == []
    place_order(shop.url, 501, 7, 1)
    assert shop.query("SELECT amount_cents FROM orders") == [(1,)]


@pytest.mark.stage(1)
def test_wherever_the_process_dies_there_are_order_and_message_or_neither(shop):
    with crash_after(10**6) as count:
        place_order(shop.url, 1, 7, 100)
    for k in range(1, count.effects + 1):
        with crash_after(k) as crash:
            place_order(shop.url, 10 + k, 7, 100)
        assert crash.fired
        orders = shop.query("SELECT id FROM orders ORDER BY id")
        assert shop.query("SELECT order_id FROM outbox ORDER BY order_id") == orders


@pytest.mark.stage(2)
def test_messages_are_published_oldest_first_and_marked(shop):
    ids = place(shop, 503, 501, 502)
    publish = counted(lambda number, payload: published.append((number, json.loads(payload))))
    published = []
    assert relay(shop.url, publish, 2) == 2
    assert [number for number, _ in published] == ids[:2]
    assert [payload["order_id"] for _, payload in published] == [503, 501]
    assert sent(shop) == ids[:2]
    assert relay(shop.url, publish, 2) == 1
    assert relay(shop.url, publish, 2) == 0
    assert [number for number, _ in published] == ids
    assert waiting(shop) == []


@pytest.mark.stage(2)
def test_a_batch_below_one_is_refused(shop):
    place(shop, 501)
    publish = scripted([("return", None)])
    for batch in (0, -1):
        with pytest.raises(ValueError):
            relay(shop.url, publish, batch)
    assert publish.calls == []


@pytest.mark.stage(2)
def test_an_error_of_publish_ends_the_batch_and_those_before_are_marked(shop):
    ids = place(shop, 501, 502, 503, 504)
    publish = scripted([("return", None), ("return", None), ("raise", "ConnectionError", "down")])
    with pytest.raises(ConnectionError):
        relay(shop.url, publish, 10)
    assert [call[0] for call in publish.calls] == ids[:3]
    assert sent(shop) == ids[:2]
    again = scripted([("return", None)] * 2)
    assert relay(shop.url, again, 10) == 2
    assert [call[0] for call in again.calls] == ids[2:]


@pytest.mark.stage(2)
def test_what_is_marked_was_published_wherever_the_process_dies(shop):
    published = []
    publish = counted(lambda number, payload: published.append(number))
    place(shop, 1, 2, 3)
    with crash_after(10**6) as count:
        relay(shop.url, publish, 3)
    assert count.effects >= 4
    for k in range(1, count.effects + 1):
        place(shop, 10 * k, 10 * k + 1, 10 * k + 2)
        with crash_after(k) as crash:
            relay(shop.url, publish, 3)
        assert crash.fired
        assert set(sent(shop)) <= set(published), "marked, and never published"
        relay(shop.url, publish, 5)
        assert waiting(shop) == []
        assert set(sent(shop)) <= set(published), "marked, and never published"


@pytest.mark.stage(3)
def test_a_message_is_applied_once(bank):
    assert apply_message(bank.url, 31, message(501, 1, 300)) is True
    assert balances(bank) == {1: 700, 2: 1000}
    assert apply_message(bank.url, 31, message(501, 1, 300)) is False
    assert apply_message(bank.url, 31, message(501, 1, 300)) is False
    assert balances(bank) == {1: 700, 2: 1000}


@pytest.mark.stage(3)
def test_equal_payloads_of_two_messages_are_two(bank):
    assert apply_message(bank.url, 31, message(501, 1, 300)) is True
    assert apply_message(bank.url, 32, message(501, 1, 300)) is True
    assert balances(bank) == {1: 400, 2: 1000}


@pytest.mark.stage(3)
def test_the_last_cent_can_be_spent(bank):
    assert apply_message(bank.url, 31, message(501, 2, 1000)) is True
    assert balances(bank) == {1: 1000, 2: 0}


@pytest.mark.stage(3)
def test_too_little_money_is_refused_and_the_message_is_not_used_up(bank):
    with pytest.raises(ValueError):
        apply_message(bank.url, 31, message(501, 1, 1001))
    assert balances(bank) == {1: 1000, 2: 1000}
    assert bank.query("SELECT msg_id FROM inbox") == []
    bank.execute("UPDATE wallet SET balance_cents = 1500 WHERE user_id = 1")
    assert apply_message(bank.url, 31, message(501, 1, 1001)) is True
    with pytest.raises(ValueError):
        apply_message(bank.url, 32, message(502, 9, 1))
    assert balances(bank) == {1: 499, 2: 1000}


@pytest.mark.stage(3)
def test_wherever_the_process_dies_the_message_counts_once_in_the_end(bank):
    with crash_after(10**6) as count:
        apply_message(bank.url, 30, message(500, 2, 1))
    for k in range(1, count.effects + 1):
        before = balances(bank)[1]
        with crash_after(k) as crash:
            apply_message(bank.url, 30 + k, message(500 + k, 1, 100))
        assert crash.fired
        apply_message(bank.url, 30 + k, message(500 + k, 1, 100))
        assert balances(bank)[1] == before - 100


@pytest.mark.stage(3)
def test_threads_that_apply_the_same_messages(bank, rng):
    calls = [(bank.url, 30 + step, message(500 + step, 1, 100)) for step in range(6)]
    order = [rng.sample(calls, 6) for _ in range(4)]
    answers = run_threads(apply_message, order, rng.randrange(1 << 30), jitter=0.1)
    flat = [answer for thread in answers for answer in thread]
    assert [answer for answer in flat if isinstance(answer, Raised)] == []
    assert sorted(flat) == [False] * 18 + [True] * 6
    assert balances(bank) == {1: 400, 2: 1000}


@pytest.mark.stage(3)
def test_threads_that_debit_the_same_wallet(bank, rng):
    calls = [[(bank.url, 100 * thread + step, message(1, 1, 10)) for step in range(6)]
             for thread in range(4)]
    answers = run_threads(apply_message, calls, rng.randrange(1 << 30), jitter=0.1)
    assert answers == [[True] * 6] * 4
    assert balances(bank) == {1: 760, 2: 1000}


@pytest.mark.stage(2)
@pytest.mark.perf
def test_small_batches_of_a_backlog_of_thirty_two_thousand(shop):
    place(shop, 1)
    for _ in range(15):
        shop.execute("INSERT INTO outbox (order_id, payload, sent) "
                     "SELECT order_id, payload, sent FROM outbox")
    publish = scripted([("return", None)] * 500)
    for done in call_many(relay, [(shop.url, publish, 10)] * 50):
        assert done == 10
    assert len(sent(shop)) == 500


@pytest.mark.stage(3)
@pytest.mark.perf
def test_new_messages_after_sixty_five_thousand_old_ones(bank):
    bank.execute("INSERT INTO inbox VALUES (0)")
    for step in range(16):
        bank.execute("INSERT INTO inbox SELECT msg_id + ? FROM inbox", 2**step)
    calls = [(bank.url, 10**6 + step, message(step, 1, 1)) for step in range(50)]
    assert call_many(apply_message, calls + calls) == [True] * 50 + [False] * 50
    assert balances(bank) == {1: 950, 2: 1000}
