"""Independent solution of eventual_kv_gossip, written from statement and stub alone."""

from bisect import bisect_left, bisect_right, insort

Stamp = tuple[int, int, str]  # physical part in ms, logical part, node that made it
Item = tuple[str, str | None, Stamp]  # key, value or None for deleted, stamp
Digest = dict[str, tuple[int, int]]  # node: largest (physical, logical) of its stamps


def _time(item: Item) -> tuple[int, int]:
    """Return the time of an item: its stamp without the node."""
    return item[2][:2]


class Replica:
    """One replica of a store from keys to values; of two writes the larger stamp wins."""

    def __init__(self, node: str) -> None:
        """Start empty; every replica has another name."""
        self._node = node
        self._winners: dict[str, Item] = {}
        # The winners once more: for each node those with a stamp of it, smallest time first.
        self._by_node: dict[str, list[Item]] = {}
        self._seen: Digest = {}
        self._clock = (0, 0)  # the largest time seen; physical parts begin at 1

    def put(self, key: str, value: str, now_ms: int) -> Stamp:
        """Write a value; return its new stamp, larger than all this replica has seen.

        `now_ms` is this node's wall clock, 1 or more; it may be wrong and may jump.
        """
        return self._write(key, value, now_ms)

    def delete(self, key: str, now_ms: int) -> Stamp:
        """Write that there is no value, whether there was one or not; return the new stamp."""
        return self._write(key, None, now_ms)

    def get(self, key: str) -> str | None:
        """Return the value that wins here; None if there is none or it was deleted."""
        winner = self._winners.get(key)
        return None if winner is None else winner[1]

    def digest(self) -> Digest:
        """Return for each node the largest time of its stamps that were made or merged here."""
        return dict(self._seen)

    def delta(self, remote: Digest) -> list[Item]:
        """Return what a replica with this digest lacks, smallest stamp first.

        That is each key's winner here whose stamp is beyond the digest's time for its node.
        """
        lacking: list[Item] = []
        for node, items in self._by_node.items():
            known = remote.get(node)
            begin = 0 if known is None else bisect_right(items, known, key=_time)
            lacking += items[begin:]
        lacking.sort(key=lambda item: item[2])
        return lacking

    def merge(self, items: list[Item]) -> int:
        """Take in items of another replica; return for how many keys `get` has changed."""
        before: dict[str, str | None] = {}
        for item in items:
            before.setdefault(item[0], self.get(item[0]))
            self._take_in(item)
        return sum(self.get(key) != value for key, value in before.items())

    def _write(self, key: str, value: str | None, now_ms: int) -> Stamp:
        physical, logical = self._clock
        if now_ms > physical:
            stamp = (now_ms, 0, self._node)
        else:
            stamp = (physical, logical + 1, self._node)
        self._take_in((key, value, stamp))
        return stamp

    def _take_in(self, item: Item) -> None:
        """See the stamp of an item, and let the item win if its stamp is larger."""
        key, _, stamp = item
        time, node = stamp[:2], stamp[2]
        self._clock = max(self._clock, time)
        self._seen[node] = max(self._seen.get(node, time), time)
        loser = self._winners.get(key)
        if loser is not None:
            if stamp <= loser[2]:
                return
            losers = self._by_node[loser[2][2]]
            del losers[bisect_left(losers, _time(loser), key=_time)]
        self._winners[key] = item
        insort(self._by_node.setdefault(node, []), item, key=_time)
