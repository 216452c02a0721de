"""Independent solution of snowflake_ids, written from statement and stub alone."""

import threading

TIME_BITS = 41
WORKER_BITS = 10
SEQUENCE_BITS = 12
TIME_SHIFT = WORKER_BITS + SEQUENCE_BITS
TIMES = 1 << TIME_BITS
WORKERS = 1 << WORKER_BITS
SEQUENCES = 1 << SEQUENCE_BITS
IDS = TIMES << TIME_SHIFT
TOLERATED_MS = 5


class ClockBackwards(ValueError):
    """The clock is more than 5 ms behind the last id; args[0] says by how many milliseconds."""


class SnowflakeIds:
    """Hands out the ids of one worker; any number of threads may ask at the same time."""

    def __init__(self, worker: int, epoch_ms: int, last_id: int | None = None) -> None:
        """Be worker number `worker`, 0 to 1023, and go on after `last_id` if there is one.

        ValueError for a number out of range, and for a `last_id` that is none or another worker's.
        """
        if not 0 <= worker < WORKERS:
            raise ValueError(f"worker must be in 0..{WORKERS - 1}, not {worker}")
        self._lock = threading.Lock()
        self._worker = worker
        self._epoch_ms = epoch_ms
        self._time = -1  # of the last id, since the epoch; -1 without one
        self._sequence = 0
        if last_id is not None:
            time, last_worker, sequence = _split(last_id)
            if last_worker != worker:
                raise ValueError(f"the last id is of worker {last_worker}, not of {worker}")
            self._time = time
            self._sequence = sequence

    def next_id(self, now_ms: int) -> int | None:
        """Return the next id, or None while the millisecond has none left.

        A clock up to 5 ms behind the last id counts as if it stood still there; further behind is
        ClockBackwards. ValueError before the epoch, OverflowError beyond 41 bits of milliseconds.
        What is refused changes nothing.
        """
        time = now_ms - self._epoch_ms
        if time < 0:
            raise ValueError(f"{now_ms} is before the epoch {self._epoch_ms}")
        if time >= TIMES:
            raise OverflowError(f"{now_ms} does not fit in {TIME_BITS} bits after the epoch")
        with self._lock:
            behind = self._time - time
            if behind > TOLERATED_MS:
                raise ClockBackwards(behind)
            if behind < 0:
                self._time = time
                self._sequence = 0
            elif self._sequence + 1 < SEQUENCES:
                self._sequence += 1
            else:
                return None
            return self._time << TIME_SHIFT | self._worker << SEQUENCE_BITS | self._sequence


def parts(id: int, epoch_ms: int) -> tuple[int, int, int]:
    """Return (time_ms, worker, sequence) of an id, the time as it was given to next_id.

    ValueError for what is no id: below 0, or from 2**63 on.
    """
    time, worker, sequence = _split(id)
    return epoch_ms + time, worker, sequence


def id_range(from_ms: int, to_ms: int, epoch_ms: int) -> tuple[int, int]:
    """Return (low, high): the ids of all workers from from_ms on and before to_ms, and no others.

    These are the ids with low <= id < high. ValueError if from_ms is after to_ms.
    """
    if from_ms > to_ms:
        raise ValueError(f"{from_ms} is after {to_ms}")
    return _first_id(from_ms - epoch_ms), _first_id(to_ms - epoch_ms)


def _first_id(time: int) -> int:
    """Return the smallest id from a time on, which may lie outside of the 41 bits."""
    return min(max(time, 0), TIMES) << TIME_SHIFT


def _split(id: int) -> tuple[int, int, int]:
    """Return (time since the epoch, worker, sequence) of an id; ValueError for what is none."""
    if not 0 <= id < IDS:
        raise ValueError(f"{id} is no id")
    return id >> TIME_SHIFT, id >> SEQUENCE_BITS & (WORKERS - 1), id & (SEQUENCES - 1)
