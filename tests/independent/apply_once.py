"""Independent solution of apply_once, written from statement and stub alone.

Apply once: a queue delivers at least once, the account must change exactly once.
"""


def balance(messages: list[tuple[int, int]]) -> int:
    """Return the balance in cents after the deliveries `messages`, pairs of id and cents.

    A delivery whose id was there before has no effect.
    """
    applied: set[int] = set()
    total = 0
    for msg_id, cents in messages:
        if msg_id not in applied:
            applied.add(msg_id)
            total += cents
    return total
