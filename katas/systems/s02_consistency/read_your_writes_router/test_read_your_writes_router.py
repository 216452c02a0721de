"""Visible suite of read_your_writes_router: tokens, positions, and whose turn it is."""

import pytest

from graders.kit import replay
from read_your_writes_router import SessionRouter


def router_at(**positions):
    """Make a router whose replicas, in this order, have reported these positions."""
    router = SessionRouter(list(positions))
    replay(router, [("on_progress", name, lsn) for name, lsn in positions.items()])
    return router


def reads(router, session, count):
    """Return where the next `count` reads of the session go."""
    return replay(router, [("route_read", session)] * count)


def test_a_session_reads_where_its_write_has_arrived():
    router = router_at(r1=9, r2=10)
    router.on_write("ann", 10)
    assert reads(router, "ann", 3) == ["r2", "r2", "r2"]
    router.on_progress("r1", 10)
    assert reads(router, "ann", 2) == ["r1", "r2"]


def test_a_session_that_wrote_nothing_uses_all_replicas_in_turn():
    router = router_at(r1=9, r2=10, r3=0)
    assert reads(router, "bob", 5) == ["r1", "r2", "r3", "r1", "r2"]
    router.on_write("ann", 10)
    assert reads(router, "bob", 3) == ["r3", "r1", "r2"]


def test_the_primary_serves_while_no_replica_has_the_write():
    router = router_at(r1=9, r2=10)
    router.on_write("ann", 11)
    assert reads(router, "ann", 2) == ["primary", "primary"]
    router.on_progress("r1", 12)
    assert reads(router, "ann", 2) == ["r1", "r1"]


def test_sessions_share_one_turn_that_passes_over_replicas_which_are_behind():
    router = router_at(r1=5, r2=7, r3=9)
    router.on_write("ann", 6)
    steps = [("route_read", session) for session in ("bob", "ann", "ann", "ann", "bob", "bob")]
    assert replay(router, steps) == ["r1", "r2", "r3", "r2", "r3", "r1"]


def test_a_read_sent_to_the_primary_leaves_the_turn_alone():
    router = router_at(r1=5, r2=5, r3=5)
    router.on_write("ann", 6)
    steps = [("route_read", session) for session in ("bob", "ann", "bob", "ann", "ann", "bob")]
    assert replay(router, steps) == ["r1", "primary", "r2", "primary", "primary", "r3"]


def test_a_write_reported_late_does_not_lower_the_token():
    router = router_at(r1=9, r2=11)
    replay(router, [("on_write", "ann", lsn) for lsn in (8, 11, 7)])
    assert router.token("ann") == 11
    assert router.token("bob") == 0
    assert reads(router, "ann", 2) == ["r2", "r2"]


def test_reading_leaves_the_token_as_it_is():
    router = router_at(r1=9, r2=10)
    router.on_write("ann", 3)
    assert reads(router, "ann", 2) == ["r1", "r2"]
    assert reads(router, "bob", 2) == ["r1", "r2"]
    assert replay(router, [("token", "ann"), ("token", "bob")]) == [3, 0]
    assert reads(router, "ann", 2) == ["r1", "r2"]


def test_a_rebuilt_replica_counts_from_where_it_is_now():
    router = router_at(r1=10, r2=12)
    router.on_write("ann", 10)
    assert reads(router, "ann", 2) == ["r1", "r2"]
    router.on_progress("r1", 0)
    assert reads(router, "ann", 2) == ["r2", "r2"]
    assert reads(router, "bob", 2) == ["r1", "r2"]
    router.on_progress("r1", 10)
    assert reads(router, "ann", 2) == ["r1", "r2"]


def test_a_replica_that_is_down_serves_nobody_until_it_reports():
    router = router_at(r1=10, r2=10)
    replay(router, [("on_replica_down", "r1"), ("on_replica_down", "r1")])
    assert reads(router, "bob", 3) == ["r2", "r2", "r2"]
    router.on_replica_down("r2")
    assert reads(router, "bob", 2) == ["primary", "primary"]
    router.on_progress("r1", 0)
    assert reads(router, "bob", 2) == ["r1", "r1"]


def test_a_replica_serves_nobody_before_its_first_report():
    assert reads(SessionRouter([]), "bob", 2) == ["primary", "primary"]
    router = SessionRouter(["r1", "r2"])
    assert reads(router, "bob", 2) == ["primary", "primary"]
    router.on_progress("r2", 0)
    assert reads(router, "bob", 2) == ["r2", "r2"]


def test_a_session_goes_on_with_another_router():
    first = router_at(r1=10, r2=11)
    first.on_write("ann", 11)
    second = router_at(r1=10, r2=11)
    second.resume("ann", first.token("ann"))
    assert reads(second, "ann", 2) == ["r2", "r2"]
    replay(second, [("on_write", "ann", 13), ("resume", "ann", 12)])
    assert second.token("ann") == 13
    assert reads(second, "ann", 1) == ["primary"]
    assert reads(second, "bob", 2) == ["r1", "r2"]


def test_names_that_cannot_be_are_refused():
    for names in (["r1", "r2", "r1"], ["primary"], ["r1", "primary"]):
        with pytest.raises(ValueError):
            SessionRouter(names)
    router = router_at(r1=1)
    with pytest.raises(ValueError):
        router.on_progress("r9", 5)
    with pytest.raises(ValueError):
        router.on_replica_down("r9")
    assert reads(router, "bob", 2) == ["r1", "r1"]


@pytest.mark.perf
def test_thirty_thousand_reads_over_two_thousand_replicas():
    names = [f"r{number}" for number in range(2_000)]
    router = SessionRouter(names)
    replay(router, [("on_progress", name, 100) for name in names])
    replay(router, [("on_progress", names[place], 50) for place in range(0, 2_000, 100)])
    sessions = [f"s{number}" for number in range(1_000)]
    replay(router, [("on_write", name, 60) for name in sessions])
    far_enough = [name for place, name in enumerate(names) if place % 100]
    answers = replay(router, [("route_read", name) for name in sessions * 30])
    assert answers == (far_enough * 16)[:30_000]
