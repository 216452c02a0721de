"""Misconception: a sequence may go on from millisecond to millisecond.

It wraps in the middle of one, and half of the ids of that millisecond are lost.
"""

from threading import Lock

_WORKER_BITS, _SEQUENCE_BITS = 10, 12
_TIME_SHIFT = _WORKER_BITS + _SEQUENCE_BITS
_WORKERS, _SEQUENCES, _TIMES = 1 << _WORKER_BITS, 1 << _SEQUENCE_BITS, 1 << 41
_TOLERANCE_MS = 5  # clocks are corrected by this much all the time


class ClockBackwards(ValueError):
    """The clock is more than 5 ms behind the last id; args[0] says by how many milliseconds."""


class SnowflakeIds:
    """Hands out the ids of one worker; any number of threads may ask at the same time."""

    def __init__(self, worker: int, epoch_ms: int, last_id: int | None = None) -> None:
        """Be worker number `worker`, and go on after `last_id` if there is one."""
        if not 0 <= worker < _WORKERS:
            raise ValueError(f"there is no worker {worker}")
        self._worker, self._epoch_ms = worker, epoch_ms
        self._lock = Lock()
        self._time, self._sequence = -1, 0  # of the last id; the time counts from the epoch
        if last_id is not None:
            self._time, its_worker, self._sequence = parts(last_id, 0)
            if its_worker != worker:
                raise ValueError(f"{last_id} is an id of worker {its_worker}")

    def next_id(self, now_ms: int) -> int | None:
        """Return the next id, or None while the millisecond has none left."""
        with self._lock:
            time = now_ms - self._epoch_ms
            if time < 0:
                raise ValueError("there are no ids before the epoch")
            behind_ms = self._time - time
            if behind_ms > _TOLERANCE_MS:
                raise ClockBackwards(behind_ms)
            time = max(time, self._time)
            if time >= _TIMES:
                raise OverflowError("41 bits of milliseconds are over")
            sequence = self._sequence + 1 if self._time >= 0 else 0
            if sequence == _SEQUENCES:
                if time == self._time:
                    return None
                sequence = 0
            self._time, self._sequence = time, sequence
            return time << _TIME_SHIFT | self._worker << _SEQUENCE_BITS | sequence


def parts(id: int, epoch_ms: int) -> tuple[int, int, int]:
    """Return (time_ms, worker, sequence) of an id."""
    if not 0 <= id < _TIMES << _TIME_SHIFT:
        raise ValueError(f"{id} is no id")
    return (id >> _TIME_SHIFT) + epoch_ms, (id >> _SEQUENCE_BITS) % _WORKERS, id % _SEQUENCES


def id_range(from_ms: int, to_ms: int, epoch_ms: int) -> tuple[int, int]:
    """Return (low, high): the ids of all workers from from_ms on and before to_ms."""
    if from_ms > to_ms:
        raise ValueError("from_ms is after to_ms")
    low, high = (min(max(0, ms - epoch_ms), _TIMES) << _TIME_SHIFT for ms in (from_ms, to_ms))
    return low, high
