"""What valid_task_order must do: every task once, every rule kept, also at size."""

import pytest

from graders.kit import call_many, checked
from valid_task_order import respects


def test_orders_of_the_examples():
    assert respects(4, [(0, 1), (0, 2), (2, 3)], [0, 2, 1, 3]) is True
    assert respects(4, [(0, 1), (0, 2), (2, 3)], [0, 3, 2, 1]) is False
    assert respects(3, [(2, 0)], [2, 1]) is False
    assert respects(2, [(1, 1)], [0, 1]) is False
    assert respects(0, [], []) is True


def test_a_rule_holds_at_any_distance():
    assert respects(4, [(3, 0)], [0, 1, 2, 3]) is False
    assert respects(4, [(0, 3)], [0, 1, 2, 3]) is True
    assert respects(4, [(3, 1), (1, 0), (3, 1)], [3, 2, 1, 0]) is True
    assert respects(4, [(3, 1), (1, 0), (0, 2)], [3, 2, 1, 0]) is False


def test_every_task_is_there_exactly_once():
    assert respects(3, [], [0, 1]) is False
    assert respects(3, [], [0, 1, 1]) is False
    assert respects(3, [(0, 1)], [0, 1, 2, 2]) is False
    assert respects(3, [(0, 1), (1, 2)], [0, 1, 2, 0]) is False
    assert respects(1, [], []) is False
    assert respects(0, [], [0]) is False


def test_numbers_that_are_no_tasks_are_noticed():
    assert respects(3, [(0, 1)], [0, 1, 3]) is False
    assert respects(3, [], [0, 1, -1]) is False
    assert respects(3, [(0, 1), (1, 2)], [0, 1, 2, 9]) is False


def test_rules_in_a_circle_are_kept_by_no_order():
    orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    circle = [(3, [(0, 1), (1, 2), (2, 0)], order) for order in orders]
    assert call_many(respects, circle) == [False] * 6


def test_the_arguments_stay_as_they_were():
    result, (_, edges, order) = checked(respects, 3, [(2, 1), (1, 0)], [2, 1, 0])
    assert result is True
    assert (edges, order) == ([(2, 1), (1, 0)], [2, 1, 0])


@pytest.mark.perf
def test_twenty_thousand_tasks_with_as_many_rules(rng):
    order = rng.sample(range(20_000), 20_000)
    rules = [(order[x], order[x + 1]) for x in range(10_000, 19_999)]
    rules += [(order[x // 2], order[x]) for x in range(10_000, 20_000)]
    assert respects(20_000, rules, order) is True
    assert respects(20_000, [*rules, (order[-1], order[0])], order) is False
