"""Apply once: a queue delivers at least once, the account must change exactly once."""


def balance(messages: list[tuple[int, int]]) -> int:
    """Return the balance in cents after the deliveries `messages`, pairs of id and cents.

    A delivery whose id was there before has no effect.
    """
    raise NotImplementedError
