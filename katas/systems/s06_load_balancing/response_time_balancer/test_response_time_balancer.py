"""What the response-time balancer must do."""

from heapq import heappop, heappush
from math import exp

import pytest

from graders.kit import replay
from response_time_balancer import ResponseTimeBalancer


def close(value):
    """Return what compares equal to `value` within one part in 10**9."""
    return pytest.approx(value, rel=1e-9, abs=1e-12)


def observed(rtts, tau_ms=10_000):
    """Return a balancer of these servers (name: first response time), each observed once at 0."""
    balancer = ResponseTimeBalancer(list(rtts), tau_ms)
    for _ in rtts:
        balancer.pick(0)
    for name, rtt_ms in rtts.items():
        balancer.observe(name, rtt_ms, 0)
    return balancer


@pytest.mark.stage(1)
def test_the_first_answer_is_the_estimate():
    balancer = ResponseTimeBalancer(["a"], 10_000)
    assert balancer.score("a", 0) == 0
    assert balancer.pick(0) == "a"
    balancer.observe("a", 30.0, 40)
    assert balancer.score("a", 40) == close(30)


@pytest.mark.stage(1)
def test_a_faster_answer_lowers_the_estimate_by_the_time_passed():
    balancer = observed({"a": 100.0})
    balancer.pick(0)
    balancer.observe("a", 50.0, 10_000)
    assert balancer.score("a", 10_000) == close(100 * exp(-1) + 50 * (1 - exp(-1)))  # 68.39…
    balancer.pick(10_000)
    balancer.observe("a", 50.0, 10_000)
    assert balancer.score("a", 10_000) == close(100 * exp(-1) + 50 * (1 - exp(-1)))


@pytest.mark.stage(1)
def test_a_slower_answer_is_believed_at_once():
    balancer = observed({"a": 10.0})
    balancer.pick(5)
    balancer.observe("a", 400.0, 6)
    assert balancer.score("a", 6) == close(400)


@pytest.mark.stage(1)
def test_the_estimate_sinks_while_nothing_is_heard():
    balancer = observed({"a": 80.0}, tau_ms=500)
    assert balancer.score("a", 250) == close(80 * exp(-0.5))
    assert balancer.score("a", 1_000) == close(80 * exp(-2))
    assert balancer.score("a", 0) == close(80)


@pytest.mark.stage(1)
def test_what_is_in_flight_multiplies():
    balancer = observed({"a": 20.0})
    balancer.pick(0)
    balancer.pick(0)
    assert balancer.score("a", 0) == close(60)
    balancer.observe("a", 20.0, 0)
    assert balancer.score("a", 0) == close(40)


@pytest.mark.stage(1)
def test_a_clock_that_goes_back_stands_still():
    balancer = ResponseTimeBalancer(["a"], 1_000)
    balancer.pick(5_000)
    balancer.observe("a", 40.0, 5_000)
    assert balancer.score("a", 3_000) == close(40)
    balancer.pick(3_000)
    balancer.observe("a", 10.0, 3_000)
    assert balancer.score("a", 3_000) == close(40)
    # the estimate still belongs to 5,000
    assert balancer.score("a", 6_000) == close(40 * exp(-1))


@pytest.mark.stage(1)
def test_only_what_is_in_flight_can_be_answered():
    balancer = observed({"a": 20.0, "b": 30.0})
    for wrong in [("a", 5.0, 10), ("nobody", 5.0, 10)]:
        with pytest.raises(ValueError):
            balancer.observe(*wrong)
    assert balancer.pick(0) == "a"
    with pytest.raises(ValueError):
        balancer.observe("a", -0.5, 10)
    with pytest.raises(ValueError):
        balancer.observe("b", 5.0, 10)
    assert balancer.score("a", 0) == close(40)
    assert balancer.score("b", 0) == close(30)
    with pytest.raises(ValueError):
        balancer.score("nobody", 0)


@pytest.mark.stage(1)
def test_a_balancer_needs_different_servers_and_a_time():
    for servers, tau_ms in [([], 100), (["a", "b", "a"], 100), (["a"], 0), (["a"], -1)]:
        with pytest.raises(ValueError):
            ResponseTimeBalancer(servers, tau_ms)
    assert ResponseTimeBalancer(["a"], 0.5).pick(0) == "a"


@pytest.mark.stage(2)
def test_the_lowest_score_wins():
    balancer = observed({"a": 50.0, "b": 20.0, "c": 35.0})
    # b 20, c 35, b 40, a 50, b 60, c 70
    assert replay(balancer, [("pick", 0)] * 6) == ["b", "c", "b", "a", "b", "c"]


@pytest.mark.stage(2)
def test_equal_scores_are_taken_in_the_order_of_the_list():
    balancer = observed({"z": 25.0, "m": 25.0, "a": 25.0})
    assert replay(balancer, [("pick", 70)] * 4) == ["z", "m", "a", "z"]


@pytest.mark.stage(2)
def test_servers_never_observed_come_first_one_request_each():
    balancer = ResponseTimeBalancer(["a", "b", "c"], 10_000)
    assert balancer.pick(0) == "a"
    balancer.observe("a", 10.0, 10)
    assert replay(balancer, [("pick", 10)] * 2) == ["b", "c"]
    # both wait for an answer: as slow as the slowest known server, times two
    assert balancer.score("b", 10) == close(20)
    assert replay(balancer, [("pick", 10), ("pick", 10)]) == ["a", "a"]
    assert balancer.score("c", 10_010) == close(20 * exp(-1))


@pytest.mark.stage(2)
def test_while_nothing_is_known_requests_are_spread_evenly():
    balancer = ResponseTimeBalancer(["a", "b", "c"], 10_000)
    assert replay(balancer, [("pick", 0)] * 7) == ["a", "b", "c", "a", "b", "c", "a"]
    assert [balancer.score(name, 0) for name in ("a", "b", "c")] == [4.0, 3.0, 3.0]


@pytest.mark.stage(2)
def test_a_silent_server_is_judged_by_the_slowest_known_one():
    balancer = ResponseTimeBalancer(["a", "b", "c"], 10_000)
    replay(balancer, [("pick", 0)] * 3)
    balancer.observe("a", 10.0, 0)
    balancer.observe("b", 70.0, 0)
    assert balancer.score("c", 0) == close(140)
    # a has 10, 20, … 70: the eighth is b's, at 70
    assert replay(balancer, [("pick", 0)] * 7) == ["a", "a", "a", "a", "a", "a", "a"]
    assert balancer.pick(0) == "b"


@pytest.mark.stage(2)
def test_a_server_that_never_answers_is_asked_once():
    balancer = ResponseTimeBalancer(["hung", "fine"], 100_000)
    picked = []
    for number in range(100):
        name = balancer.pick(10 * number)
        picked.append(name)
        if name == "fine":
            balancer.observe("fine", 10.0, 10 * number + 10)
    assert picked.count("hung") == 1


@pytest.mark.stage(3)
def test_a_failure_counts_as_a_slow_answer():
    balancer = observed({"a": 5.0, "b": 40.0})
    assert balancer.pick(0) == "a"
    balancer.fail("a", 1_000.0, 2)
    assert balancer.score("a", 2) == close(1_000)
    assert balancer.pick(2) == "b"
    with pytest.raises(ValueError):
        balancer.fail("a", 1_000.0, 2)
    with pytest.raises(ValueError):
        balancer.fail("b", -1.0, 2)
    assert balancer.score("b", 0) == close(80)


@pytest.mark.stage(3)
def test_a_server_that_fails_fast_does_not_attract_requests():
    balancer = ResponseTimeBalancer(["broken", "fine"], 1_000)
    picked = []
    for number in range(200):
        now_ms = 10 * number
        name = balancer.pick(now_ms)
        picked.append(name)
        if name == "broken":
            balancer.fail(name, 500.0, now_ms + 1)
        else:
            balancer.observe(name, 20.0, now_ms + 20)
    assert picked.count("broken") == 1


@pytest.mark.stage(3)
@pytest.mark.parametrize("at_once", [4, 24])
def test_a_server_twice_as_slow_gets_less_but_not_nothing(at_once):
    balancer, times_ms = ResponseTimeBalancer(["slow", "fast"], 1_000), {"slow": 20, "fast": 10}
    waiting, picked, now_ms = [], [], 0
    for _ in range(300):
        if len(waiting) == at_once:
            now_ms, name = heappop(waiting)
            balancer.observe(name, float(times_ms[name]), now_ms)
        picked.append(balancer.pick(now_ms))
        heappush(waiting, (now_ms + times_ms[picked[-1]], picked[-1]))
    assert 30 <= picked.count("slow") <= 100


@pytest.mark.stage(3)
@pytest.mark.perf
def test_forty_servers_and_six_thousand_answers():
    names = [f"s{number}" for number in range(40)]
    balancer = ResponseTimeBalancer(names, 5_000)
    picked = []
    for now_ms in range(0, 3_000, 100):
        chosen = replay(balancer, [("pick", now_ms)] * 200)
        replay(balancer, [("observe", name, 10.0 + int(name[1:]), now_ms + 50) for name in chosen])
        picked += chosen
    assert set(picked) == set(names)
    assert picked.count("s0") > picked.count("s39")
