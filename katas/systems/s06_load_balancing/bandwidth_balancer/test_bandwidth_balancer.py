"""What the least-bandwidth balancer must do."""

import pytest

from bandwidth_balancer import BandwidthBalancer
from graders.kit import replay

GIGABIT = 10**9


def close(value):
    """Return what compares equal to `value` within one part in 10**9."""
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def usages(balancer, server, times_ms):
    """Return the usage of one server at each of the times."""
    return replay(balancer, [("usage_bps", server, now_ms) for now_ms in times_ms])


def test_usage_is_bits_a_second_over_the_window():
    balancer = BandwidthBalancer({"a": 10**7, "b": 10**7}, 10_000, 10)
    balancer.record("a", 1_000_000, 500)
    assert balancer.usage_bps("a", 500) == close(800_000)
    balancer.record("a", 250_000, 2_000)
    assert balancer.usage_bps("a", 2_000) == close(1_000_000)
    assert balancer.usage_bps("b", 2_000) == 0


def test_what_is_older_than_the_window_does_not_count():
    balancer = BandwidthBalancer({"a": 10**7}, 1_000, 10)
    balancer.record("a", 1_000, 350)
    balancer.record("a", 500, 620)
    # the bucket of 350 began at 300, that of 620 at 600
    times_ms = [620, 1_299, 1_300, 1_599, 1_600, 9_000]
    assert usages(balancer, "a", times_ms) == close([12_000, 12_000, 4_000, 4_000, 0, 0])


def test_a_bucket_goes_as_a_whole_one_window_after_its_begin():
    balancer = BandwidthBalancer({"a": 10**7}, 1_000, 10)
    balancer.record("a", 100, 200)
    balancer.record("a", 100, 299)
    assert usages(balancer, "a", [1_199, 1_200]) == close([1_600, 0])


def test_one_bucket_is_a_window_of_its_own():
    balancer = BandwidthBalancer({"a": 10**7}, 1_000, 1)
    balancer.record("a", 100, 999)
    assert usages(balancer, "a", [999, 1_000]) == close([800, 0])


def test_a_steady_stream_has_a_steady_usage():
    balancer = BandwidthBalancer({"a": 10**7}, 1_000, 4)
    got = []
    for now_ms in range(0, 5_000, 50):
        balancer.record("a", 10, now_ms)
        got.append(balancer.usage_bps("a", now_ms))
    # a fifth of a second is lost at most: the window's oldest bucket goes before it is full
    assert got[19:] == close([1600, 1280, 1360, 1440, 1520] * 16 + [1600])


def test_a_long_silence_empties_every_bucket():
    balancer = BandwidthBalancer({"a": 10**7}, 1_000, 5)
    for now_ms in range(0, 1_000, 200):
        balancer.record("a", 100, now_ms)
    balancer.record("a", 7, 4_400)
    assert balancer.usage_bps("a", 4_400) == close(56)
    balancer.record("a", 9, 10_600)
    assert usages(balancer, "a", [10_700, 11_399, 11_600]) == close([72, 72, 0])


def test_late_records_go_where_they_belong():
    balancer = BandwidthBalancer({"a": 10**7}, 1_000, 10)
    balancer.record("a", 100, 2_050)
    balancer.record("a", 10, 1_350)
    balancer.record("a", 1, 1_000)
    assert balancer.usage_bps("a", 2_050) == close(880)
    assert balancer.usage_bps("a", 2_299) == close(880)
    assert balancer.usage_bps("a", 2_300) == close(800)
    balancer.record("a", 1_000, 0)
    balancer.record("a", 1_000, 1_299)
    assert balancer.usage_bps("a", 2_300) == close(800)
    balancer.record("a", 20, 1_450)
    assert usages(balancer, "a", [2_300, 2_399, 2_400, 3_000]) == close([960, 960, 800, 0])


def test_least_used_and_headroom_differ():
    capacity_bps = {"wide": 10 * GIGABIT, "narrow": GIGABIT}
    balancer = BandwidthBalancer(capacity_bps, 1_000, 10)
    balancer.record("wide", 3 * GIGABIT // 8, 100)
    balancer.record("narrow", GIGABIT // 16, 100)
    assert balancer.usage_bps("wide", 100) == close(3 * GIGABIT)
    assert balancer.usage_bps("narrow", 100) == close(GIGABIT // 2)
    assert balancer.pick(100, "least_used") == "narrow"
    assert balancer.pick(100, "headroom") == "wide"


def test_neither_mode_looks_at_the_size_of_the_line_alone():
    balancer = BandwidthBalancer({"narrow": 4_000, "wide": 20_000}, 1_000, 10)
    balancer.record("narrow", 100, 0)
    balancer.record("wide", 50, 0)
    assert balancer.pick(0, "least_used") == "wide"
    balancer.record("wide", 2_200, 0)
    # narrow has 3,200 left, wide 2,000
    assert balancer.pick(0, "headroom") == "narrow"
    balancer.record("narrow", 225, 0)
    # now narrow has 1,400 left: a third of its line, and still less than wide has
    assert balancer.pick(0, "headroom") == "wide"


def test_equal_servers_are_taken_in_the_order_of_the_dict():
    balancer = BandwidthBalancer({"z": 8_000, "m": 8_000, "a": 8_000}, 1_000, 2)
    assert [balancer.pick(0, mode) for mode in ("least_used", "headroom")] == ["z", "z"]
    balancer.record("z", 1, 0)
    assert [balancer.pick(0, mode) for mode in ("least_used", "headroom")] == ["m", "m"]
    assert [balancer.pick(1_000, mode) for mode in ("least_used", "headroom")] == ["z", "z"]


def test_without_headroom_there_is_an_error():
    balancer = BandwidthBalancer({"a": 800, "b": 1_601}, 1_000, 2)
    balancer.record("a", 100, 0)
    balancer.record("b", 200, 0)
    assert balancer.pick(0, "headroom") == "b"
    balancer.record("b", 100, 0)
    with pytest.raises(LookupError):
        balancer.pick(0, "headroom")
    assert balancer.pick(0, "least_used") == "a"
    assert balancer.pick(1_000, "headroom") == "b"


def test_what_makes_no_sense_is_refused():
    for capacity_bps, window_ms, buckets in [
        ({}, 1_000, 10), ({"a": 1, "b": 0}, 1_000, 10), ({"a": 1}, 1_000, 0),
        ({"a": 1}, 0, 1), ({"a": 1}, 1_000, 3), ({"a": 1}, 5, 10), ({"a": 1}, -10, 10),
        ({"a": 1}, 10, -1),
    ]:  # fmt: skip
        with pytest.raises(ValueError):
            BandwidthBalancer(capacity_bps, window_ms, buckets)
    balancer = BandwidthBalancer({"a": 1}, 10, 10)
    for wrong in [("a", -1, 5), ("nobody", 1, 5)]:
        with pytest.raises(ValueError):
            balancer.record(*wrong)
    with pytest.raises(ValueError):
        balancer.usage_bps("nobody", 5)
    with pytest.raises(ValueError):
        balancer.pick(5, "most_used")
    balancer.record("a", 0, 5)
    assert balancer.usage_bps("a", 5) == 0
    assert BandwidthBalancer({"a": 1}, 1, 1).pick(0, "headroom") == "a"


@pytest.mark.perf
def test_forty_thousand_records_and_many_choices():
    names = [f"s{number}" for number in range(20)]
    balancer = BandwidthBalancer(dict.fromkeys(names, GIGABIT), 60_000, 10)
    picked = []
    for now_ms in range(0, 40_000, 1_000):
        replay(balancer, [("record", name, 100, now_ms + place)
                          for place in range(50) for name in names])
        balancer.record(names[(now_ms // 1_000) % 20], 1, now_ms + 50)
        picked += replay(balancer, [("pick", now_ms + 50, "least_used")] * 80)
    # each second one more server has a byte more; then all have one, and it begins again
    assert picked == [name for name in names[1:] + names[:1] for _ in range(80)] * 2
