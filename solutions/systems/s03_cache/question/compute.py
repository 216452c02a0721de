"""The values of this topic's predict items, from the calls that learners read."""

import json
import re
import sys
from fractions import Fraction

from lru_cache_repair import LRUCache


class FaultyCache:
    """What faulty_length shows."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self.values, self.line = capacity, dict[int, int](), list[int]()

    def get(self, key: int) -> None:
        """Count as use, and forget the old place."""
        if key in self.values:
            self.line = [key, *self.line]

    def put(self, key: int, value: int) -> None:
        """Store, and drop by the length of the line."""
        if key in self.values:
            self.values[key] = value
            self.line = [key, *self.line]
            return
        if len(self.line) == self.capacity:
            del self.values[self.line.pop()]
        self.values[key] = value
        self.line = [*self.line, key]


def calls(variant: str) -> tuple[int, list[tuple[str, list[int]]]]:
    """Return the capacity, then the name and the numbers of each call."""
    found = [(name, list(map(int, re.findall(r"-?\d+", numbers))))
             for name, numbers in re.findall(r"(\w+)\(([^)]*)\)", variant)]
    return found[0][1][0], found[1:]


def evicted(variant: str) -> list[int]:
    """Return the keys that the reference drops."""
    capacity, listed = calls(variant)
    cache, gone = LRUCache(capacity), list[int]()
    for name, numbers in listed:
        before = {key for key, _ in cache.items()}
        getattr(cache, name)(*numbers)
        gone += before - {key for key, _ in cache.items()}
    return gone


def hits(variant: str) -> int:
    """Count the reads that find their key in the reference."""
    capacity, [(_, keys)] = calls(variant)
    cache, count = LRUCache(capacity), 0
    for key in keys:
        if cache.get(key) == -1:
            cache.put(key, key)
        else:
            count += 1
    return count


def length(variant: str) -> int:
    """Count the entries of the faulty cache."""
    capacity, listed = calls(variant)
    cache = FaultyCache(capacity)
    for name, numbers in listed:
        getattr(cache, name)(*numbers)
    return len(cache.values)


def mean(variant: str) -> str:
    """Return the mean time of a read, exactly."""
    hit, miss, ratio = map(Fraction, re.findall(r"= ([\d.]+)", variant))
    exact = ratio * hit + (1 - ratio) * miss
    assert exact.denominator == 1, variant
    return str(exact)


VALUES = {
    "lru_evicted": evicted, "lru_hits": hits, "faulty_length": length, "mean_time": mean,
}  # fmt: skip
asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [VALUES[item](each) for each in asked[item]] for item in asked}))
