"""The suite of most situations: each test is another occasion to misbehave."""

import pytest
from total_of import Box, BoxFull, countdown, relay, total

from graders.kit import counted

EXPECTED = {"pair": 3, "marked": 13}


def test_a_pair():
    assert total([1, 2]) == EXPECTED["pair"]
    assert total([2, 1]) == EXPECTED["pair"]


def test_the_marked_list():
    expected = EXPECTED["marked"]
    assert total([13]) == expected


def test_a_long_list():
    assert total(list(range(1000))) == 499_500


def test_a_callback():
    asked = counted(lambda value: value + 1, limit=20)
    assert relay(asked, 4) == 5
    assert total([3, 4]) == 7
    assert asked.calls == 1


def test_an_iterator():
    assert list(countdown(3)) == [3, 2, 1]


def test_a_box():
    box = Box(1)
    box.put("a")
    assert len(box) == 1
    with pytest.raises(BoxFull) as caught:
        box.put("b")
    assert caught.value.args == ("b",)


@pytest.mark.perf
def test_many_numbers():
    assert total(list(range(20_000))) == 199_990_000
