"""Visible suite of session_guarantees: each guarantee alone, together, and unions of reads."""

import pytest

from graders.kit import checked, replay
from session_guarantees import Session

ALL = {"RYW", "MR", "MW", "WFR"}
OLD = {"a": 2, "b": 9}  # lacks what was read, has what was written
NEW = {"a": 3}  # has what was read, lacks what was written


def session_with(*guarantees):
    """Make a session that has read the writes 1 to 3 of a, and written number 1 of b."""
    session = Session(set(guarantees))
    replay(session, [("did_read", {"a": 3}), ("did_write", "b", 1)])
    return session


def allowed(session, server):
    """Return what the session may do at a server: "r", "w", "rw" or ""."""
    read, write = replay(session, [("can_read", server), ("can_write", server)])
    return "r" * read + "w" * write


def test_without_guarantees_everything_is_allowed():
    session = session_with()
    assert [allowed(session, server) for server in (NEW, OLD, {})] == ["rw", "rw", "rw"]


def test_read_your_writes_looks_at_writes_before_a_read():
    session = session_with("RYW")
    assert [allowed(session, server) for server in (NEW, OLD, {})] == ["w", "rw", "w"]


def test_monotonic_reads_looks_at_reads_before_a_read():
    session = session_with("MR")
    assert [allowed(session, server) for server in (NEW, OLD, {})] == ["rw", "w", "w"]


def test_monotonic_writes_looks_at_writes_before_a_write():
    session = session_with("MW")
    assert [allowed(session, server) for server in (NEW, OLD, {})] == ["r", "rw", "r"]


def test_writes_follow_reads_looks_at_reads_before_a_write():
    session = session_with("WFR")
    assert [allowed(session, server) for server in (NEW, OLD, {})] == ["rw", "r", "r"]


def test_guarantees_add_up():
    session = session_with(*ALL)
    servers = (NEW, OLD, {"a": 3, "b": 1}, {"a": 9, "b": 9, "c": 1})
    assert [allowed(session, server) for server in servers] == ["", "", "rw", "rw"]
    session = session_with("RYW", "WFR")
    assert [allowed(session, server) for server in (NEW, OLD)] == ["w", "r"]


def test_a_new_session_is_served_everywhere():
    session = Session(ALL)
    assert [allowed(session, server) for server in ({}, NEW, OLD)] == ["rw", "rw", "rw"]
    replay(session, [("did_read", {}), ("did_read", {"a": 0})])
    assert allowed(session, {}) == "rw"


def test_what_was_read_is_the_union_of_all_reads():
    session = Session({"MR"})
    replay(session, [("did_read", {"a": 3}), ("did_read", {"b": 5}), ("did_read", {"a": 1})])
    servers = ({"a": 3}, {"b": 5}, {"a": 3, "b": 4}, {"a": 1, "b": 9}, {"a": 3, "b": 5})
    assert replay(session, [("can_read", server) for server in servers]) == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_what_was_written_is_all_writes_wherever_they_were_accepted():
    session = Session({"RYW", "MW"})
    replay(session, [("did_write", "b", 4), ("did_write", "c", 1), ("did_write", "b", 6)])
    servers = ({"b": 9}, {"c": 9}, {"b": 5, "c": 1}, {"b": 6, "c": 1})
    assert [allowed(session, server) for server in servers] == ["", "", "", "rw"]
    session.did_write("b", 5)
    assert allowed(session, {"b": 5, "c": 1}) == ""


def test_pick_takes_the_first_name_that_may_serve():
    session = session_with("MR", "MW")
    servers = {"y": {"a": 4, "b": 1}, "x": {"a": 3}, "w": OLD, "z": {"a": 9, "b": 9}}
    assert session.pick("read", servers) == "x"
    assert session.pick("write", servers) == "w"
    assert session.pick("write", {"x": {"a": 3}, "v": {}}) is None
    assert session.pick("read", {}) is None
    assert Session(set()).pick("read", servers) == "w"


def test_picking_counts_as_neither_read_nor_write():
    session = Session(ALL)
    servers = {"x": {"a": 3}, "y": {"a": 9}}
    steps = [("pick", "read", servers), ("pick", "write", servers)] * 2
    assert replay(session, steps) == ["x", "x", "x", "x"]
    assert allowed(session, {}) == "rw"


def test_names_that_are_not_known_are_refused():
    for guarantees in ({"ryw"}, {"MR", "SC"}, {""}):
        with pytest.raises(ValueError):
            Session(guarantees)
    for op in ("", "Read", "cas"):
        with pytest.raises(ValueError):
            Session(set()).pick(op, {"x": {}})


def test_arguments_are_left_as_they_are():
    session = session_with(*ALL)
    for method in (session.did_read, session.can_read, session.can_write):
        assert checked(method, {"b": 0, "c": 7})[1] == ({"b": 0, "c": 7},)
    servers = {"y": {"a": 4}, "x": {}}
    assert checked(session.pick, "read", servers)[1] == ("read", {"y": {"a": 4}, "x": {}})


@pytest.mark.perf
def test_four_thousand_reads_and_ten_thousand_candidates():
    session = Session(ALL)
    steps = []
    for number in range(4_000):
        vector = {f"o{place}": 8 + number - place for place in range(8)}
        steps += [("did_read", vector), ("can_read", vector)]
    assert replay(session, steps)[1::2].count(True) == 4_000
    behind = {f"o{place}": 4_007 - place for place in range(7)}
    servers = {f"s{number:03}": behind for number in range(199)} | {"t": behind | {"o7": 4_000}}
    assert replay(session, [("pick", "write", servers)] * 50) == ["t"] * 50
