"""Add numbers, lend a box of limited room."""

from __future__ import annotations

from collections.abc import Callable, Iterator


class BoxFull(LookupError):
    """There is no room for this item."""


class Box:
    def __init__(self, room: int) -> None:
        self._free = room
        self._items: list[object] = []

    def put(self, item: object) -> None:
        if not self._free:
            raise BoxFull(item)
        self._free -= 1
        self._items.append(item)

    def __len__(self) -> int:
        return len(self._items)


def total(numbers: list[int]) -> int:
    result = 0
    for number in numbers:
        result += number
    return result


def relay(call: Callable[[int], int], value: int) -> int:
    return call(value)


def countdown(n: int) -> Iterator[int]:
    while n:
        yield n
        n -= 1
