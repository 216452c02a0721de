"""What the repaired round-robin load balancer must do."""

from collections import Counter

import pytest

from graders.kit import Raised, replay, run_threads
from round_robin_repair import NoServer, RoundRobinLoadBalancer


def take_turns(balancer, count):
    """Return the next `count` servers."""
    return replay(balancer, [("get_next_server",)] * count)


def result_of(answer):
    """Return a call's result as text; for an exception the name of its class."""
    return answer.name if isinstance(answer, Raised) else str(answer)


@pytest.mark.stub_passes("while nothing changes and one thread asks, the turns are right")
def test_servers_take_turns_in_the_order_of_the_list():
    balancer = RoundRobinLoadBalancer(["s1", "s2", "s3"])
    expected = ["s1", "s2", "s3", "s1", "s2", "s3", "s1", "s2", "s3", "s1"]
    assert take_turns(balancer, 10) == expected


def test_an_empty_balancer_says_so_and_goes_on_working():
    balancer = RoundRobinLoadBalancer([])
    with pytest.raises(NoServer):
        balancer.get_next_server()
    with pytest.raises(NoServer):
        balancer.get_next_server()
    balancer.add("s1")
    assert take_turns(balancer, 2) == ["s1", "s1"]
    assert balancer.remove("s1") is True
    with pytest.raises(NoServer):
        balancer.get_next_server()
    assert balancer.servers() == []


def test_removing_a_server_already_served_skips_nobody():
    balancer = RoundRobinLoadBalancer(["s1", "s2", "s3", "s4"])
    assert take_turns(balancer, 2) == ["s1", "s2"]
    assert balancer.remove("s1") is True
    assert take_turns(balancer, 4) == ["s3", "s4", "s2", "s3"]


def test_removing_the_next_server_passes_the_turn_to_its_successor():
    balancer = RoundRobinLoadBalancer(["s1", "s2", "s3", "s4"])
    assert take_turns(balancer, 1) == ["s1"]
    assert balancer.remove("s2") is True
    assert take_turns(balancer, 1) == ["s3"]
    assert balancer.remove("s4") is True
    assert take_turns(balancer, 3) == ["s1", "s3", "s1"]


def test_removing_a_server_further_on_does_not_move_the_turn():
    balancer = RoundRobinLoadBalancer(["s1", "s2", "s3", "s4"])
    assert take_turns(balancer, 1) == ["s1"]
    assert balancer.remove("s3") is True
    assert balancer.remove("s3") is False
    assert take_turns(balancer, 4) == ["s2", "s4", "s1", "s2"]


@pytest.mark.stub_passes("the faulty code appends a server rightly as long as it is a new name")
def test_an_added_server_is_served_at_the_end_of_the_lap():
    balancer = RoundRobinLoadBalancer(["s1", "s2", "s3"])
    assert take_turns(balancer, 1) == ["s1"]
    balancer.add("s4")
    assert take_turns(balancer, 5) == ["s2", "s3", "s4", "s1", "s2"]


@pytest.mark.stub_passes("the faulty code wraps its turn at once, as it should")
def test_a_server_added_between_two_laps_waits_for_the_whole_lap():
    balancer = RoundRobinLoadBalancer(["s1", "s2"])
    assert take_turns(balancer, 2) == ["s1", "s2"]
    balancer.add("s3")
    assert take_turns(balancer, 4) == ["s1", "s2", "s3", "s1"]


def test_a_name_can_be_there_only_once():
    with pytest.raises(ValueError):
        RoundRobinLoadBalancer(["s1", "s2", "s1"])
    balancer = RoundRobinLoadBalancer(["s1", "s2"])
    with pytest.raises(ValueError):
        balancer.add("s1")
    assert balancer.servers() == ["s1", "s2"]
    assert take_turns(balancer, 3) == ["s1", "s2", "s1"]


def test_a_list_of_servers_already_returned_stays_as_it_was():
    balancer = RoundRobinLoadBalancer(["s1", "s2"])
    operations = [("servers",), ("add", "s3"), ("servers",), ("remove", "s1"), ("servers",)]
    first, _, second, _, third = replay(balancer, operations)
    assert first == ["s1", "s2"]
    assert second == ["s1", "s2", "s3"]
    assert third == ["s2", "s3"]


def test_four_threads_share_the_turns_exactly():
    for seed in range(2):
        balancer = RoundRobinLoadBalancer(["s1", "s2", "s3"])
        answers = run_threads(balancer.get_next_server, [[()] * 150] * 4, seed=seed)
        counts = Counter(server for served in answers for server in served)
        assert dict(counts) == {"s1": 200, "s2": 200, "s3": 200}
        assert balancer.get_next_server() == "s1"


def test_threads_that_add_the_same_names_add_each_once():
    names = [f"s{number}" for number in range(20)]
    for seed in range(2):
        balancer = RoundRobinLoadBalancer([])
        calls = [[(name,) for name in names]] * 4
        answers = run_threads(balancer.add, calls, seed=seed, jitter=0.2)
        results = Counter(result_of(answer) for answered in answers for answer in answered)
        assert dict(results) == {"None": 20, "ValueError": 60}
        assert sorted(balancer.servers()) == sorted(names)


def test_threads_that_remove_the_same_names_remove_each_once():
    names = [f"s{number}" for number in range(20)]
    for seed in range(2):
        balancer = RoundRobinLoadBalancer(names)
        calls = [[(name,) for name in names]] * 4
        answers = run_threads(balancer.remove, calls, seed=seed, jitter=0.2)
        results = Counter(result_of(answer) for answered in answers for answer in answered)
        assert dict(results) == {"True": 20, "False": 60}
        assert balancer.servers() == []


@pytest.mark.stub_passes("the faulty code serves a request in constant time")
@pytest.mark.perf
def test_thirty_thousand_requests_to_twenty_thousand_servers():
    names = [f"s{number}" for number in range(20_000)]
    balancer = RoundRobinLoadBalancer(names)
    assert take_turns(balancer, 30_000) == names + names[:10_000]
