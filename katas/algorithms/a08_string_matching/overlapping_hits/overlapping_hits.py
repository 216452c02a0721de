"""Overlapping hits: every position at which a pattern occurs in a text."""


def hits(text: str, pattern: str) -> list[int]:
    """Return all positions of `pattern`, not empty, in `text`, ascending; they may overlap."""
    raise NotImplementedError
