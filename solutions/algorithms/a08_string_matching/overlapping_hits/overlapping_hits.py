"""Overlapping hits: the pattern is tried at every start."""


def hits(text: str, pattern: str) -> list[int]:
    """Return all positions of `pattern`, not empty, in `text`, ascending; they may overlap."""
    return [start for start in range(len(text)) if text.startswith(pattern, start)]
