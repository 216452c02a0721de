"""Takes the order of the ids for the order of the times."""

from datetime import datetime
from typing import Any

from graders.kit import connect

SHARDS = 3
_COLUMNS = ("id", "user_id", "total_cents", "status", "create_time")
_TIME = "%Y-%m-%d %H:%M:%S"


def shard_of_user(user_id: int) -> int:
    """Return the shard, 0 to 2, of a user's orders."""
    if user_id < 0:
        raise ValueError(f"a user_id is 0 or more, not {user_id}")
    return user_id % SHARDS


def shard_of_order(order_id: int) -> int:
    """Return the shard, 0 to 2, that an order is in: its id modulo the shards says so."""
    if order_id < 1:
        raise ValueError(f"an order_id is 1 or more, not {order_id}")
    return order_id % SHARDS


def create_order(db_url: str, user_id: int, total_cents: int, status: int,
                 create_time: str) -> int:
    """Store an order in the shard of its user; return its id."""
    shard = shard_of_user(user_id)
    if total_cents < 0:
        raise ValueError(f"total_cents is 0 or more, not {total_cents}")
    if not 0 <= status <= 127:
        raise ValueError(f"status is 0 to 127, not {status}")
    # There and back: strptime alone takes "2026-3-1 9:5:0" as well.
    if datetime.strptime(create_time, _TIME).strftime(_TIME) != create_time:
        raise ValueError(f"create_time is not of the form YYYY-MM-DD HH:MM:SS: {create_time!r}")
    with connect(db_url) as db:
        # The UPDATE comes first: it locks the row until the commit, so nobody reads in between.
        db.execute("UPDATE order_sequence SET last_number = last_number + 1 WHERE name = 'order'")
        number = db.execute(
            "SELECT last_number FROM order_sequence WHERE name = 'order'").fetchone()[0]
        order_id: int = number * SHARDS + shard
        db.execute(f"INSERT INTO order_{shard} (id, user_id, total_cents, status, create_time) "
                   "VALUES (?, ?, ?, ?, ?)",
                   (order_id, user_id, total_cents, status, create_time))
    return order_id


def get_order(db_url: str, order_id: int) -> dict[str, Any] | None:
    """Return an order, or None where there is none."""
    found = _select(db_url, shard_of_order(order_id), "WHERE id = ?", order_id)
    return found[0] if found else None


def orders_of_user(db_url: str, user_id: int) -> list[dict[str, Any]]:
    """Return all orders of a user, newest first."""
    return _select(db_url, shard_of_user(user_id),
                   "WHERE user_id = ? ORDER BY id DESC", user_id)


def _select(db_url: str, shard: int, clause: str, number: int) -> list[dict[str, Any]]:
    with connect(db_url) as db:
        rows = db.execute(f"SELECT id, user_id, total_cents, status, create_time "
                          f"FROM order_{shard} {clause}", (number,)).fetchall()
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
