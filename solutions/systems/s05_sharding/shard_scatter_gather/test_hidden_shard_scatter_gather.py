"""Shards against one list of all their rows."""

import pytest

from graders.kit import call_many
from shard_scatter_gather import PartialResult, aggregate, page


def fill(db, rows):
    db.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, "
               "total_cents BIGINT NOT NULL, status SMALLINT NOT NULL)")
    db.execute("CREATE INDEX of_total ON orders (total_cents, id)")
    db.execute("CREATE INDEX of_status ON orders (status, total_cents)")
    if rows:
        db.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", rows)
    return db.url


def random_rows(rng, count, totals):
    ids = rng.sample(range(1, 10**12), count)
    return [(order, rng.randrange(9), rng.choice(totals), rng.randrange(4)) for order in ids]


def split(rng, sql, rows, shards):
    """Put the rows into shards of uneven sizes, some of them empty; return the URLs."""
    parts = [[] for _ in range(shards)]
    for row in rows:
        parts[min(rng.randrange(shards), rng.randrange(shards))].append(row)
    return [fill(sql.another(f"part_{number}"), part) for number, part in enumerate(parts)]


def expected(rows, order_by, desc, offset, limit):
    column = {"id": 0, "total_cents": 2}[order_by]
    by_id = sorted(rows)
    ordered = sorted(by_id, key=lambda row: row[column], reverse=desc)
    return [row[:3] for row in ordered][offset:offset + limit]


@pytest.mark.parametrize("shards", [1, 5])
def test_pages_are_those_of_one_table(sql, rng, shards):
    rows = random_rows(rng, 60, [-(10**12), -1, 0, 1, 7, 7, 8, 10**12])
    urls = split(rng, sql, rows, shards)
    asked = [(rng.choice(("id", "total_cents")), rng.random() < 0.5, rng.randrange(64),
              rng.randrange(1, 20)) for _ in range(25)]
    asked += [("total_cents", True, 0, 60), ("total_cents", False, 30, 30), ("id", True, 59, 1)]
    got = call_many(page, [(urls, *each) for each in asked])
    for answer, each in zip(got, asked, strict=True):
        assert answer == expected(rows, *each), each


def test_aggregates_are_those_of_one_table(sql, rng):
    rows = random_rows(rng, 80, [-5, -3, 10**12, 1, 2, 99])
    rows += [(10**12 + 1, 1, -7, 60), (10**12 + 2, 1, 0, 61)]
    found = aggregate(split(rng, sql, rows, 6))
    for status in {row[3] for row in rows}:
        totals = [row[2] for row in rows if row[3] == status]
        *exact, mean = found.pop(status)
        assert exact == [len(totals), sum(totals), min(totals), max(totals)]
        assert mean == pytest.approx(sum(totals) / len(totals), rel=1e-9)
    assert found == {}


def test_any_shards_that_fail_are_named(sql, rng):
    good = split(rng, sql, random_rows(rng, 12, [1, 2]), 3)
    for _ in range(4):
        asked = [rng.choice((sql.unreachable, None)) or rng.choice(good) for _ in range(5)]
        failed = [index for index, url in enumerate(asked) if url not in good]
        if not failed:
            continue
        for ask in (lambda urls: page(urls, "id", True, 0, 2), aggregate):
            with pytest.raises(PartialResult) as caught:
                ask(asked)
            assert caught.value.args[0] == failed
