"""Misconception: Horspool's table has an entry for every place of the pattern.

The last place has distance 0, and the window would stay where it is;
moving by 1 then is safe and slow.
"""

from collections.abc import Callable, Iterator, Sequence


def horspool_shifts(pattern: str) -> dict[str, int]:
    _check(pattern)
    return {letter: len(pattern) - 1 - at for at, letter in enumerate(pattern)}


def horspool_find_all(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    shifts = horspool_shifts(pattern)
    size, start, found = len(pattern), 0, []
    while start + size <= length:
        last = char_at(start + size - 1)
        if last == pattern[-1] and all(
            char_at(start + at) == pattern[at] for at in reversed(range(size - 1))
        ):
            found.append(start)
        start += max(1, shifts.get(last, size))
    return found


def last_occurrence(pattern: str) -> dict[str, int]:
    _check(pattern)
    return {letter: at for at, letter in enumerate(pattern)}


def good_suffix(pattern: str) -> list[int]:
    _check(pattern)
    return _good_suffix(pattern)


def find_all_reader(pattern: str, length: int, char_at: Callable[[int], str]) -> list[int]:
    _check(pattern)
    return list(_search(pattern, length, char_at))


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    _check(pattern)
    return list(_search(pattern, len(text), text.__getitem__))


def _check(pattern: str | list[int]) -> None:
    if not pattern:
        raise ValueError("an empty pattern occurs everywhere")


def _search(
    pattern: Sequence[object], length: int, item_at: Callable[[int], object]
) -> Iterator[int]:
    last = {item: at for at, item in enumerate(pattern)}
    shifts = _good_suffix(pattern)
    size, start, known = len(pattern), 0, 0
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
    size = len(pattern)
    shifts = [0] * (size + 1)
    border_at = [size + 1] * (size + 1)
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
