"""Recognises a redelivery only right after the first one."""


def balance(messages: list[tuple[int, int]]) -> int:
    total, last = 0, None
    for msg_id, cents in messages:
        if msg_id != last:
            total += cents
        last = msg_id
    return total
