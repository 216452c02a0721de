"""Misconception: my clock is moved by my own writes only.

A write made after reading a value from a node that is ahead loses against that value.
"""

Time = tuple[int, int]
Stamp = tuple[int, int, str]
Item = tuple[str, str | None, Stamp]
Digest = dict[str, Time]

BEFORE_ALL: Time = (0, 0)  # physical parts begin at 1


class Replica:
    """One replica; all it does is keep the largest stamp of each key."""

    def __init__(self, node: str) -> None:
        """Start empty."""
        self._node = node
        self._winners: dict[str, tuple[str | None, Stamp]] = {}
        self._latest = BEFORE_ALL  # the largest time of all stamps seen
        self._seen: Digest = {}
        self._logs: dict[str, dict[Time, str]] = {}  # origin: time of each winner, its key

    def put(self, key: str, value: str, now_ms: int) -> Stamp:
        """Write a value under a new stamp."""
        return self._write(key, value, now_ms)

    def delete(self, key: str, now_ms: int) -> Stamp:
        """Write a tombstone under a new stamp."""
        return self._write(key, None, now_ms)

    def get(self, key: str) -> str | None:
        """Return the winner's value; None for a tombstone and for nothing at all."""
        value, _ = self._winners.get(key, (None, None))
        return value

    def digest(self) -> Digest:
        """Return the largest time seen of each node (a copy)."""
        return dict(self._seen)

    def delta(self, remote: Digest) -> list[Item]:
        """Return the winners beyond a partner's digest, smallest stamp first."""
        lacking = []
        for origin, log in self._logs.items():
            known = remote.get(origin, BEFORE_ALL)
            for time in reversed(log):
                if time <= known:
                    break
                key = log[time]
                lacking.append((key, *self._winners[key]))
        return sorted(lacking, key=lambda item: item[2])

    def merge(self, items: list[Item]) -> int:
        """Store what is newer; count the keys whose value is another than before."""
        before = {key: self.get(key) for key, _, _ in items}
        for key, value, stamp in items:
            self._store(key, value, stamp)
        return sum(self.get(key) != value for key, value in before.items())

    def _write(self, key: str, value: str | None, now_ms: int) -> Stamp:
        """Store under a stamp that is larger than all seen."""
        physical, logical = self._latest
        time = (now_ms, 0) if now_ms > physical else (physical, logical + 1)
        stamp = (*time, self._node)
        self._store(key, value, stamp)
        return stamp

    def _store(self, key: str, value: str | None, stamp: Stamp) -> None:
        """See a stamp, and let it win if it is the largest of its key."""
        physical, logical, origin = stamp
        time = (physical, logical)
        if origin == self._node:
            self._latest = max(self._latest, time)
        self._seen[origin] = max(self._seen.get(origin, BEFORE_ALL), time)
        if key in self._winners:
            *old_time, old_origin = old = self._winners[key][1]
            if stamp <= old:
                return
            del self._logs[old_origin][tuple(old_time)]
        self._winners[key] = (value, stamp)
        self._log(origin, time, key)

    def _log(self, origin: str, time: Time, key: str) -> None:
        """Append to the log of an origin; partners send in order, so it seldom needs sorting."""
        log = self._logs.setdefault(origin, {})
        in_order = not log or next(reversed(log)) < time
        log[time] = key
        if not in_order:
            self._logs[origin] = dict(sorted(log.items()))
