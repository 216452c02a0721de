"""Takes equal amounts for the same message."""


def balance(messages: list[tuple[int, int]]) -> int:
    return sum({cents for _, cents in messages})
