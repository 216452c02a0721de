"""Keeps the ids in a list and searches it at each delivery."""


def balance(messages: list[tuple[int, int]]) -> int:
    seen: list[int] = []
    total = 0
    for msg_id, cents in messages:
        if msg_id not in seen:
            seen.append(msg_id)
            total += cents
    return total
