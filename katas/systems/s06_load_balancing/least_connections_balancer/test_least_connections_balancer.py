"""What the weighted least-connections balancer must do."""

import pytest

from graders.kit import replay
from least_connections_balancer import LeastConnections


def acquire(balancer, count):
    """Return the servers of the next `count` connections."""
    return replay(balancer, [("acquire",)] * count)


def test_the_fewest_open_connections_win():
    balancer = LeastConnections({"a": 1, "b": 1})
    assert acquire(balancer, 3) == ["a", "b", "a"]
    balancer.release("a")
    balancer.release("a")
    assert acquire(balancer, 1) == ["a"]
    balancer.release("b")
    assert acquire(balancer, 1) == ["b"]


def test_connections_count_in_proportion_to_the_weight():
    balancer = LeastConnections({"a": 1, "b": 3})
    assert acquire(balancer, 6) == ["b", "a", "b", "b", "b", "a"]
    assert [balancer.open("a"), balancer.open("b")] == [2, 4]


def test_open_connections_count_and_not_those_that_have_been():
    balancer = LeastConnections({"a": 1, "b": 1})
    answers = replay(balancer, [("acquire",), ("release", "a")] * 5)
    assert answers[::2] == ["a"] * 5
    assert acquire(balancer, 3) == ["a", "b", "a"]


def test_equal_servers_are_taken_in_their_order():
    balancer = LeastConnections({"z": 2, "m": 2, "a": 2})
    assert acquire(balancer, 4) == ["z", "m", "a", "z"]
    for server in ("a", "z", "z", "m"):
        balancer.release(server)
    assert acquire(balancer, 3) == ["z", "m", "a"]


def test_quotients_that_a_float_can_not_tell_apart_are_different():
    large = 10**17
    balancer = LeastConnections({"a": large, "b": 2 * large - 1})
    # 1/a is less than 2/b, by about one part in 10**17
    assert acquire(balancer, 4) == ["b", "a", "b", "a"]


def test_only_an_open_connection_can_be_released():
    balancer = LeastConnections({"a": 1, "b": 1})
    with pytest.raises(ValueError):
        balancer.release("a")
    with pytest.raises(ValueError):
        balancer.release("nobody")
    assert acquire(balancer, 2) == ["a", "b"]
    balancer.release("a")
    with pytest.raises(ValueError):
        balancer.release("a")
    assert [balancer.open("a"), balancer.open("b"), balancer.open("nobody")] == [0, 1, 0]
    assert acquire(balancer, 2) == ["a", "a"]


def test_a_draining_server_keeps_its_connections_and_gets_no_new_ones():
    balancer = LeastConnections({"a": 1, "b": 1})
    assert acquire(balancer, 4) == ["a", "b", "a", "b"]
    assert balancer.drain("b") is True
    balancer.release("b")
    assert balancer.open("b") == 1
    assert acquire(balancer, 3) == ["a", "a", "a"]
    balancer.release("b")
    assert balancer.open("b") == 0
    with pytest.raises(ValueError):
        balancer.release("b")
    assert acquire(balancer, 1) == ["a"]


def test_draining_tells_whether_it_began():
    balancer = LeastConnections({"a": 1, "b": 1})
    assert acquire(balancer, 1) == ["a"]
    assert balancer.drain("a") is True
    assert balancer.drain("a") is False
    assert balancer.drain("nobody") is False
    assert balancer.drain("b") is True
    assert balancer.drain("b") is False


def test_without_a_server_that_takes_connections_there_is_an_error():
    with pytest.raises(LookupError):
        LeastConnections({}).acquire()
    balancer = LeastConnections({"a": 1, "b": 1})
    assert acquire(balancer, 1) == ["a"]
    balancer.drain("a")
    balancer.drain("b")
    with pytest.raises(LookupError):
        balancer.acquire()
    balancer.add("c", 1)
    assert acquire(balancer, 2) == ["c", "c"]
    assert balancer.open("a") == 1


def test_a_server_that_joins_gets_what_makes_it_even():
    balancer = LeastConnections({"a": 1, "b": 1})
    assert acquire(balancer, 4) == ["a", "b", "a", "b"]
    balancer.add("c", 2)
    assert acquire(balancer, 6) == ["c", "c", "c", "c", "c", "a"]


def test_a_name_is_taken_until_its_server_is_gone():
    balancer = LeastConnections({"a": 1, "b": 1})
    with pytest.raises(ValueError):
        balancer.add("a", 5)
    assert acquire(balancer, 2) == ["a", "b"]
    balancer.drain("a")
    with pytest.raises(ValueError):
        balancer.add("a", 5)
    balancer.release("a")
    balancer.release("b")
    balancer.add("a", 1)
    assert acquire(balancer, 3) == ["b", "a", "b"]


def test_weights_are_at_least_one():
    for weight in (0, -1):
        with pytest.raises(ValueError):
            LeastConnections({"a": 1, "b": weight})
    balancer = LeastConnections({"a": 1})
    with pytest.raises(ValueError):
        balancer.add("b", 0)
    assert acquire(balancer, 2) == ["a", "a"]
    balancer.add("b", 1)
    assert acquire(balancer, 2) == ["b", "b"]


@pytest.mark.perf
def test_four_thousand_servers_and_twenty_eight_thousand_connections():
    names = [f"s{number}" for number in range(4_000)]
    balancer = LeastConnections(dict.fromkeys(names, 3))
    assert acquire(balancer, 20_000) == names * 5
    # one server after the other gives a connection back and gets the next
    steps = [call for name in names * 2 for call in (("release", name), ("acquire",))]
    assert replay(balancer, steps)[1::2] == names * 2
