"""What it may cost to build a set or a dict from keys that nobody vouches for.

Python's tables take linear time for ordinary keys. For chosen ones they do not; each of these was
measured before it was refused, and no signal interrupts the building of a table:

* many keys of one hash                              25,000 ints: 4.8 s
* keys of different hashes that walk one path        650,000 ints, 300 of them chosen: 1.5 s
* frozensets of one hash inside frozensets           400 KB of ints, three deep: more than 98 s

Paths are found by walking them beforehand as CPython will (3.11 to 3.14) and counting steps, the
last kind by weighing what a comparison of two keys costs. No clocks: the same bytes are refused
on every machine. What this does not stop: a suite that copies a large set into a table of another
size walks other paths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from operator import eq
from typing import Any

BUCKET_CAP = 32  # keys of one set or dict with the same hash
SMALL = 2_048  # keys: a table of these takes milliseconds, whichever they are
STEP_CAP = 30_000_000  # of one message: 0.3 s; regular ints and floats take up to 70 for a key
WORK_CAP = 5_000_000  # parts compared of keys with equal hashes, in one message

_SEEDED = {str, bytes}  # hashed with a secret of this process: nobody can choose theirs
_LINEAR = 9  # slots that a set tries beside one before it jumps; a dict tries none
_WORD = (1 << 64) - 1


class Keys:
    """The tables of one message. What can refuse raises `too_much(text)`."""

    def __init__(self, too_much: Callable[[str], Exception]) -> None:
        self._too_much = too_much
        self._work = self._steps = 0
        self._weights: dict[int, tuple[Any, int]] = {}  # by id of a frozenset, which is held

    def check(self, keys: list[Any], of_a_dict: bool) -> None:
        """Refuse keys of which a table could not be built in linear time."""
        if len(keys) <= BUCKET_CAP and not self._weights:
            return
        kinds = set(map(type, keys))
        if kinds <= _SEEDED:
            return
        hashes = list(map(hash, keys))
        large = len(keys) > SMALL  # too large for a Counter: it is such a table itself
        if (large and any(map(eq, *_neighbours(sorted(hashes))))) or (
                not large and len(set(hashes)) < len(hashes)):
            self._weigh_alike(keys, hashes)
        if large:
            walk = _Walk(hashes, 0 if of_a_dict else _LINEAR, STEP_CAP - self._steps)
            if not walk.ends():
                raise self._too_much("keys chosen to collide in a hash table")
            self._steps += walk.steps

    def keep(self, made: frozenset[Any]) -> None:
        """Remember what it costs to compare this frozenset with one of the same hash."""
        if len(made) < 2:
            return
        most = 1
        if len(made) > SMALL:
            most = BUCKET_CAP
        elif len(set(map(hash, made))) < len(made):
            most = max(Counter(map(hash, made)).values())
        self._weights[id(made)] = made, most * sum(map(self._weight, made))

    def _weigh_alike(self, keys: list[Any], hashes: list[int]) -> None:
        """Account for the comparisons of keys that have the hash of another."""
        order = sorted(range(len(keys)), key=hashes.__getitem__)
        begin = 0
        for end in range(1, len(order) + 1):
            if end < len(order) and hashes[order[end]] == hashes[order[begin]]:
                continue
            if end - begin > BUCKET_CAP:
                raise self._too_much(f"more than {BUCKET_CAP} keys with the same hash")
            if end - begin > 1:
                group = [keys[position] for position in order[begin:end]]
                self._work += len(group) * sum(map(self._weight, group))
                if self._work > WORK_CAP:
                    raise self._too_much("keys with equal hashes that are long to compare")
                if len(keys) > SMALL and any(a == b for a, b in pairwise(group)):
                    raise self._too_much("a key that stands twice")  # the walk counts on it
            begin = end

    def _weight(self, key: Any) -> int:
        """Return about how many scalars a comparison of `key` with another looks at."""
        if type(key) is tuple:
            return 1 + sum(map(self._weight, key))
        if type(key) is frozenset:
            return self._weights[id(key)][1] if id(key) in self._weights else 1 + len(key)
        if type(key) in _SEEDED:
            return 1 + (len(key) >> 6)
        return 1


def _neighbours(items: list[int]) -> tuple[list[int], list[int]]:
    return items[:-1], items[1:]


class _Walk:
    """One table as CPython fills it with keys of these hashes, all different."""

    def __init__(self, hashes: list[int], linear: int, most: int) -> None:
        self.hashes, self.linear, self.most = hashes, linear, most
        self.steps = 0
        self._empty(8)

    def _empty(self, size: int) -> None:
        self.mask = size - 1
        self.taken, self.held = bytearray(size), [-1] * size
        # A set grows after its last key, a dict before the next one: the same for the sizes.
        self.room = -(-3 * self.mask // 5) if self.linear else 2 * size // 3

    def ends(self) -> bool:
        """Insert every key, growing as CPython does; False when it takes more steps than `most`."""
        done = 0
        while True:
            until = min(self.room, len(self.hashes))
            if not self._insert(range(done, until)):
                return False
            done = until
            if done == len(self.hashes):
                return True
            order: Iterable[int] = range(done)
            if self.linear:  # a set is copied in the order of its slots
                order = [position for position in self.held if position >= 0]
                self._empty(1 << (done * (2 if done > 50_000 else 4)).bit_length())
            else:
                self._empty(1 << (3 * done - 1).bit_length())
            if not self._insert(order):
                return False

    def _insert(self, order: Iterable[int]) -> bool:
        taken, held, mask, hashes = self.taken, self.held, self.mask, self.hashes
        for position in order:
            slot = hashes[position] & mask
            if taken[slot]:
                slot = self._search(hashes[position])
                if slot < 0:
                    return False
            taken[slot] = 1
            held[slot] = position
        return True

    def _search(self, hashed: int) -> int:
        """Return the free slot that a key of this hash gets; -1 when it takes too long."""
        taken, mask, linear = self.taken, self.mask, self.linear
        slot, rest = hashed & mask, hashed & _WORD
        for step in range(self.most - self.steps):
            if not taken[slot]:
                self.steps += step
                return slot
            if linear and slot + linear <= mask:
                beside = taken.find(0, slot, slot + linear + 1)
                if beside >= 0:
                    self.steps += step
                    return beside
            rest >>= 5
            slot = (slot * 5 + rest + 1) & mask
        return -1
