"""Boyer–Moore: Horspool's shifts, and the full algorithm with both tables and Galil's rule."""

from collections.abc import Callable, Iterator, Sequence


def horspool_shifts(pattern: str) -> dict[str, int]:
    """Return for each character but that in the last place its last distance to the end."""
    _check(pattern)
    return {letter: len(pattern) - 1 - at for at, letter in enumerate(pattern[:-1])}


def horspool_find_all(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    """Return all positions of the pattern in a text that is read by `char_at`."""
    shifts = horspool_shifts(pattern)
    size, start, found = len(pattern), 0, []
    while start + size <= length:
        last = char_at(start + size - 1)
        if last == pattern[-1] and all(
            char_at(start + at) == pattern[at] for at in reversed(range(size - 1))
        ):
            found.append(start)
        start += shifts.get(last, size)
    return found


def last_occurrence(pattern: str) -> dict[str, int]:
    """Return for each character of the pattern the last position at which it occurs."""
    _check(pattern)
    return {letter: at for at, letter in enumerate(pattern)}


def good_suffix(pattern: str) -> list[int]:
    """Return m + 1 shifts: entry j for pattern[j:] matched and, if j > 0, pattern[j - 1] not."""
    _check(pattern)
    return _good_suffix(pattern)


def find_all_reader(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    """Return all positions of the pattern in a text that is read by `char_at`."""
    _check(pattern)
    return list(_search(pattern, length, char_at))


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    """Return all positions of the pattern in the text, in linear time."""
    _check(pattern)
    return list(_search(pattern, len(text), text.__getitem__))


def _check(pattern: str | list[int]) -> None:
    if not pattern:
        raise ValueError("an empty pattern occurs everywhere")


def _search(
    pattern: Sequence[object], length: int, item_at: Callable[[int], object]
) -> Iterator[int]:
    """Yield all positions of the pattern; see R. Boyer, J. Moore 1977 and Z. Galil 1979."""
    last = {item: at for at, item in enumerate(pattern)}
    shifts = _good_suffix(pattern)
    size, start, known = len(pattern), 0, 0  # known: so many items at the start match for sure
    while start + size <= length:
        j = size
        while j > known and (item := item_at(start + j - 1)) == pattern[j - 1]:
            j -= 1
        if j == known:
            yield start
            start += shifts[0]
            known = size - shifts[0]
        else:
            start += max(shifts[j], j - 1 - last.get(item, -1))
            known = 0


def _good_suffix(pattern: Sequence[object]) -> list[int]:
    """Return the strong good suffix shifts, by the borders of all ends of the pattern."""
    size = len(pattern)
    shifts = [0] * (size + 1)
    border_at = [size + 1] * (size + 1)  # where the longest border of pattern[j:] begins
    border = size + 1
    for j in range(size, 0, -1):
        while border <= size and pattern[j - 1] != pattern[border - 1]:
            shifts[border] = shifts[border] or border - j
            border = border_at[border]
        border -= 1
        border_at[j - 1] = border
    for j in range(size + 1):
        shifts[j] = shifts[j] or border
        if j == border:
            border = border_at[border]
    return shifts
