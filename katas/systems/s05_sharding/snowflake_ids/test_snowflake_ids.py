"""What a generator of time-ordered ids must do."""

import pytest

from graders.kit import replay, run_threads
from snowflake_ids import ClockBackwards, SnowflakeIds, id_range, parts

EPOCH_MS = 1_000


def ask(ids, times):
    """Return the answers at these times."""
    return replay(ids, [("next_id", now_ms) for now_ms in times])


def test_the_first_id_of_a_millisecond_has_sequence_0():
    ids = SnowflakeIds(3, EPOCH_MS)
    assert ask(ids, [1_000, 1_000, 1_001, 1_007]) == [12_288, 12_289, 4_206_592, 29_372_416]


def test_an_id_tells_its_time_worker_and_sequence():
    assert parts(12_289, EPOCH_MS) == (1_000, 3, 1)
    assert parts(29_372_416, EPOCH_MS) == (1_007, 3, 0)
    assert parts(2**63 - 1, 0) == (2_199_023_255_551, 1_023, 4_095)
    assert parts(0, EPOCH_MS) == (1_000, 0, 0)


def test_what_is_no_id_has_no_parts():
    for id in (-1, 2**63):
        with pytest.raises(ValueError):
            parts(id, EPOCH_MS)


def test_workers_are_numbered_0_to_1023():
    assert SnowflakeIds(1_023, 0).next_id(0) == 1_023 * 4_096
    for worker in (-1, 1_024):
        with pytest.raises(ValueError):
            SnowflakeIds(worker, 0)


def test_a_full_millisecond_gives_none_until_the_next_one():
    ids = SnowflakeIds(0, EPOCH_MS)
    assert ask(ids, [1_000] * 4_096) == list(range(4_096))
    assert ask(ids, [1_000, 1_000, 1_001, 1_001]) == [None, None, 4_194_304, 4_194_305]


def test_a_clock_a_little_behind_stands_still():
    ids = SnowflakeIds(0, 0)
    assert ask(ids, [10, 8, 5, 10, 11]) == [41_943_040, 41_943_041, 41_943_042, 41_943_043,
                                            46_137_344]


def test_a_clock_further_behind_is_refused_and_changes_nothing():
    ids = SnowflakeIds(0, 0)
    assert ids.next_id(10) == 41_943_040
    with pytest.raises(ClockBackwards) as caught:
        ids.next_id(4)
    assert caught.value.args[0] == 6
    assert ids.next_id(10) == 41_943_041


def test_there_are_no_ids_before_the_epoch_or_after_41_bits():
    ids = SnowflakeIds(0, EPOCH_MS)
    with pytest.raises(ValueError):
        ids.next_id(999)
    assert ids.next_id(EPOCH_MS + 2**41 - 1) == 2**63 - 2**22
    with pytest.raises(OverflowError):
        ids.next_id(EPOCH_MS + 2**41)


def test_a_restart_goes_on_after_the_last_id():
    ids = SnowflakeIds(3, EPOCH_MS, 29_372_417)
    assert ask(ids, [1_007, 1_005, 1_008]) == [29_372_418, 29_372_419, 33_566_720]
    with pytest.raises(ClockBackwards):
        SnowflakeIds(3, EPOCH_MS, 29_372_417).next_id(1_001)


def test_a_last_id_must_be_one_of_this_worker():
    for last_id in (-1, 2**63, 29_372_417):
        with pytest.raises(ValueError):
            SnowflakeIds(4, EPOCH_MS, last_id)


def test_an_interval_of_time_is_an_interval_of_ids():
    assert id_range(1_007, 1_010, EPOCH_MS) == (29_360_128, 41_943_040)
    assert id_range(1_007, 1_007, EPOCH_MS) == (29_360_128, 29_360_128)
    with pytest.raises(ValueError):
        id_range(1_008, 1_007, EPOCH_MS)


def test_times_without_ids_add_nothing_to_an_interval():
    assert id_range(-50, 1_001, EPOCH_MS) == (0, 4_194_304)
    assert id_range(-50, 900, EPOCH_MS) == (0, 0)
    assert id_range(1_001, 2**60, EPOCH_MS) == (4_194_304, 2**63)


def test_threads_never_get_the_same_id():
    for seed in range(2):
        ids = SnowflakeIds(0, 0)
        answers = run_threads(ids.next_id, [[(7,)] * 60] * 4, seed=seed, jitter=0.2)
        given = sorted(id for answered in answers for id in answered)
        assert given == list(range(7 << 22, (7 << 22) + 240))


@pytest.mark.perf
def test_forty_thousand_ids():
    ids = SnowflakeIds(0, 0)
    times = [now_ms for now_ms in range(10) for _ in range(4_000)]
    assert ask(ids, times) == [(place // 4_000 << 22) + place % 4_000 for place in range(40_000)]
