"""Reference for house_takings: two numbers carry all that the past has to say."""


def best_takings(amounts: list[int]) -> int:
    """Return the largest total of amounts of which no two stand next to each other."""
    best = before = 0  # up to this house, and up to the one before it
    for amount in amounts:
        best, before = max(best, before + amount), best
    return best
