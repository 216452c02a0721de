"""Apply once: a message that is delivered again has no further effect."""


def balance(messages: list[tuple[int, int]]) -> int:
    """Return the sum in cents of all messages, each id counted at its first delivery only."""
    seen: set[int] = set()
    total = 0
    for msg_id, cents in messages:
        if msg_id not in seen:
            seen.add(msg_id)
            total += cents
    return total
