"""What the balancer of free slots must do."""

import pytest

from graders.kit import replay
from parallelism_balancer import Overloaded, ParallelismBalancer


def submit(balancer, *requests):
    """Return the servers of these requests, None for those that wait."""
    return replay(balancer, [("submit", req) for req in requests])


def test_the_most_free_slots_win_and_not_the_most_slots():
    balancer = ParallelismBalancer({"large": 5, "small": 3}, 0)
    # free: 5 and 3, 4 and 3, 3 and 3, 2 and 3, 2 and 2, 1 and 2, 1 and 1
    assert submit(balancer, "r1", "r2", "r3", "r4") == ["large", "large", "large", "small"]
    assert submit(balancer, "r5", "r6", "r7") == ["large", "small", "large"]
    assert [balancer.running("large"), balancer.running("small")] == [5, 2]


def test_equal_servers_are_taken_in_the_order_of_the_dict():
    balancer = ParallelismBalancer({"z": 2, "m": 2, "a": 2}, 0)
    assert submit(balancer, "r1", "r2", "r3", "r4") == ["z", "m", "a", "z"]
    assert balancer.complete("r2") == []
    assert submit(balancer, "r5", "r6") == ["m", "m"]


def test_what_finds_no_slot_waits_and_starts_in_the_order_of_arrival():
    balancer = ParallelismBalancer({"a": 1, "b": 1}, 5)
    assert submit(balancer, "r1", "r2", "r3", "r4", "r5") == ["a", "b", None, None, None]
    assert balancer.complete("r2") == [("r3", "b")]
    assert balancer.complete("r1") == [("r4", "a")]
    assert balancer.complete("r3") == [("r5", "b")]
    assert balancer.complete("r4") == []
    assert [balancer.running("a"), balancer.running("b")] == [0, 1]


def test_a_new_request_does_not_pass_those_that_wait():
    balancer = ParallelismBalancer({"a": 1}, 5)
    assert submit(balancer, "r1", "r2", "r3") == ["a", None, None]
    assert balancer.complete("r1") == [("r2", "a")]
    assert submit(balancer, "r4") == [None]
    assert balancer.complete("r2") == [("r3", "a")]
    assert balancer.complete("r3") == [("r4", "a")]


def test_a_full_queue_refuses():
    balancer = ParallelismBalancer({"a": 1}, 2)
    assert submit(balancer, "r1", "r2", "r3") == ["a", None, None]
    with pytest.raises(Overloaded):
        balancer.submit("r4")
    assert balancer.complete("r1") == [("r2", "a")]
    assert submit(balancer, "r4") == [None]
    with pytest.raises(Overloaded):
        balancer.submit("r5")
    nobody_waits = ParallelismBalancer({"a": 1}, 0)
    assert submit(nobody_waits, "r1") == ["a"]
    with pytest.raises(Overloaded):
        nobody_waits.submit("r2")


def test_a_request_is_there_once():
    balancer = ParallelismBalancer({"a": 1}, 1)
    assert submit(balancer, "r1", "r2") == ["a", None]
    for req in ("r1", "r2"):
        with pytest.raises(ValueError):
            balancer.submit(req)
    assert balancer.complete("r1") == [("r2", "a")]
    assert submit(balancer, "r1") == [None]


def test_only_what_runs_can_be_completed():
    balancer = ParallelismBalancer({"a": 2}, 5)
    assert submit(balancer, "r1", "r2", "r3", "r4") == ["a", "a", None, None]
    for req in ("r3", "nobody"):
        with pytest.raises(KeyError):
            balancer.complete(req)
    assert balancer.complete("r1") == [("r3", "a")]
    with pytest.raises(KeyError):
        balancer.complete("r1")
    assert balancer.running("a") == 2
    assert balancer.complete("r2") == [("r4", "a")]


def test_a_cancelled_request_leaves_the_queue_and_nothing_else_changes():
    balancer = ParallelismBalancer({"a": 1}, 3)
    assert submit(balancer, "r1", "r2", "r3", "r4") == ["a", None, None, None]
    assert balancer.cancel("r3") is True
    assert balancer.cancel("r3") is False
    assert balancer.cancel("r1") is False
    assert balancer.cancel("nobody") is False
    assert submit(balancer, "r5") == [None]
    assert balancer.complete("r1") == [("r2", "a")]
    assert balancer.complete("r2") == [("r4", "a")]
    assert balancer.complete("r4") == [("r5", "a")]


def test_more_slots_let_the_queue_start():
    balancer = ParallelismBalancer({"a": 1, "b": 1}, 5)
    assert submit(balancer, "r1", "r2", "r3", "r4", "r5") == ["a", "b", None, None, None]
    assert balancer.resize("b", 3) == [("r3", "b"), ("r4", "b")]
    assert balancer.resize("b", 3) == []
    assert balancer.resize("a", 4) == [("r5", "a")]
    assert submit(balancer, "r6", "r7", "r8") == ["a", "a", None]


def test_fewer_slots_end_nothing():
    balancer = ParallelismBalancer({"a": 3, "b": 1}, 5)
    assert submit(balancer, "r1", "r2", "r3", "r4", "r5") == ["a", "a", "a", "b", None]
    assert balancer.resize("a", 1) == []
    assert balancer.running("a") == 3
    assert balancer.complete("r1") == []
    assert balancer.complete("r2") == []
    assert balancer.complete("r3") == [("r5", "a")]


def test_a_server_without_slots_finishes_and_takes_nothing():
    balancer = ParallelismBalancer({"a": 2, "b": 2}, 5)
    assert submit(balancer, "r1", "r2") == ["a", "b"]
    assert balancer.resize("a", 0) == []
    assert submit(balancer, "r3", "r4") == ["b", None]
    assert balancer.complete("r1") == []
    assert balancer.running("a") == 0
    assert balancer.complete("r2") == [("r4", "b")]
    assert balancer.resize("a", 1) == []
    assert submit(balancer, "r5") == ["a"]


def test_of_equally_free_servers_the_one_with_more_slots_is_taken():
    balancer = ParallelismBalancer({"a": 1, "b": 2}, 0)
    assert submit(balancer, "r1", "r2", "r3") == ["b", "b", "a"]
    balancer = ParallelismBalancer({"a": 2, "b": 2}, 0)
    assert submit(balancer, "r1", "r2") == ["a", "b"]
    assert balancer.resize("b", 3) == []
    assert balancer.resize("a", 4) == []
    assert submit(balancer, "r3", "r4") == ["a", "a"]


def test_what_makes_no_sense_is_refused():
    for slots, max_queue in [({"a": -1}, 0), ({"a": 1, "b": -1}, 0), ({"a": 1}, -1)]:
        with pytest.raises(ValueError):
            ParallelismBalancer(slots, max_queue)
    balancer = ParallelismBalancer({"a": 1}, 0)
    with pytest.raises(ValueError):
        balancer.resize("a", -1)
    with pytest.raises(KeyError):
        balancer.resize("nobody", 1)
    with pytest.raises(KeyError):
        balancer.running("nobody")
    assert submit(balancer, "r1") == ["a"]


@pytest.mark.perf
def test_six_thousand_servers_and_eighteen_thousand_requests():
    names = [f"s{number}" for number in range(6_000)]
    balancer = ParallelismBalancer(dict.fromkeys(names, 3), 0)
    assert submit(balancer, *(f"r{number}" for number in range(12_000))) == names * 2
    steps = [call for number in range(6_000)
             for call in (("complete", f"r{number}"), ("submit", f"n{number}"))]
    assert replay(balancer, steps)[1::2] == names


@pytest.mark.perf
def test_fourteen_thousand_requests_wait_and_half_of_them_give_up():
    balancer = ParallelismBalancer({"a": 1}, 20_000)
    requests = [f"r{number}" for number in range(14_001)]
    assert submit(balancer, *requests) == ["a"] + [None] * 14_000
    gone = requests[:7_000:-1]
    assert replay(balancer, [("cancel", req) for req in gone]) == [True] * 7_000
    answers = replay(balancer, [("complete", req) for req in requests[:7_001]])
    assert answers == [[(req, "a")] for req in requests[1:7_001]] + [[]]
