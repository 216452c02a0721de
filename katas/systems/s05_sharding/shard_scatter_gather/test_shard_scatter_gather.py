"""What a question to many shards must answer."""

import pytest

from graders.kit import call_many
from shard_scatter_gather import PartialResult, aggregate, page


def fill(db, rows):
    """Make a shard with these rows of (id, user_id, total_cents, status)."""
    db.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, "
               "total_cents BIGINT NOT NULL, status SMALLINT NOT NULL)")
    db.execute("CREATE INDEX of_total ON orders (total_cents, id)")
    db.execute("CREATE INDEX of_status ON orders (status, total_cents)")
    if rows:
        db.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", rows)
    return db.url


@pytest.fixture
def urls(sql):
    """Three shards of six orders; the second is empty."""
    return [
        fill(sql, [(3, 30, 500, 0), (9, 30, 200, 1), (6, 60, 500, 0), (12, 30, -50, 2)]),
        fill(sql.another("shard_1"), []),
        fill(sql.another("shard_2"), [(5, 20, 500, 0), (2, 50, 900, 1)]),
    ]


def large(sql):
    """Make four shards of 16,384 orders with ids 4k + shard; return their URLs."""
    urls = []
    for shard in range(4):
        db = sql.another(f"large_{shard}")
        urls.append(fill(db, [(shard, shard, 7919 * shard, shard)]))
        for step in range(14):
            db.execute("INSERT INTO orders SELECT id + ?, user_id, (total_cents * 31 + ?) % 99991, "
                       "status FROM orders", 4 * 2**step, 1009 * step + shard)
    return urls


@pytest.mark.stage(1)
def test_the_first_page_by_id(urls, sql):
    assert page(urls, "id", False, 0, 3) == [(2, 50, 900), (3, 30, 500), (5, 20, 500)]
    assert sql.log, "connect was not used"


@pytest.mark.stage(1)
def test_a_later_page_by_id_both_ways(urls):
    assert page(urls, "id", False, 3, 2) == [(6, 60, 500), (9, 30, 200)]
    assert page(urls, "id", True, 1, 3) == [(9, 30, 200), (6, 60, 500), (5, 20, 500)]


@pytest.mark.stage(1)
def test_of_equal_totals_the_lower_id_comes_first_both_ways(urls):
    up = [(12, 30, -50), (9, 30, 200), (3, 30, 500), (5, 20, 500), (6, 60, 500), (2, 50, 900)]
    down = [(2, 50, 900), (3, 30, 500), (5, 20, 500), (6, 60, 500), (9, 30, 200), (12, 30, -50)]
    assert page(urls, "total_cents", False, 0, 6) == up
    assert page(urls, "total_cents", True, 0, 6) == down
    for offset in range(6):
        assert page(urls, "total_cents", True, offset, 1) == [down[offset]]
        assert page(urls, "total_cents", False, offset, 2) == up[offset:offset + 2]


@pytest.mark.stage(1)
def test_all_rows_of_a_page_may_lie_in_one_shard(sql):
    urls = [fill(sql, [(number, 1, number, 0) for number in range(1, 9)]),
            fill(sql.another("shard_1"), [(number, 2, number, 0) for number in range(101, 109)])]
    assert page(urls, "id", False, 5, 2) == [(6, 1, 6), (7, 1, 7)]
    assert page(urls, "total_cents", True, 6, 3) == [(102, 2, 102), (101, 2, 101), (8, 1, 8)]


@pytest.mark.stage(1)
def test_pages_past_the_end_and_of_no_rows(urls):
    assert page(urls, "id", False, 4, 10) == [(9, 30, 200), (12, 30, -50)]
    assert page(urls, "id", False, 6, 10) == []
    assert page(urls, "total_cents", True, 2, 0) == []
    assert page([], "id", False, 0, 10) == []


@pytest.mark.stage(1)
def test_what_cannot_be_asked_is_refused(urls, sql):
    for column in ("status", "", "ID", "id; DROP TABLE orders", "total_cents, user_id", "1"):
        with pytest.raises(ValueError):
            page(urls, column, False, 0, 5)
    for offset, limit in ((-1, 5), (0, -1)):
        with pytest.raises(ValueError):
            page(urls, "id", False, offset, limit)
    assert sql.query("SELECT COUNT(*) FROM orders") == [(4,)]


@pytest.mark.stage(2)
def test_aggregates_over_all_shards(urls):
    found = aggregate(urls)
    assert {status: row[:4] for status, row in found.items()} == {
        0: (3, 1500, 500, 500), 1: (2, 1100, 200, 900), 2: (1, -50, -50, -50)}
    assert {status: row[4] for status, row in found.items()} == pytest.approx(
        {0: 500.0, 1: 550.0, 2: -50.0})


@pytest.mark.stage(2)
def test_the_mean_is_that_of_all_rows(sql):
    urls = [fill(sql, [(1, 1, 10, 7)]),
            fill(sql.another("shard_1"), [(2, 1, 20, 7), (3, 1, 30, 7), (4, 1, 40, 7)])]
    (row,) = aggregate(urls).values()
    assert row[:4] == (4, 100, 10, 40)
    assert row[4] == pytest.approx(25.0)


@pytest.mark.stage(2)
def test_aggregates_of_nothing(sql):
    assert aggregate([]) == {}
    assert aggregate([fill(sql, [])]) == {}


@pytest.mark.stage(3)
def test_a_shard_that_cannot_be_reached_is_named(urls, sql):
    asked = [urls[0], sql.unreachable, urls[2]]
    with pytest.raises(PartialResult) as caught:
        page(asked, "id", False, 0, 3)
    assert caught.value.args[0] == [1]
    with pytest.raises(PartialResult) as caught:
        aggregate(asked)
    assert caught.value.args[0] == [1]


@pytest.mark.stage(3)
def test_all_shards_that_failed_are_named(urls, sql):
    asked = [sql.unreachable, urls[0], sql.another("no_table").url, urls[2], sql.unreachable]
    with pytest.raises(PartialResult) as caught:
        page(asked, "total_cents", True, 1, 3)
    assert caught.value.args[0] == [0, 2, 4]
    with pytest.raises(PartialResult) as caught:
        aggregate(asked)
    assert caught.value.args[0] == [0, 2, 4]
    assert page([urls[2]], "id", False, 0, 1) == [(2, 50, 900)]


@pytest.mark.stage(1)
@pytest.mark.perf
def test_pages_of_sixty_five_thousand_orders(sql):
    urls = large(sql)
    for rows in call_many(page, [(urls, "id", False, 1000, 20)] * 6):
        assert [row[0] for row in rows] == list(range(1000, 1020))
    for rows in call_many(page, [(urls, "id", True, 8, 20)] * 30):
        assert [row[0] for row in rows] == list(range(65527, 65507, -1))


@pytest.mark.stage(2)
@pytest.mark.perf
def test_aggregates_of_sixty_five_thousand_orders(sql):
    urls = large(sql)
    for found in call_many(aggregate, [(urls,)] * 18):
        assert [found[status][0] for status in range(4)] == [16384] * 4
