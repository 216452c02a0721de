"""Orders in three tables, as they went into production: faulty code, yours to repair.

The docstrings say what each function must do; the bodies do something else. Keep the names and
signatures, change anything behind them.
"""

from typing import Any

from graders.kit import connect


def shard_of_user(user_id: int) -> int:
    """Return the shard, 0 to 2, of a user's orders: user_id % 3. ValueError below 0."""
    return user_id % 3


def shard_of_order(order_id: int) -> int:
    """Return the shard, 0 to 2, that the order with this id is in. ValueError below 1.

    It is the shard of the order's user, and follows from the id alone.
    """
    return order_id % 3


def create_order(db_url: str, user_id: int, total_cents: int, status: int,
                 create_time: str) -> int:
    """Store an order in the table of its user's shard; return its id.

    An id is 1 to 2^63 - 1 and never given twice, whatever became of the first order, however
    many processes create orders at once and wherever one of them dies. ValueError, and nothing
    is stored, for user_id or total_cents below 0, status outside 0 to 127, and a create_time
    that is no "YYYY-MM-DD HH:MM:SS".
    """
    with connect(db_url) as db:
        created = db.execute(
            f"INSERT INTO order_{shard_of_user(user_id)} "
            f"(user_id, total_cents, status, create_time) "
            f"VALUES ({user_id}, {total_cents}, {status}, '{create_time}') RETURNING id")
        return int(created.fetchall()[0][0])


def get_order(db_url: str, order_id: int) -> dict[str, Any] | None:
    """Return the order as a dict, None where there is none; ask one of the tables alone.

    Keys: id, user_id, total_cents, status, create_time. ValueError for an order_id below 1.
    """
    with connect(db_url) as db:
        row = db.execute(f"SELECT * FROM order_{shard_of_order(order_id)} "
                         f"WHERE id = {order_id}").fetchone()
    return None if row is None else _as_dict(row)


def orders_of_user(db_url: str, user_id: int) -> list[dict[str, Any]]:
    """Return all orders of a user as dicts; ask one of the tables alone.

    Newest first: the latest create_time first, of equal ones the higher id. ValueError for a
    user_id below 0.
    """
    with connect(db_url) as db:
        rows = db.execute(f"SELECT * FROM order_{shard_of_user(user_id)} "
                          f"WHERE user_id = {user_id}").fetchall()
    return [_as_dict(row) for row in rows]


def _as_dict(row: tuple[Any, ...]) -> dict[str, Any]:
    names = ("id", "user_id", "total_cents", "status", "create_time")
    return dict(zip(names, row, strict=True))
