"""Boyer–Moore: compare from the right, and never read most of the text.

An empty pattern is a ValueError everywhere. Searches return all positions, ascending; occurrences
may overlap.
"""

from collections.abc import Callable


def horspool_shifts(pattern: str) -> dict[str, int]:
    """Return for each character but that in the last place its last distance to the end."""
    raise NotImplementedError


def horspool_find_all(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    """Return all positions of the pattern in a text that is read by `char_at(0 … length - 1)`.

    Moves by the character below the last place of the window alone.
    """
    raise NotImplementedError


def last_occurrence(pattern: str) -> dict[str, int]:
    """Return for each character of the pattern the last position at which it occurs."""
    raise NotImplementedError


def good_suffix(pattern: str) -> list[int]:
    """Return m + 1 shifts: entry j for pattern[j:] matched and, if j > 0, pattern[j - 1] not.

    The least s >= 1 such that pattern[i - s] == pattern[i] for all i >= j, and
    pattern[j - 1 - s] != pattern[j - 1] if j > 0, each wherever the index is not negative.
    """
    raise NotImplementedError


def find_all_reader(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    """Return all positions of the pattern in a text that is read by `char_at(0 … length - 1)`.

    Moves by the greater of both shifts; reads at most 4 * length + m characters.
    """
    raise NotImplementedError


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    """Return all positions of the pattern in the text, in linear time."""
    raise NotImplementedError
