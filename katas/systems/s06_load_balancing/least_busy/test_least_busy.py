"""What pick must do: the minimum of now, with a tie-break that does not depend on luck."""

import pytest

from graders.kit import call_many, checked
from least_busy import pick


def test_the_fewest_active_requests_win():
    assert pick({"a": 3, "b": 1, "c": 2}) == "b"
    assert pick({"a": 3, "b": 10, "c": 20}) == "a"
    assert pick({"only": 7}) == "only"
    assert pick({"a": 1, "b": 0}) == "b"


def test_of_equal_servers_the_smallest_name_wins():
    assert pick({"m": 2, "c": 2, "x": 2}) == "c"
    assert pick({"z": 0, "a": 5, "k": 0}) == "k"
    assert pick({"s10": 1, "s9": 1}) == "s10"


def test_each_call_looks_at_the_figures_of_now():
    calls = [({"a": 1, "b": 2},), ({"a": 3, "b": 2},), ({"a": 3, "b": 4},), ({"a": 3, "b": 4},)]
    assert call_many(pick, calls) == ["a", "b", "a", "a"]


def test_the_figures_are_left_as_they_were():
    assert checked(pick, {"b": 1, "a": 2}) == ("b", ({"b": 1, "a": 2},))


def test_without_servers_there_is_an_error():
    with pytest.raises(ValueError):
        pick({})
