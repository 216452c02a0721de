"""Adds whatever arrives, as if every delivery were a message of its own."""


def balance(messages: list[tuple[int, int]]) -> int:
    return sum(cents for _, cents in messages)
