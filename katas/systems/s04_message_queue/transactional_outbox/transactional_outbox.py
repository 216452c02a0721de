"""A transaction over two databases by way of messages: outbox, relay, idempotent inbox."""

from collections.abc import Callable

# The way to a database: from graders.kit import connect


def place_order(db_url: str, order_id: int, user_id: int, amount_cents: int) -> None:
    """Store an order in `orders` and the message about it in `outbox`: both or neither.

    The payload is a JSON object with the keys amount_cents, order_id, user_id. ValueError, and
    nothing is stored: amount_cents below 1, an order_id that is there already.
    """
    raise NotImplementedError


def relay(db_url: str, publish: Callable[[int, str], None], batch: int) -> int:
    """Publish the oldest messages that are not sent, `batch` at most; return how many.

    Calls publish(id, payload) in ascending order of ids. A message is marked as sent only after
    publish has returned. What publish raises leaves relay, after the messages before have been
    marked; nothing more is published. ValueError for batch below 1.
    """
    raise NotImplementedError


def apply_message(db_url: str, msg_id: int, payload: str) -> bool:
    """Take the amount out of the user's wallet, once for each msg_id.

    True if this call did it, False if an earlier one had. ValueError, and nothing is stored, if
    the wallet holds less than the amount or is not there.
    """
    raise NotImplementedError
