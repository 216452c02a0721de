"""Independent solution of order_shard_repair, written from statement and stub alone.

Orders in three tables by user. An id is a number from `order_sequence`, which is the same for all
tables, times three, plus the shard: unique, and it leads to its table.
"""

from datetime import datetime
from typing import Any

from graders.kit import connect

_SHARDS = 3
_COLUMNS = ("id", "user_id", "total_cents", "status", "create_time")
_COLUMN_LIST = ", ".join(_COLUMNS)


def shard_of_user(user_id: int) -> int:
    """Return the shard, 0 to 2, of a user's orders: user_id % 3. ValueError below 0."""
    if user_id < 0:
        raise ValueError(f"user_id must be 0 or more, not {user_id}")
    return user_id % _SHARDS


def shard_of_order(order_id: int) -> int:
    """Return the shard, 0 to 2, that the order with this id is in. ValueError below 1.

    It is the shard of the order's user, and follows from the id alone.
    """
    if order_id < 1:
        raise ValueError(f"order_id must be 1 or more, not {order_id}")
    return order_id % _SHARDS


def create_order(db_url: str, user_id: int, total_cents: int, status: int,
                 create_time: str) -> int:
    """Store an order in the table of its user's shard; return its id.

    An id is 1 to 2^63 - 1 and never given twice, whatever became of the first order, however
    many processes create orders at once and wherever one of them dies. ValueError, and nothing
    is stored, for user_id or total_cents below 0, status outside 0 to 127, and a create_time
    that is no "YYYY-MM-DD HH:MM:SS".
    """
    shard = shard_of_user(user_id)
    if total_cents < 0:
        raise ValueError(f"total_cents must be 0 or more, not {total_cents}")
    if not 0 <= status <= 127:
        raise ValueError(f"status must be 0 to 127, not {status}")
    _check_time(create_time)
    with connect(db_url) as db:
        # The UPDATE locks the row until the commit, so nobody else can read the same number.
        db.execute("UPDATE order_sequence SET last_number = last_number + 1 WHERE name = ?",
                   ("order",))
        (number,) = db.execute("SELECT last_number FROM order_sequence WHERE name = ?",
                               ("order",)).fetchone()
        order_id = int(number) * _SHARDS + shard
        db.execute(f"INSERT INTO order_{shard} ({_COLUMN_LIST}) VALUES (?, ?, ?, ?, ?)",
                   (order_id, user_id, total_cents, status, create_time))
    return order_id


def get_order(db_url: str, order_id: int) -> dict[str, Any] | None:
    """Return the order as a dict, None where there is none; ask one of the tables alone.

    Keys: id, user_id, total_cents, status, create_time. ValueError for an order_id below 1.
    """
    shard = shard_of_order(order_id)
    with connect(db_url) as db:
        row = db.execute(f"SELECT {_COLUMN_LIST} FROM order_{shard} WHERE id = ?",
                         (order_id,)).fetchone()
    return None if row is None else _as_dict(row)


def orders_of_user(db_url: str, user_id: int) -> list[dict[str, Any]]:
    """Return all orders of a user as dicts; ask one of the tables alone.

    Newest first: the latest create_time first, of equal ones the higher id. ValueError for a
    user_id below 0.
    """
    shard = shard_of_user(user_id)
    with connect(db_url) as db:
        rows = db.execute(f"SELECT {_COLUMN_LIST} FROM order_{shard} WHERE user_id = ? "
                          "ORDER BY create_time DESC, id DESC", (user_id,)).fetchall()
    return [_as_dict(row) for row in rows]


def _check_time(text: str) -> None:
    """ValueError unless `text` is a time that exists, written as YYYY-MM-DD HH:MM:SS."""
    # strptime tolerates other ways to write it, such as a day of one digit; hence the way back.
    if datetime.strptime(text, "%Y-%m-%d %H:%M:%S").isoformat(sep=" ") != text:
        raise ValueError(f"not written as YYYY-MM-DD HH:MM:SS: {text!r}")


def _as_dict(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(_COLUMNS, row, strict=True))
