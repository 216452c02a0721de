"""What shard_of must do: the checksum of the bytes, whoever asks."""

import pytest

from graders.kit import call_many
from stable_shard import shard_of


def test_a_key_has_the_shard_of_its_checksum():
    assert shard_of("user-1", 4) == 0
    assert shard_of("user-1", 3) == 2
    assert shard_of("user-2", 4) == 2
    assert shard_of("user-4711", 1_000_000) == 996_113


def test_the_bytes_are_those_of_utf_8():
    assert shard_of("订单-7", 16) == 9
    assert shard_of("café", 8) == 5


def test_any_text_is_a_key():
    assert shard_of("", 5) == 0
    assert shard_of("a", 2**32) == 3_904_355_907


def test_a_single_shard_keeps_all():
    assert call_many(shard_of, [("user-1", 1), ("订单-7", 1), ("", 1)]) == [0, 0, 0]


def test_no_shards_keep_nothing():
    for shards in (0, -1):
        with pytest.raises(ValueError):
            shard_of("user-1", shards)


@pytest.mark.perf
def test_thousands_of_long_keys():
    keys = [f"{number:0500d}" for number in range(4_000)]
    found = call_many(shard_of, [(key, 7) for key in keys])
    assert [found.count(shard) for shard in range(7)] == [526, 561, 601, 543, 597, 554, 618]
