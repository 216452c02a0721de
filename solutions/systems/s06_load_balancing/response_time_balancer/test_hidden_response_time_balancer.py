"""The balancer against the formulas, whatever it picks."""

from math import exp

import pytest

from graders.kit import replay
from response_time_balancer import ResponseTimeBalancer


class Formulas:
    """All observations of all servers, and the contract's formulas applied to them anew."""

    def __init__(self, names, tau_ms):
        self.names, self.tau_ms = names, tau_ms
        self.seen = {name: [] for name in names}
        self.in_flight = dict.fromkeys(names, 0)

    def estimate(self, name, now_ms):
        """Return the decayed estimate, None before the first observation."""
        value, time_ms = None, 0
        for rtt_ms, at_ms in self.seen[name]:
            if value is None or rtt_ms >= value:
                value = rtt_ms
            else:
                share = exp(-max(0, at_ms - time_ms) / self.tau_ms)
                value = share * value + (1 - share) * rtt_ms
            time_ms = max(time_ms, at_ms)
        return None if value is None else value * exp(-max(0, now_ms - time_ms) / self.tau_ms)

    def score(self, name, now_ms):
        value = self.estimate(name, now_ms)
        if value is None:
            others = [self.estimate(other, now_ms) for other in self.names]
            known = [other for other in others if other is not None]
            value = (max(known, default=0) or 1.0) if self.in_flight[name] else 0.0
        return value * (self.in_flight[name] + 1)

    def scores(self, now_ms):
        return {name: self.score(name, now_ms) for name in self.names}


def near(value):
    """Return what compares equal to `value` within one part in 10**9."""
    return pytest.approx(value, rel=1e-9, abs=1e-12)


def play(rng, names, tau_ms, steps, clock):
    """Pick, answer and fail at random; check every choice and every score."""
    balancer, model = ResponseTimeBalancer(names, tau_ms), Formulas(names, tau_ms)
    now_ms, waiting = 0, []
    for _ in range(steps):
        now_ms = max(0, now_ms + clock())
        if waiting and rng.random() < 0.5:
            name = waiting.pop(rng.randrange(len(waiting)))
            rtt_ms = rng.choice([rng.uniform(0, 300), 0.0, 50.0])
            getattr(balancer, rng.choice(["observe", "fail"]))(name, rtt_ms, now_ms)
            model.in_flight[name] -= 1
            model.seen[name].append((rtt_ms, now_ms))
        else:
            before = model.scores(now_ms)
            name = balancer.pick(now_ms)
            assert before[name] == near(min(before.values())), (name, before)
            model.in_flight[name] += 1
            waiting.append(name)
    scores = replay(balancer, [("score", name, now_ms) for name in names])
    got = dict(zip(names, scores, strict=True))
    assert got == near(model.scores(now_ms))


@pytest.mark.stage(1)
def test_one_server_has_the_score_of_the_formulas(rng):
    for _ in range(8):
        play(rng, ["a"], rng.choice([0.5, 20, 1_000]), 40, lambda: rng.randint(0, 60))


@pytest.mark.stage(1)
def test_the_clock_may_jump_both_ways(rng):
    for _ in range(8):
        play(rng, ["a"], rng.choice([20, 1_000]), 40, lambda: rng.randint(-80, 100))


@pytest.mark.stage(2)
def test_every_choice_has_the_lowest_score(rng):
    for _ in range(5):
        names = [f"s{number}" for number in range(rng.randint(2, 6))]
        play(rng, names, rng.choice([20, 1_000]), 60, lambda: rng.randint(0, 40))


@pytest.mark.stage(2)
def test_every_choice_has_the_lowest_score_while_the_clock_jumps(rng):
    for _ in range(3):
        play(rng, ["c", "a", "b"], 200, 60, lambda: rng.randint(-50, 60))


@pytest.mark.stage(3)
def test_a_server_that_stops_answering_is_left_alone_for_long():
    tau_ms = 1_000
    balancer = ResponseTimeBalancer(["hung", "fine"], tau_ms)
    assert replay(balancer, [("pick", 0)] * 2) == ["hung", "fine"]
    balancer.observe("hung", 10.0, 10)
    balancer.observe("fine", 10.0, 10)
    picked = []
    for now_ms in range(10, 10 + 2 * tau_ms, 10):
        name = balancer.pick(now_ms)
        picked.append(name)
        if name == "fine":
            balancer.observe(name, 10.0, now_ms + 10)
    assert 1 <= picked.count("hung") <= 10


@pytest.mark.stage(3)
@pytest.mark.perf
def test_two_servers_with_a_long_history():
    balancer = ResponseTimeBalancer(["a", "b"], 5_000)
    for now_ms in range(0, 2_000, 100):
        chosen = replay(balancer, [("pick", now_ms)] * 200)
        replay(balancer, [("observe", name, 10.0, now_ms) for name in chosen])
    assert balancer.score("a", 2_000) == near(10 * exp(-0.02))
