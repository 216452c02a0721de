"""The generator against the list of all ids that it has given."""

import pytest

from graders.kit import Raised, replay, run_threads
from snowflake_ids import SnowflakeIds, id_range, parts


class Ledger:
    """The contract at its plainest: (time, sequence) of every id given, in order."""

    def __init__(self, epoch_ms, given=()):
        self.epoch_ms, self.given = epoch_ms, list(given)

    def next(self, now_ms):
        """Return (time, sequence), "full", or the name of the error."""
        if now_ms < self.epoch_ms:
            return "ValueError"
        newest = self.given[-1][0] if self.given else self.epoch_ms
        if newest - now_ms > 5:
            return "ClockBackwards"
        time = max(now_ms, newest)
        sequence = sum(1 for each, _ in self.given if each == time)
        if self.given and self.given[-1][0] == time:
            sequence = self.given[-1][1] + 1
        if sequence > 4_095:
            return "full"
        self.given.append((time, sequence))
        return self.given[-1]


def told(answer, worker, epoch_ms):
    """Return an answer as the ledger tells it."""
    if isinstance(answer, Raised):
        return answer.name
    if answer is None:
        return "full"
    assert 0 <= answer < 2**63
    time, its_worker, sequence = parts(answer, epoch_ms)
    assert its_worker == worker
    return time, sequence


def test_any_clock_answers_like_the_ledger(rng):
    for _ in range(12):
        worker, epoch_ms = rng.randrange(1_024), rng.randrange(2_000)
        ids, ledger = SnowflakeIds(worker, epoch_ms), Ledger(epoch_ms)
        now_ms, times = epoch_ms, []
        for _ in range(60):
            now_ms += rng.choice([0, 0, 0, 1, 1, 3, -1, -3, -5, -6, 20])
            times.append(now_ms)
        answers = replay(ids, [("next_id", each) for each in times], errors="keep")
        for place, (each, answer) in enumerate(zip(times, answers, strict=True)):
            want = ledger.next(each)
            assert told(answer, worker, epoch_ms) == want, f"{times[: place + 1]} since {epoch_ms}"


def test_a_restart_anywhere_gives_what_no_restart_gives(rng):
    for _ in range(6):
        worker, epoch_ms = rng.randrange(1_024), rng.randrange(2_000)
        times = sorted(epoch_ms + rng.randrange(6) for _ in range(16))
        whole = replay(SnowflakeIds(worker, epoch_ms), [("next_id", each) for each in times])
        cut = rng.randrange(1, len(times))
        again = SnowflakeIds(worker, epoch_ms, whole[cut - 1])
        assert replay(again, [("next_id", each) for each in times[cut:]]) == whole[cut:], times


def test_a_restart_in_a_full_millisecond_finds_it_full():
    ids = SnowflakeIds(5, 0, (40 << 22) + (5 << 12) + 4_095)
    answers = replay(ids, [("next_id", each) for each in (40, 38, 41)])
    assert answers == [None, None, (41 << 22) + (5 << 12)]


def test_an_interval_holds_the_ids_of_its_times_and_no_others(rng):
    for _ in range(20):
        epoch_ms = rng.randrange(2_000)
        from_ms, to_ms = sorted(epoch_ms + rng.randrange(-3, 12) for _ in range(2))
        low, high = id_range(from_ms, to_ms, epoch_ms)
        for worker in (0, 1, 1_023):
            for time in range(12):
                for sequence in (0, 4_095):
                    id = (time << 22) + (worker << 12) + sequence
                    inside = from_ms <= epoch_ms + time < to_ms
                    assert (low <= id < high) == inside, (from_ms, to_ms, epoch_ms, id)


def test_eight_threads_over_a_full_millisecond(rng):
    ids = SnowflakeIds(1, 0, (9 << 22) + (1 << 12) + 3_999)
    answers = run_threads(ids.next_id, [[(9,)] * 20] * 8, seed=rng.randrange(10**6), jitter=0.2)
    flat = [id for answered in answers for id in answered]
    given = sorted(id for id in flat if id is not None)
    assert given == [(9 << 22) + (1 << 12) + sequence for sequence in range(4_000, 4_096)]
    assert flat.count(None) == 160 - 96


def test_two_generators_share_nothing():
    first, second = SnowflakeIds(0, 0), SnowflakeIds(0, 0)
    assert [first.next_id(1), first.next_id(1), second.next_id(1)] == [4_194_304, 4_194_305,
                                                                       4_194_304]


def test_it_is_the_time_since_the_epoch_that_counts():
    with pytest.raises(OverflowError):
        SnowflakeIds(0, -(2**41)).next_id(0)
    assert SnowflakeIds(0, -(2**41)).next_id(-1) == 2**63 - 2**22
