"""House takings: the largest sum of a street without two neighbours."""


def best_takings(amounts: list[int]) -> int:
    """Return the largest total of amounts of which no two stand next to each other.

    Amounts are 0 or more; taking none is allowed and gives 0. `amounts` is left as it was.
    """
    raise NotImplementedError
