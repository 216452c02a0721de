"""What knapsack_dp must do: the best load with each item once, without limit, in copies."""

import pytest

from graders.kit import checked
from knapsack_dp import best_01, best_bounded, best_unbounded

FOUR = [(5, 10), (4, 40), (6, 30), (3, 50)]


def assert_load(capacity, items, value):
    """Assert that best_01 finds this value and a load that has it."""
    call = f"best_01({capacity}, {items if len(items) < 9 else '...'})"
    got, packed = best_01(capacity, items)
    assert got == value, f"{call} gives the value {got}, expected {value}"
    assert packed == sorted(set(packed)), f"{call}: {packed} does not ascend"
    assert all(0 <= at < len(items) for at in packed), f"{call}: {packed} are no indices"
    weight = sum(items[at][0] for at in packed)
    assert weight <= capacity, f"{call}: {packed} weighs {weight}"
    worth = sum(items[at][1] for at in packed)
    assert worth == value, f"{call}: {packed} is worth {worth}, not {value}"


@pytest.mark.stage(1)
def test_loads_of_the_examples():
    assert best_01(10, FOUR) == (90, [1, 3])
    assert best_01(6, [(4, 5), (3, 4), (3, 4)]) == (8, [1, 2])
    assert_load(10, [(2, 5), (2, 5), (2, 5), (2, 5), (10, 21)], 21)
    assert_load(3, [(3, 7), (3, 7)], 7)


@pytest.mark.stage(1)
def test_an_item_is_packed_once():
    assert best_01(9, [(3, 5)]) == (5, [0])
    assert_load(12, [(3, 10), (4, 1), (5, 1)], 12)


@pytest.mark.stage(1)
def test_the_densest_item_may_stay():
    assert best_01(10, [(6, 13), (5, 10), (5, 10)]) == (20, [1, 2])
    assert best_01(50, [(10, 60), (20, 100), (30, 120)]) == (220, [1, 2])


@pytest.mark.stage(1)
def test_room_may_be_left():
    assert best_01(11, [(4, 3), (6, 5)]) == (8, [0, 1])
    assert best_01(5, [(4, 3), (6, 5)]) == (3, [0])
    assert best_01(3, [(4, 3), (6, 5)]) == (0, [])


@pytest.mark.stage(1)
def test_nothing_to_pack_and_no_room():
    assert best_01(0, [(1, 9)]) == (0, [])
    assert best_01(7, []) == (0, [])
    assert_load(4, [(1, 0), (5, 8), (2, 0)], 0)


@pytest.mark.stage(1)
def test_no_capacity_below_zero_and_items_stay():
    with pytest.raises(ValueError):
        best_01(-1, [(1, 1)])
    (value, _), (_, after) = checked(best_01, 10, FOUR)
    assert (value, after) == (90, [(5, 10), (4, 40), (6, 30), (3, 50)])


@pytest.mark.stage(2)
def test_items_without_limit():
    assert best_unbounded(10, FOUR) == 150
    assert best_unbounded(7, [(3, 4), (4, 5)]) == 9
    assert best_unbounded(8, [(3, 4), (4, 5)]) == 10
    assert best_unbounded(8, [(5, 9), (4, 7)]) == 14


@pytest.mark.stage(2)
def test_limits_of_items_without_limit():
    assert best_unbounded(11, [(4, 3)]) == 6
    assert best_unbounded(3, [(4, 3)]) == 0
    assert best_unbounded(0, [(1, 9)]) == 0
    assert best_unbounded(9, []) == 0
    with pytest.raises(ValueError):
        best_unbounded(-1, [])


@pytest.mark.stage(3)
def test_items_in_copies():
    assert best_bounded(10, [(3, 50, 2), (4, 40, 5)]) == 140
    assert best_bounded(10, [(5, 10, 1), (4, 40, 1), (6, 30, 1), (3, 50, 1)]) == 90
    assert best_bounded(10, [(1, 3, 4), (2, 5, 9)]) == 27
    assert best_bounded(100, [(3, 2, 6)]) == 12


@pytest.mark.stage(3)
def test_every_number_of_copies_up_to_the_count_is_possible():
    got = [best_bounded(20, [(1, 1, count)]) for count in range(23)]
    assert got == [*range(21), 20, 20]
    assert best_bounded(10, [(1, 4, 10), (8, 100, 1)]) == 108
    assert [best_bounded(room, [(2, 3, 10)]) for room in (1, 9, 17, 19, 21)] == [0, 12, 24, 27, 30]


@pytest.mark.stage(3)
def test_limits_of_copies():
    assert best_bounded(0, [(1, 9, 3)]) == 0
    assert best_bounded(9, []) == 0
    assert best_bounded(5, [(6, 9, 3), (1, 1, 0)]) == 0
    with pytest.raises(ValueError):
        best_bounded(-2, [(1, 1, 1)])


@pytest.mark.perf
@pytest.mark.stage(1)
def test_a_load_of_fifty_items():
    items = [(37 + 29 * at % 83, 0) for at in range(50)]
    items = [(weight, 10 * weight - at % 7) for at, (weight, _) in enumerate(items)]
    assert_load(2_000, items, 19962)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_twenty_items_without_limit():
    items = [(41 + 7 * at, 500 + 83 * at + at * at % 11) for at in range(20)]
    assert best_unbounded(8_000, items) == 97786


@pytest.mark.perf
@pytest.mark.stage(3)
def test_ten_items_in_two_thousand_copies():
    items = [(2 + at, 7 + 5 * at + at * at % 5, 2_000 - at) for at in range(10)]
    assert best_bounded(6_000, items) == 31500
