"""Independent solution of transactional_outbox, written from statement and stub alone.

A transaction over two databases by way of messages: outbox, relay, idempotent inbox.
"""

import json
from collections.abc import Callable

from graders.kit import connect


def place_order(db_url: str, order_id: int, user_id: int, amount_cents: int) -> None:
    """Store an order in `orders` and the message about it in `outbox`: both or neither.

    The payload is a JSON object with the keys amount_cents, order_id, user_id. ValueError, and
    nothing is stored: amount_cents below 1, an order_id that is there already.
    """
    if amount_cents < 1:
        raise ValueError(f"amount_cents must be 1 or more, not {amount_cents}")
    payload = json.dumps({"amount_cents": amount_cents, "order_id": order_id, "user_id": user_id})
    with connect(db_url) as db:
        try:
            db.execute("INSERT INTO orders (id, user_id, amount_cents) VALUES (?, ?, ?)",
                       (order_id, user_id, amount_cents))
        except db.IntegrityError as error:
            raise ValueError(f"order {order_id} is there already") from error
        db.execute("INSERT INTO outbox (order_id, payload, sent) VALUES (?, ?, 0)",
                   (order_id, payload))


def relay(db_url: str, publish: Callable[[int, str], None], batch: int) -> int:
    """Publish the oldest messages that are not sent, `batch` at most; return how many.

    Calls publish(id, payload) in ascending order of ids. A message is marked as sent only after
    publish has returned. What publish raises leaves relay, after the messages before have been
    marked; nothing more is published. ValueError for batch below 1.
    """
    if batch < 1:
        raise ValueError(f"batch must be 1 or more, not {batch}")
    with connect(db_url) as db:
        waiting = db.execute("SELECT id, payload FROM outbox WHERE sent = 0 ORDER BY id LIMIT ?",
                             (batch,)).fetchall()
        db.commit()  # no transaction is open while publish takes its time
        for msg_id, payload in waiting:
            publish(msg_id, payload)
            db.execute("UPDATE outbox SET sent = 1 WHERE id = ?", (msg_id,))
            db.commit()
    return len(waiting)


def apply_message(db_url: str, msg_id: int, payload: str) -> bool:
    """Take the amount out of the user's wallet, once for each msg_id.

    True if this call did it, False if an earlier one had. ValueError, and nothing is stored, if
    the wallet holds less than the amount or is not there.
    """
    order = json.loads(payload)
    user_id, amount = order["user_id"], order["amount_cents"]
    with connect(db_url) as db:
        # The wallet comes first: those who apply the same message queue up for its row, instead
        # of all for the key in inbox, where a rollback may leave the others in a deadlock.
        debit = db.execute("UPDATE wallet SET balance_cents = balance_cents - ? "
                           "WHERE user_id = ? AND balance_cents >= ?", (amount, user_id, amount))
        debited = debit.rowcount == 1
        try:
            db.execute("INSERT INTO inbox (msg_id) VALUES (?)", (msg_id,))
        except db.IntegrityError:
            db.rollback()  # takes the debit back, if there was one
            return False
        if not debited:
            raise ValueError(f"user {user_id} has no wallet with {amount} cents")
    return True
