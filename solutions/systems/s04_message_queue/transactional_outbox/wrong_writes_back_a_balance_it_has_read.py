"""Reads the balance, subtracts, and writes the result: debits in between are lost."""

import json
from collections.abc import Callable

from graders.kit import connect


def place_order(db_url: str, order_id: int, user_id: int, amount_cents: int) -> None:
    """Store an order and the message about it, both or neither."""
    if amount_cents < 1:
        raise ValueError(f"amount_cents is 1 or more, not {amount_cents}")
    payload = json.dumps(
        {"amount_cents": amount_cents, "order_id": order_id, "user_id": user_id})
    with connect(db_url) as db:
        try:
            db.execute("INSERT INTO orders (id, user_id, amount_cents) VALUES (?, ?, ?)",
                       (order_id, user_id, amount_cents))
        except db.IntegrityError:
            raise ValueError(f"there is an order {order_id} already") from None
        db.execute("INSERT INTO outbox (order_id, payload, sent) VALUES (?, ?, 0)",
                   (order_id, payload))


def relay(db_url: str, publish: Callable[[int, str], None], batch: int) -> int:
    """Publish up to `batch` messages that are not sent, oldest first; return how many."""
    if batch < 1:
        raise ValueError(f"batch is 1 or more, not {batch}")
    with connect(db_url) as db:
        waiting = db.execute(
            "SELECT id, payload FROM outbox WHERE sent = 0 ORDER BY id LIMIT ?",
            (batch,)).fetchall()
    # No transaction is open while we publish: a slow broker must not hold locks.
    published: list[tuple[int]] = []
    try:
        for number, payload in waiting:
            publish(number, payload)
            published.append((number,))
    finally:
        if published:  # also of a batch that an error ended: what is published is published
            with connect(db_url) as db:
                db.executemany("UPDATE outbox SET sent = 1 WHERE id = ?", published)
    return len(published)


def apply_message(db_url: str, msg_id: int, payload: str) -> bool:
    """Take the order's amount out of the wallet once; return whether this was the first time."""
    order = json.loads(payload)
    amount = order["amount_cents"]
    with connect(db_url) as db:
        row = db.execute("SELECT balance_cents FROM wallet WHERE user_id = ?",
                         (order["user_id"],)).fetchone()
        db.commit()
        balance = row[0] if row else 0
        try:
            # The primary key decides who is first; looking before would leave a gap.
            db.execute("INSERT INTO inbox (msg_id) VALUES (?)", (msg_id,))
        except db.IntegrityError:
            db.rollback()
            return False
        db.execute("UPDATE wallet SET balance_cents = ? WHERE user_id = ?",
                   (balance - amount, order["user_id"]))
        if balance < amount:  # leaves by an exception: the inbox forgets the message again
            raise ValueError(f"user {order['user_id']} has less than {amount} cents")
    return True
