"""Hidden suite: a primary and its replicas as sets of writes, against every choice of the router.

The model knows no positions: a replica may serve a session when its set of writes contains what
the session wrote.
"""

import pytest

from graders.kit import Raised, replay
from read_your_writes_router import SessionRouter


class Shop:
    """Writes in the order of the primary, what of them each replica has, and whose turn it is."""

    def __init__(self, names):
        self.names = names
        self.log = []  # session of each write
        self.has = dict.fromkeys(names)  # name: set of writes, None while out of service
        self.wrote = {}  # session: set of writes that the router knows of
        self.next = names[0] if names else None

    def write(self, session):
        self.log.append(session)
        return len(self.log)

    def fits(self, name, session):
        has = self.has[name]
        return has is not None and self.wrote.get(session, set()) <= has

    def read(self, session):
        start = self.names.index(self.next) if self.names else 0
        circle = self.names[start:] + self.names[:start]
        for place, name in enumerate(circle):
            if self.fits(name, session):
                self.next = (circle * 2)[place + 1]
                return name
        return "primary"


def random_run(rng, shop, sessions, count):
    """Return `count` calls and what each must return; writes may be reported late or never."""
    calls, right, unreported = [], [], []

    def step(result, *call):
        calls.append(call)
        right.append(result)

    for _ in range(count):
        session, action = rng.choice(sessions), rng.random()
        if action < 0.2:
            unreported.append((session, shop.write(session)))
        elif action < 0.35 and unreported:
            session, lsn = unreported.pop(rng.randrange(len(unreported)))
            shop.wrote.setdefault(session, set()).add(lsn)
            step(None, rng.choice(["on_write", "resume"]), session, lsn)
        elif action < 0.55 and shop.names:
            name = rng.choice(shop.names)
            lsn = rng.randint(max(0, len(shop.log) - 4), len(shop.log))
            if rng.random() < 0.1:
                lsn = rng.randint(0, len(shop.log))
            shop.has[name] = set(range(1, lsn + 1))
            step(None, "on_progress", name, lsn)
        elif action < 0.6 and shop.names:
            name = rng.choice(shop.names)
            shop.has[name] = None
            step(None, "on_replica_down", name)
        elif action < 0.9:
            step(shop.read(session), "route_read", session)
        else:
            step(max(shop.wrote.get(session, {0})), "token", session)
    return calls, right


def assert_same(router, calls, right):
    """Compare all answers; the message names the first call that differs."""
    answers = replay(router, calls, errors="keep")
    for place, (got, want) in enumerate(zip(answers, right, strict=True)):
        got = got.name if isinstance(got, Raised) else got
        assert got == want, f"call {place} of {calls[: place + 1]}"


def test_random_runs_send_each_read_where_the_sets_allow(rng):
    for size in (0, 1, 2, 3, 6):
        names = [f"r{number}" for number in range(size)]
        rng.shuffle(names)
        shop = Shop(names)
        assert_same(SessionRouter(names), *random_run(rng, shop, ["ann", "bob", "eve"], 250))


def test_two_routers_and_the_callers_list_share_nothing(rng):
    names = ["r1", "r2"]
    shops = [Shop(["r1", "r2"]), Shop(["r1", "r2"])]
    routers = [SessionRouter(names), SessionRouter(names)]
    for _ in range(12):
        for shop, router in zip(shops, routers, strict=True):
            assert_same(router, *random_run(rng, shop, ["ann", "bob"], 10))


def test_an_error_changes_neither_position_nor_turn():
    router = SessionRouter(["r1", "r2"])
    replay(router, [("on_progress", "r1", 4), ("on_progress", "r2", 4), ("route_read", "bob")])
    for call in (("on_progress", "primary", 9), ("on_replica_down", "primary")):
        with pytest.raises(ValueError):
            replay(router, [call])
    calls = [("on_write", "ann", 5), ("route_read", "ann"), ("route_read", "bob")]
    assert replay(router, calls) == [None, "primary", "r2"]
