"""The registry against a list that is looked through anew at every call, and under threads."""

from collections import Counter

import pytest

from graders.kit import Raised, replay, run_threads
from service_registry_repair import ServiceNotFound, ServiceRegistry, get_registry


class PlainRegistry:
    """The contract at its plainest: [name, url, end of lease] in one list, and whose turn it is."""

    def __init__(self, ttl_ms):
        self.ttl_ms = ttl_ms
        self.now_ms = 0
        self.rows = []
        self.turn = {}  # name: url that is next

    def of(self, name):
        return [row[1] for row in self.rows if row[0] == name]

    def remove(self, name, url):
        urls = self.of(name)
        if self.turn[name] == url:
            self.turn[name] = (urls * 2)[urls.index(url) + 1]
        self.rows = [row for row in self.rows if row[:2] != [name, url]]

    def advance(self, now_ms):
        self.now_ms = max(self.now_ms, now_ms)
        for name, url, end_ms in list(self.rows):
            if end_ms <= self.now_ms:
                self.remove(name, url)

    def register(self, name, url, now_ms):
        if not self.heartbeat(name, url, now_ms):
            if not self.of(name):
                self.turn[name] = url
            self.rows.append([name, url, self.now_ms + self.ttl_ms])

    def heartbeat(self, name, url, now_ms):
        self.advance(now_ms)
        for row in self.rows:
            if row[:2] == [name, url]:
                row[2] = self.now_ms + self.ttl_ms
                return True
        return False

    def deregister(self, name, url):
        found = url in self.of(name)
        if found:
            self.remove(name, url)
        return found

    def get_service(self, name, now_ms):
        self.advance(now_ms)
        urls = self.of(name)
        if not urls:
            return "ServiceNotFound"
        served = self.turn[name]
        self.turn[name] = (urls * 2)[urls.index(served) + 1]
        return served

    def instances(self, name, now_ms):
        self.advance(now_ms)
        return self.of(name)


def random_steps(rng, count, services, urls, longest_pause_ms):
    """Return calls at times that mostly go forward, sometimes far back."""
    now_ms = 0
    steps = []
    for _ in range(count):
        now_ms += rng.randint(0, longest_pause_ms)
        at = now_ms if rng.random() < 0.9 else rng.randint(0, now_ms)
        name, url = f"s{rng.randrange(services)}", f"u{rng.randrange(urls)}"
        method = rng.choice(["register"] * 3 + ["heartbeat"] * 3 + ["get_service"] * 4 + ["leave"])
        if method == "leave":
            steps.append(("deregister", name, url))
        elif method == "get_service":
            steps.append((method, name, at))
        else:
            steps.append((method, name, url, at))
        if rng.random() < 0.3:
            steps.append(("instances", name, at))
    return steps


def assert_same(registry, model, steps):
    """Compare all answers; the message names the first call that differs."""
    answers = replay(registry, steps, errors="keep")
    for position, (method, *args) in enumerate(steps):
        got = answers[position]
        got = got.name if isinstance(got, Raised) else got
        want = getattr(model, method)(*args)
        assert got == want, f"call {position} of {steps[: position + 1]}"


def test_random_calls_answer_like_the_model(rng):
    for ttl_ms in (1, 20, 60):
        for _ in range(3):
            steps = random_steps(rng, 150, services=2, urls=5, longest_pause_ms=8)
            assert_same(ServiceRegistry(ttl_ms), PlainRegistry(ttl_ms), steps)


def test_every_silence_at_every_turn_keeps_the_order():
    urls = ["u1", "u2", "u3", "u4"]
    for turn in range(5):
        for silent in urls:
            steps = [("register", "s", url, 0) for url in urls]
            steps += [("get_service", "s", 1)] * turn
            steps += [("heartbeat", "s", url, 5) for url in urls if url != silent]
            # the silent one comes back after its lease has ended: it is new, and the last
            steps += [("register", "s", silent, 10), ("instances", "s", 10)]
            steps += [("get_service", "s", 11)] * 6
            assert_same(ServiceRegistry(10), PlainRegistry(10), steps)


def test_two_registries_share_nothing(rng):
    first, first_model = ServiceRegistry(30), PlainRegistry(30)
    second, second_model = ServiceRegistry(40), PlainRegistry(40)
    for _ in range(8):
        assert_same(first, first_model, random_steps(rng, 12, 1, 3, 4))
        assert_same(second, second_model, random_steps(rng, 12, 1, 3, 4))
    assert get_registry().instances("s0", 0) == []


def test_threads_that_serve_renew_and_leave_end_as_one_thread_would(rng):
    registry = ServiceRegistry(10)
    replay(registry, [("register", "s", f"u{n}", 0) for n in range(7)])
    calls = [[("s", 0)] * 25] * 8
    answers = run_threads(registry.get_service, calls, seed=rng.randrange(10**6), jitter=0.1)
    counts = Counter(url for served in answers for url in served)
    # 200 turns are 28 laps of seven and four turns more
    assert dict(counts) == {f"u{n}": 29 if n < 4 else 28 for n in range(7)}
    assert registry.get_service("s", 0) == "u4"
    gone = run_threads(
        registry.deregister,
        [[("s", f"u{n}") for n in range(7)]] * 6,
        seed=rng.randrange(10**6),
        jitter=0.3,
    )
    assert Counter(answer for each in gone for answer in each) == {True: 7, False: 35}
    with pytest.raises(LookupError) as caught:
        registry.get_service("s", 0)
    assert isinstance(caught.value, ServiceNotFound)
