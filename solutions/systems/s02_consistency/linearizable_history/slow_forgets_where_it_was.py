"""Misconception: stepping back is enough to try everything.

It tries everything again for each way of getting there: ten overlapping writes have 3.6 million.
"""

from collections.abc import Iterator
from math import inf

Operation = tuple[str, object, int, int | None]

_IMPOSSIBLE = object()  # no value of the register


def linearize(history: list[Operation], initial: object = None) -> list[int] | None:
    """Return positions of operations in an order that explains the history; None if none does."""
    _check(history)
    search = _Search(history)
    order: list[int] = []
    met: set[tuple[int, object]] = set()
    way = [(0, initial, search.next_ones(0))]  # placed operations as bits, value, what to try
    while way:
        placed, holds, choices = way[-1]
        if placed & search.known == search.known:
            return order
        for bit in choices:
            place = search.places[bit]
            state = (placed | 1 << bit, _after(history[place], holds))
            if state[1] is not _IMPOSSIBLE:
                met.add(state)
                order.append(place)
                way.append((*state, search.next_ones(state[0])))
                break
        else:
            way.pop()
            del order[-1:]
    return None


class _Search:
    """The operations of a history by number of their bit: known outcomes first, by call time."""

    def __init__(self, history: list[Operation]) -> None:
        returned = [place for place, op in enumerate(history) if op[3] is not None]
        # a read whose outcome is unknown explains nothing and is explained by anything
        lost = [place for place, op in enumerate(history) if op[3] is None and op[0] != "r"]
        returned.sort(key=lambda place: history[place][2])
        self.places = returned + lost
        self.known = (1 << len(returned)) - 1
        self._calls = [history[place][2] for place in self.places]
        self._returns = [history[place][3] for place in returned]

    def next_ones(self, placed: int) -> Iterator[int]:
        """Yield who may come next: called before anybody who is still missing had returned."""
        first_missing = (~placed & (placed + 1)).bit_length() - 1
        first_return = inf
        for bit in range(first_missing, len(self._returns)):
            if self._calls[bit] > first_return:
                break
            if not placed >> bit & 1:
                first_return = min(first_return, self._returns[bit])
                yield bit
        for bit in range(len(self._returns), len(self.places)):
            if not placed >> bit & 1 and self._calls[bit] < first_return:
                yield bit


def _after(operation: Operation, holds: object) -> object:
    """Return what the register holds after an operation, or that it cannot take place now."""
    kind, value, _, ret = operation
    if kind == "w":
        return value
    if kind == "r":
        return holds if value == holds else _IMPOSSIBLE
    old, new, ok = value
    if ret is None or ok:
        return new if holds == old else _IMPOSSIBLE
    return _IMPOSSIBLE if holds == old else holds


def _check(history: list[Operation]) -> None:
    """Raise ValueError for a malformed history."""
    times: set[int] = set()
    for kind, value, *span in history:
        call, ret = span
        if kind not in ("w", "r", "cas"):
            raise ValueError(f"unknown kind {kind!r}")
        if kind == "cas":
            triple = isinstance(value, tuple) and len(value) == 3
            if not triple or not isinstance(value[2], bool):
                raise ValueError(f"{value!r} is not (old, new, ok)")
        if ret is not None and ret <= call:
            raise ValueError(f"return at {ret}, call at {call}")
        for time in span:
            if time in times:
                raise ValueError(f"time {time} occurs twice")
            times |= {time} - {None}
