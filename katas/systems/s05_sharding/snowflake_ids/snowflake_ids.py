"""Ids that a thousand machines hand out without asking each other, in the order of time.

An id is a number of 63 bits: 41 for the milliseconds since an epoch, then 10 for the worker, then
12 for a sequence number within the millisecond.
"""


class ClockBackwards(ValueError):
    """The clock is more than 5 ms behind the last id; args[0] says by how many milliseconds."""


class SnowflakeIds:
    """Hands out the ids of one worker; any number of threads may ask at the same time."""

    def __init__(self, worker: int, epoch_ms: int, last_id: int | None = None) -> None:
        """Be worker number `worker`, 0 to 1023, and go on after `last_id` if there is one.

        ValueError for a number out of range, and for a `last_id` that is none or another worker's.
        """
        raise NotImplementedError

    def next_id(self, now_ms: int) -> int | None:
        """Return the next id, or None while the millisecond has none left.

        A clock up to 5 ms behind the last id counts as if it stood still there; further behind is
        ClockBackwards. ValueError before the epoch, OverflowError beyond 41 bits of milliseconds.
        What is refused changes nothing.
        """
        raise NotImplementedError


def parts(id: int, epoch_ms: int) -> tuple[int, int, int]:
    """Return (time_ms, worker, sequence) of an id, the time as it was given to next_id.

    ValueError for what is no id: below 0, or from 2**63 on.
    """
    raise NotImplementedError


def id_range(from_ms: int, to_ms: int, epoch_ms: int) -> tuple[int, int]:
    """Return (low, high): the ids of all workers from from_ms on and before to_ms, and no others.

    These are the ids with low <= id < high. ValueError if from_ms is after to_ms.
    """
    raise NotImplementedError
