"""Independent solution of shard_scatter_gather, written from statement and stub alone.

One question to many shards, and one answer made of theirs.
"""

import sqlite3
from collections.abc import Callable
from heapq import merge
from itertools import islice
from typing import Any

from graders.kit import connect

_Row = tuple[Any, ...]

# (order_by, desc): the order in SQL, and the same order as a key for rows (id, user_id, total).
_ORDERS: dict[tuple[str, bool], tuple[str, Callable[[_Row], Any]]] = {
    ("id", False): ("id", lambda row: row[0]),
    ("id", True): ("id DESC", lambda row: -row[0]),
    ("total_cents", False): ("total_cents, id", lambda row: (row[2], row[0])),
    ("total_cents", True): ("total_cents DESC, id", lambda row: (-row[2], row[0])),
}


class PartialResult(Exception):
    """Some shards did not answer; args[0] lists their indices in ascending order."""


def page(db_urls: list[str], order_by: str, desc: bool, offset: int,
         limit: int) -> list[tuple[int, int, int]]:
    """Return (id, user_id, total_cents) of `limit` orders from `offset` on.

    As if the tables of all shards were one, ordered by `order_by` ("id" or "total_cents"),
    descending if `desc`; of equal totals the lower id comes first in both directions.
    ValueError for another column and for a negative offset or limit. PartialResult if any shard
    does not answer.
    """
    if (order_by, desc) not in _ORDERS:
        raise ValueError(f"cannot order by {order_by!r}")
    if offset < 0 or limit < 0:
        raise ValueError("offset and limit must be 0 or more")
    order, key = _ORDERS[order_by, desc]
    # All rows before the end of the page may be in one shard: skip them only when merged.
    end = offset + limit
    answers = _ask_all(db_urls, "SELECT id, user_id, total_cents FROM orders "
                                f"ORDER BY {order} LIMIT ?", (end,))
    return [tuple(row) for row in islice(merge(*answers, key=key), offset, end)]


def aggregate(db_urls: list[str]) -> dict[int, tuple[int, int, int, int, float]]:
    """Return {status: (count, sum, minimum, maximum, mean)} of total_cents over all shards.

    PartialResult if any shard does not answer.
    """
    answers = _ask_all(db_urls, "SELECT status, COUNT(*), SUM(total_cents), MIN(total_cents), "
                                "MAX(total_cents) FROM orders GROUP BY status")
    parts: dict[int, list[_Row]] = {}
    for answer in answers:
        for status, *part in answer:
            parts.setdefault(status, []).append(tuple(part))
    return {status: _combine(of_status) for status, of_status in parts.items()}


def _combine(parts: list[_Row]) -> tuple[int, int, int, int, float]:
    """Make one of the (count, sum, minimum, maximum) of several shards, and add the mean."""
    counts, sums, minima, maxima = zip(*parts, strict=True)
    count, total = sum(counts), sum(sums)
    return count, total, min(minima), max(maxima), total / count


def _ask_all(db_urls: list[str], query: str, parameters: tuple[int, ...] = ()) -> list[list[_Row]]:
    """Return the rows of each shard; PartialResult, after all were asked, if any has failed."""
    answers, failed = [], []
    for index, db_url in enumerate(db_urls):
        try:
            with connect(db_url) as db:
                answers.append(db.execute(query, parameters).fetchall())
        except sqlite3.Error:
            failed.append(index)
    if failed:
        raise PartialResult(failed)
    return answers
