"""Knuth–Morris–Pratt: search without ever going back in the text.

A border of a sequence is a beginning of it that is also its end, and shorter than the whole.
"""


def prefix_function(pattern: str | list[int]) -> list[int]:
    """Return for each position i the length of the longest border of the first i + 1 items."""
    raise NotImplementedError


def shortest_period(text: str) -> int:
    """Return the least p >= 1 such that any two characters p apart are equal.

    At most the length of the text, which must not be empty: ValueError.
    """
    raise NotImplementedError


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    """Return all positions of `pattern` in `text`, ascending; they may overlap.

    ValueError if the pattern is empty.
    """
    raise NotImplementedError


class StreamMatcher:
    """Looks for a pattern in text that arrives in chunks."""

    def __init__(self, pattern: str) -> None:
        """Look for `pattern`; ValueError if it is empty."""
        raise NotImplementedError

    def feed(self, chunk: str) -> list[int]:
        """Return where the occurrences start that this chunk completes, ascending.

        Positions count from the beginning of all that was fed.
        """
        raise NotImplementedError
