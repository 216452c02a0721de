"""What alive must do: a lease ends at its instant, names come sorted, the dict stays."""

from graders.kit import call_many, checked
from lease_expiry import alive


def test_instances_with_a_running_lease_come_sorted_by_name():
    assert alive({"b:1": 900, "a:1": 700}, 500) == ["a:1", "b:1"]
    assert alive({"a:1": 900, "b:1": 700, "A:1": 800}, 500) == ["A:1", "a:1", "b:1"]
    assert alive({}, 500) == []


def test_a_lease_ends_at_its_instant():
    leases = {"b:1": 900, "a:1": 500}
    calls = [(leases, now_ms) for now_ms in (0, 499, 500, 501, 899, 900)]
    both = ["a:1", "b:1"]
    assert call_many(alive, calls) == [both, both, ["b:1"], ["b:1"], ["b:1"], []]


def test_silence_removes_whoever_it_is():
    assert alive({"b:1": 100}, 500) == []
    assert alive({"b:1": 100, "a:1": 501, "c:1": 499}, 500) == ["a:1"]
    assert alive({"a:1": 0}, 0) == []


def test_the_leases_are_left_as_they_were():
    leases = {"b:1": 900, "a:1": 500}
    assert checked(alive, leases, 700) == (["b:1"], ({"b:1": 900, "a:1": 500}, 700))
