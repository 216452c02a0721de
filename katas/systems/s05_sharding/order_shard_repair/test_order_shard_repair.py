"""What the repaired orders in three tables must do."""

import re

import pytest

from graders.kit import Raised, call_many, crash_after, run_threads
from order_shard_repair import (
    create_order,
    get_order,
    orders_of_user,
    shard_of_order,
    shard_of_user,
)

NOON = "2026-03-01 12:00:00"


@pytest.fixture
def db(sql):
    """Three empty tables, an index for each, and a sequence that has handed out nothing."""
    for shard in range(3):
        sql.execute(f"CREATE TABLE order_{shard} (id {sql.serial}, user_id BIGINT NOT NULL, "
                    "total_cents BIGINT NOT NULL, status SMALLINT NOT NULL, "
                    "create_time VARCHAR(19) NOT NULL)")
        sql.execute(f"CREATE INDEX of_user_{shard} ON order_{shard} (user_id, create_time, id)")
    sql.execute("CREATE TABLE order_sequence (name VARCHAR(16) PRIMARY KEY, "
                "last_number BIGINT NOT NULL)")
    sql.execute("INSERT INTO order_sequence VALUES ('order', 0)")
    return sql


def rows(db):
    """Return (shard, id, user_id) of every row in the three tables."""
    return [(shard, *row) for shard in range(3)
            for row in db.query(f"SELECT id, user_id FROM order_{shard} ORDER BY id")]


def tables_asked(db):
    """Return the numbers of the order tables in the statements since the log was cleared."""
    return {int(found) for text in db.log for found in re.findall(r"order_(\d)", text)}


def fill(db, shard, user_id, doublings):
    """Put 2^doublings rows of one user into a table, with ids from 10^15 on."""
    columns = "id, user_id, total_cents, status, create_time"
    db.execute(f"INSERT INTO order_{shard} ({columns}) VALUES (?, ?, 5, 1, ?)",
               10**15, user_id, "2020-01-01 00:00:00")
    for step in range(doublings):
        db.execute(f"INSERT INTO order_{shard} ({columns}) SELECT id + ?, user_id, total_cents, "
                   f"status, create_time FROM order_{shard}", 2**step)


def assert_consistent(db):
    """Every row lies in its user's table, its id leads there, and no id occurs twice."""
    found = rows(db)
    leads_to = call_many(shard_of_order, [(order,) for _, order, _ in found])
    for (shard, order, user), route in zip(found, leads_to, strict=True):
        assert shard == user % 3, f"order {order} of user {user} lies in order_{shard}"
        assert route == shard, f"order {order} lies in order_{shard}, its id leads to {route}"
    ids = [order for _, order, _ in found]
    assert len(set(ids)) == len(ids), f"an id was given twice: {sorted(ids)}"


@pytest.mark.stage(1)
def test_the_first_orders_of_three_users_have_different_ids(db):
    ids = [create_order(db.url, user, 100, 0, NOON) for user in (0, 1, 2)]
    assert len(set(ids)) == 3, ids
    assert all(0 < order < 2**63 for order in ids), ids


@pytest.mark.stage(1)
def test_an_id_leads_to_the_shard_of_its_user(db):
    users = [7, 0, 5, 7, 9, 4, 2, 2]
    ids = call_many(create_order, [(db.url, user, 100, 0, NOON) for user in users])
    assert call_many(shard_of_order, [(order,) for order in ids]) == [1, 0, 2, 1, 0, 1, 2, 2]
    assert_consistent(db)
    assert len(rows(db)) == 8


@pytest.mark.stage(1)
def test_an_order_is_found_by_its_id_alone(db):
    first = create_order(db.url, 7, 1999, 3, NOON)
    second = create_order(db.url, 6, 250, 4, "2026-03-01 12:00:01")
    assert get_order(db.url, first) == {
        "id": first, "user_id": 7, "total_cents": 1999, "status": 3, "create_time": NOON}
    assert get_order(db.url, second) == {
        "id": second, "user_id": 6, "total_cents": 250, "status": 4,
        "create_time": "2026-03-01 12:00:01"}
    others = [(db.url, order) for order in range(1, 13) if order not in (first, second)]
    assert call_many(get_order, others) == [None] * len(others)


@pytest.mark.stage(1)
def test_zero_is_a_number_like_any_other(db):
    order = create_order(db.url, 0, 0, 0, NOON)
    assert get_order(db.url, order) == {
        "id": order, "user_id": 0, "total_cents": 0, "status": 0, "create_time": NOON}
    top = create_order(db.url, 1, 5, 127, NOON)
    assert get_order(db.url, top)["status"] == 127


@pytest.mark.stage(1)
def test_creating_and_looking_up_touch_one_table(db):
    ids = []
    for user in (3, 4, 5):
        db.clear_log()
        ids.append(create_order(db.url, user, 100, 0, NOON))
        assert tables_asked(db) == {user % 3}, db.log
    for user, order in zip((3, 4, 5), ids, strict=True):
        db.clear_log()
        get_order(db.url, order)
        assert tables_asked(db) == {user % 3}, db.log


@pytest.mark.stage(1)
@pytest.mark.stub_passes("a table that numbers its own rows does not go back either")
def test_the_id_of_a_deleted_order_is_not_given_again(db):
    old = call_many(create_order, [(db.url, user, 100, 0, NOON) for user in (3, 4, 5, 3, 4, 5)])
    for shard in range(3):
        db.execute(f"DELETE FROM order_{shard}")
    new = call_many(create_order, [(db.url, user, 100, 0, NOON) for user in (3, 4, 5)])
    assert set(old).isdisjoint(new), (old, new)


@pytest.mark.stage(1)
def test_what_is_no_order_is_refused(db):
    for user, cents, status in ((-1, 5, 0), (1, -5, 0), (1, 5, -1), (1, 5, 128)):
        with pytest.raises(ValueError):
            create_order(db.url, user, cents, status, NOON)
    assert rows(db) == []
    assert call_many(shard_of_user, [(0,), (7,), (8,), (2**62,)]) == [0, 1, 2, 1]
    with pytest.raises(ValueError):
        shard_of_user(-3)
    for order in (0, -3):
        with pytest.raises(ValueError):
            shard_of_order(order)
        with pytest.raises(ValueError):
            get_order(db.url, order)


@pytest.mark.stage(1)
def test_a_time_that_is_none_is_refused(db):
    for time in ("", "2026-02-30 12:00:00", "2026-03-01", "2026-03-01T12:00:00",
                 "2026-3-1 12:00:00", "2026-03-01 24:00:00", "2026-03-01 12:00:00Z"):
        with pytest.raises(ValueError):
            create_order(db.url, 1, 5, 0, time)
    with pytest.raises(ValueError):
        create_order(db.url, 1, 5, 0, "2026-03-01 12:00:00'), (1, 0, 0, 'x")
    assert rows(db) == []


@pytest.mark.stage(2)
def test_the_orders_of_a_user_come_newest_first(db):
    times = ["2026-03-02 00:00:00", "2026-03-05 08:30:00", "2026-03-01 23:59:59"]
    a, b, c = (create_order(db.url, 4, 100, 0, time) for time in times)
    create_order(db.url, 7, 100, 0, "2026-03-03 00:00:00")
    found = orders_of_user(db.url, 4)
    assert [order["id"] for order in found] == [b, a, c]
    assert found[0] == {"id": b, "user_id": 4, "total_cents": 100, "status": 0,
                        "create_time": "2026-03-05 08:30:00"}


@pytest.mark.stage(2)
def test_of_equal_times_the_higher_id_comes_first(db):
    ids = [create_order(db.url, 5, 100, 0, NOON) for _ in range(4)]
    found = [order["id"] for order in orders_of_user(db.url, 5)]
    assert found == sorted(ids, reverse=True)


@pytest.mark.stage(2)
@pytest.mark.stub_passes("the user's shard is the right one even there")
def test_the_orders_of_a_user_lie_in_one_table(db):
    for user in (3, 4, 5):
        create_order(db.url, user, 100, 0, NOON)
        db.clear_log()
        assert len(orders_of_user(db.url, user)) == 1
        assert tables_asked(db) == {user % 3}, db.log


@pytest.mark.stage(2)
def test_users_without_orders(db):
    create_order(db.url, 4, 100, 0, NOON)
    assert orders_of_user(db.url, 7) == []
    assert orders_of_user(db.url, 5) == []
    with pytest.raises(ValueError):
        orders_of_user(db.url, -4)


@pytest.mark.stage(3)
def test_orders_created_at_once_have_different_ids(db, rng):
    for users in ((4, 4, 4, 4), (3, 4, 5, 4)):
        calls = [[(db.url, user, 100, 0, NOON)] * 7 for user in users]
        answers = run_threads(create_order, calls, rng.randrange(1 << 30), jitter=0.1)
        ids = [order for answer in answers for order in answer]
        errors = [order for order in ids if isinstance(order, Raised)]
        assert errors == []
        assert len(set(ids)) == 28, sorted(ids)
    assert_consistent(db)


@pytest.mark.stage(3)
def test_a_process_that_dies_leaves_all_or_nothing_and_no_id_is_given_twice(db):
    with crash_after(10**6) as count:
        create_order(db.url, 5, 100, 0, NOON)
    given = [order for _, order, _ in rows(db)]
    for k in range(1, count.effects + 1):
        with crash_after(k) as crash:
            create_order(db.url, 5, 100, 0, NOON)
        assert crash.fired
        assert_consistent(db)
        given.append(create_order(db.url, 5, 100, 0, NOON))
        assert len(set(given)) == len(given), given
    assert_consistent(db)


@pytest.mark.stage(1)
@pytest.mark.perf
def test_looking_up_in_a_table_of_a_hundred_and_thirty_thousand(db):
    fill(db, 1, 1, 17)
    ids = call_many(create_order, [(db.url, 4, cents, 0, NOON) for cents in range(10)])
    found = call_many(get_order, [(db.url, order) for order in ids * 15])
    assert [order["total_cents"] for order in found] == list(range(10)) * 15


@pytest.mark.stage(2)
@pytest.mark.perf
def test_the_orders_of_one_user_among_a_hundred_and_thirty_thousand(db):
    fill(db, 1, 1, 17)
    call_many(create_order, [(db.url, 4, cents, 0, NOON) for cents in range(10)])
    for found in call_many(orders_of_user, [(db.url, 4)] * 50):
        assert sorted(order["total_cents"] for order in found) == list(range(10))
