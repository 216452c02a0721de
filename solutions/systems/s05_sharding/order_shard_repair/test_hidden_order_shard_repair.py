"""The three tables against one list of orders, and crashes in each of the three."""

import datetime

import pytest

from graders.kit import call_many, crash_after
from order_shard_repair import create_order, get_order, orders_of_user, shard_of_order

NOON = "2026-03-01 12:00:00"


@pytest.fixture
def db(sql):
    for shard in range(3):
        sql.execute(f"CREATE TABLE order_{shard} (id {sql.serial}, user_id BIGINT NOT NULL, "
                    "total_cents BIGINT NOT NULL, status SMALLINT NOT NULL, "
                    "create_time VARCHAR(19) NOT NULL)")
        sql.execute(f"CREATE INDEX of_user_{shard} ON order_{shard} (user_id, create_time, id)")
    sql.execute("CREATE TABLE order_sequence (name VARCHAR(16) PRIMARY KEY, "
                "last_number BIGINT NOT NULL)")
    sql.execute("INSERT INTO order_sequence VALUES ('order', 0)")
    return sql


def random_time(rng):
    """Return a time within two days, so that equal ones occur."""
    start = datetime.datetime(2024, 2, 28, 12)
    return str(start + datetime.timedelta(hours=rng.randrange(48)))


def newest_first(orders):
    return sorted(orders, key=lambda order: (order["create_time"], order["id"]), reverse=True)


def test_three_tables_answer_like_one(db, rng):
    users = [0, 1, 2, 3, 11, 2**40, 2**62 - 1]
    model = {}
    for _ in range(6):
        calls = [(db.url, rng.choice(users), rng.choice((0, 1, rng.randrange(2**62))),
                  rng.choice((0, 1, 126, 127)), random_time(rng)) for _ in range(8)]
        for order, call in zip(call_many(create_order, calls), calls, strict=True):
            assert 0 < order < 2**63
            assert order not in model
            model[order] = {"id": order, "user_id": call[1], "total_cents": call[2],
                            "status": call[3], "create_time": call[4]}
        asked = rng.sample(sorted(model), 4)
        assert call_many(get_order, [(db.url, order) for order in asked]) == [
            model[order] for order in asked]
    unknown = [(db.url, order) for order in range(1, 13) if order not in model]
    assert call_many(get_order, unknown) == [None] * len(unknown)
    for user in users:
        own = [order for order in model.values() if order["user_id"] == user]
        assert orders_of_user(db.url, user) == newest_first(own)
    shards = call_many(shard_of_order, [(order,) for order in model])
    assert shards == [order["user_id"] % 3 for order in model.values()]


def test_times_are_taken_literally(db, rng):
    leap = create_order(db.url, 2, 5, 0, "2024-02-29 23:59:59")
    assert get_order(db.url, leap)["create_time"] == "2024-02-29 23:59:59"
    year, month = rng.randrange(2001, 2099), rng.randrange(1, 10)
    for bad in (f"{year}-13-01 00:00:00", f"{year}-00-10 00:00:00", f"{year}-04-31 00:00:00",
                f"{year}-0{month}-01 00:60:00", f"{year}-0{month}-01 0:00:00",
                f"{year}-0{month}-01  00:00:00", f"{year}/0{month}/01 00:00:00",
                f" {year}-0{month}-01 00:00:00", f"{year}-0{month}-01 00:00:00\n",
                f"{year}-0{month}-01 00:00:00.5", f"{year}0{month}01 000000", "2023-02-29 10:00:00",
                f"{year}-0{month}-01 00:00:00' --"):
        with pytest.raises(ValueError):
            create_order(db.url, 2, 5, 0, bad)
    assert [order["id"] for order in orders_of_user(db.url, 2)] == [leap]


def test_every_value_just_outside_is_refused_and_nothing_is_stored(db, rng):
    for user, cents, status in ((-1, 0, 0), (-3, 0, 0), (0, -1, 0), (0, 0, -1), (0, 0, 128),
                                (0, 0, rng.randrange(129, 10**6)), (-(2**40), 0, 0)):
        with pytest.raises(ValueError):
            create_order(db.url, user, cents, status, NOON)
    for shard in range(3):
        assert db.query(f"SELECT COUNT(*) FROM order_{shard}") == [(0,)]
    with pytest.raises(ValueError):
        orders_of_user(db.url, -1)


def test_crashes_of_every_shard_s_orders(db):
    given = []
    for user in (3, 4, 5):
        with crash_after(10**6) as count:
            create_order(db.url, user, 100, 0, NOON)
        for k in range(1, count.effects + 1):
            with crash_after(k) as crash:
                create_order(db.url, user, 100, 0, NOON)
            assert crash.fired
            given.append(create_order(db.url, user, 100, 0, NOON))
            stored = [order["id"] for order in orders_of_user(db.url, user)]
            assert given[-1] in stored
            assert call_many(shard_of_order, [(order,) for order in stored]) == (
                [user % 3] * len(stored))
        # A crash stores nothing, or, where it comes after everything was done, one order.
        assert count.effects + 1 <= len(stored) <= 2 * count.effects + 1
    assert len(set(given)) == len(given)
