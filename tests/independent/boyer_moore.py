"""Independent solution of boyer_moore: Z function tables, a memory that extends Galil's rule.

After a shift by the good suffix table the part of the text that matched before is known to match
again. The search remembers where that part is and jumps over it; after an occurrence this is
exactly Galil's rule.
"""

from collections.abc import Callable, Sequence
from typing import Any


def _require(pattern: Sequence[Any]) -> None:
    if not pattern:
        raise ValueError("the pattern is empty")


def horspool_shifts(pattern: str) -> dict[str, int]:
    """Return for each character but that in the last place its last distance to the end."""
    _require(pattern)
    last = len(pattern) - 1
    return {pattern[i]: last - i for i in range(last)}


def horspool_find_all(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    """Return all positions of the pattern in a text that is read by `char_at(0 … length - 1)`.

    Moves by the character below the last place of the window alone.
    """
    shifts = horspool_shifts(pattern)
    m = len(pattern)
    found: list[int] = []
    end = m - 1
    while end < length:
        below_last = char_at(end)
        if below_last == pattern[-1]:
            back = 1
            while back < m and char_at(end - back) == pattern[m - 1 - back]:
                back += 1
            if back == m:
                found.append(end - m + 1)
        end += shifts.get(below_last, m)
    return found


def last_occurrence(pattern: str) -> dict[str, int]:
    """Return for each character of the pattern the last position at which it occurs."""
    _require(pattern)
    return {character: position for position, character in enumerate(pattern)}


def _common_suffixes(pattern: Sequence[Any]) -> list[int]:
    """Return for each s how long a suffix of pattern[: m - s] is a suffix of the pattern."""
    m = len(pattern)
    word = pattern[::-1]
    lengths = [m] + [0] * (m - 1)
    left = right = 0
    for s in range(1, m):
        length = min(lengths[s - left], right - s) if s < right else 0
        while s + length < m and word[length] == word[s + length]:
            length += 1
        lengths[s] = length
        if s + length > right:
            left, right = s, s + length
    return lengths


def _good_suffix(pattern: Sequence[Any]) -> list[int]:
    m = len(pattern)
    common = _common_suffixes(pattern)
    table = [m] * (m + 1)
    # The pattern shifted by s falls out in front of the mismatch: what is left is a border.
    shift = m
    for j in range(m - 1, 0, -1):
        if common[j] == m - j:
            shift = j
        table[j] = shift
    table[0] = shift
    # The matched part occurs again inside, behind another character.
    for s in range(m - 1, 0, -1):
        if common[s] < m - s:
            table[m - common[s]] = s
    return table


def good_suffix(pattern: str) -> list[int]:
    """Return m + 1 shifts: entry j for pattern[j:] matched and, if j > 0, pattern[j - 1] not.

    The least s >= 1 such that pattern[i - s] == pattern[i] for all i >= j, and
    pattern[j - 1 - s] != pattern[j - 1] if j > 0, each wherever the index is not negative.
    """
    _require(pattern)
    return _good_suffix(pattern)


def _search(
    pattern: Sequence[Any],
    length: int,
    item_at: Callable[[int], Any],
    last: dict[Any, int] | None,
) -> list[int]:
    """Search with the good suffix table and, where `last` is given, with the character's, too."""
    m = len(pattern)
    table = _good_suffix(pattern)
    found: list[int] = []
    start = 0
    known_from = known_to = 0  # pattern[known_from:known_to] is known to match
    while start + m <= length:
        j = m
        bad_shift = 0
        while j > 0:
            if j == known_to and known_from < known_to:
                j = known_from
                continue
            item = item_at(start + j - 1)
            if item != pattern[j - 1]:
                if last is not None:
                    bad_shift = j - 1 - last.get(item, -1)
                break
            j -= 1
        if j == 0:
            found.append(start)
        shift = table[j]
        if bad_shift > shift:
            shift = bad_shift
            known_from = known_to = 0
        else:
            known_from, known_to = max(0, j - shift), m - shift
        start += shift
    return found


def find_all_reader(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    """Return all positions of the pattern in a text that is read by `char_at(0 … length - 1)`.

    Moves by the greater of both shifts; reads at most 4 * length + m characters.
    """
    _require(pattern)
    return _search(pattern, length, char_at, last_occurrence(pattern))


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    """Return all positions of the pattern in the text, in linear time."""
    _require(pattern)
    return _search(pattern, len(text), text.__getitem__, None)
