"""Vector order: which of two events could have influenced the other?"""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    """Return "before", "after", "equal" or "concurrent": how `a` stands to `b`.

    A vector holds for each node how many of its events were seen; a node that is missing counts 0.
    """
    raise NotImplementedError
