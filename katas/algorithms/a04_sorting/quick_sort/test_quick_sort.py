"""What quick_sort must do: the partition, sorting as quicksort promises, selecting."""

from math import log2

import pytest

from graders.kit import checked, counted, tokens
from quick_sort import partition3, quick_select, quick_sort

ORDERS = {
    "sorted": lambda n: list(range(n)),
    "reversed": lambda n: list(range(n, 0, -1)),
    "up and down": lambda n: [*range(0, n, 2), *range(n - 1, 0, -2)],
    "equal": lambda n: [7] * n,
}


def value_less(x, y):
    return x.value < y.value


@pytest.mark.stage(1)
def test_partition_makes_three_parts_in_the_order_they_stood():
    assert partition3([3, 1, 3, 2, 5], 3) == ([1, 2], [3, 3], [5])
    assert partition3([9, 2, 8, 1, 7], 5) == ([2, 1], [], [9, 8, 7])
    assert partition3([4, 4], 4) == ([], [4, 4], [])
    assert partition3([], 1) == ([], [], [])


@pytest.mark.stage(1)
def test_partition_keeps_items_that_less_can_not_tell_apart():
    less = counted(lambda x, y: x[0] < y[0])
    rows = [(2, "b"), (1, "z"), (2, "a"), (3, "x"), (1, "c")]
    expected = ([(1, "z"), (1, "c")], [(2, "b"), (2, "a")], [(3, "x")])
    assert partition3(rows, (2, "?"), less) == expected
    assert less.calls <= 10


@pytest.mark.stage(1)
def test_partition_leaves_the_list_as_it_was():
    assert checked(partition3, [2, 1], 2) == (([1], [2], []), ([2, 1], 2))


@pytest.mark.stage(2)
def test_sorts_and_leaves_the_list_as_it_was():
    assert checked(quick_sort, [3, 1, 2, 1, 5]) == ([1, 1, 2, 3, 5], ([3, 1, 2, 1, 5],))
    assert quick_sort(["b", "a"]) == ["a", "b"]
    assert quick_sort([1, 1]) == [1, 1]
    assert quick_sort([4]) == [4]
    assert quick_sort([]) == []


@pytest.mark.stage(2)
def test_compares_some_item_with_every_other_one(rng):
    partners = {value: set() for value in range(48)}

    def less(x, y):
        partners[x.value].add(y.value)
        partners[y.value].add(x.value)
        return x.value < y.value

    inner = rng.sample(range(1, 47), 46)
    values = [*inner[:20], 0, *inner[20:30], 47, *inner[30:]]  # the ends of the order lie inside
    result = quick_sort(tokens(values), counted(less))
    assert [token.value for token in result] == list(range(48))
    most = max(len(others - {value}) for value, others in partners.items())
    assert most == 47, "no pivot was compared with all other items"


@pytest.mark.stage(2)
def test_calls_less_at_most_4_n_log_n_times(rng):
    less = counted(value_less)
    result = quick_sort(tokens(rng.sample(range(80), 80)), less)
    assert [token.value for token in result] == list(range(80))
    assert less.calls <= 4 * 80 * log2(80)


@pytest.mark.stage(2)
def test_equal_items_take_one_partition():
    less = counted(value_less)
    assert len(quick_sort(tokens([5] * 60), less)) == 60
    assert less.calls <= 3 * 60


@pytest.mark.stage(2)
@pytest.mark.parametrize("order", ORDERS)
def test_recursion_stays_shallow_for_2_000_items(order):
    items = ORDERS[order](2_000)
    assert quick_sort(items) == sorted(items)


@pytest.mark.stage(3)
def test_selects_by_position_from_0():
    assert quick_select([7, 1, 3, 3], 0) == 1
    assert quick_select([7, 1, 3, 3], 1) == 3
    assert quick_select([7, 1, 3, 3], 2) == 3
    assert quick_select([7, 1, 3, 3], 3) == 7
    assert quick_select(["x"], 0) == "x"


@pytest.mark.stage(3)
def test_select_uses_less_and_leaves_the_list_as_it_was(rng):
    items = tokens(rng.sample(range(40), 40))
    assert quick_select(items, 11, counted(value_less)).value == 11
    assert checked(quick_select, [3, 1, 2], 1) == (2, ([3, 1, 2], 1))


@pytest.mark.stage(3)
@pytest.mark.parametrize(("items", "k"), [([1, 2], 2), ([1, 2], -1), ([], 0)])
def test_select_refuses_positions_outside_the_list(items, k):
    with pytest.raises(IndexError):
        quick_select(items, k)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_sorts_40_000_items_that_are_sorted_already():
    assert quick_sort(list(range(40_000))) == list(range(40_000))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_selects_position_4_000_of_400_000_items(rng):
    assert quick_select(rng.sample(range(400_000), 400_000), 4_000) == 4_000
