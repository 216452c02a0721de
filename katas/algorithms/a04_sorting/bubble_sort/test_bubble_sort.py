"""What bubble_sort must do: the examples, the calls of `less`, the limits."""

import pytest

from bubble_sort import bubble_passes, bubble_sort
from graders.kit import checked, counted, take, tokens


def asked(values):
    """Sort opaque tokens; return (sorted values, swaps, passes, the pairs asked about)."""
    pairs = []

    def less(right, left):
        pairs.append((right.value, left.value))
        return right.value < left.value

    result, swaps, passes = bubble_sort(tokens(values), counted(less))
    return [token.value for token in result], swaps, passes, pairs


def test_sorts_the_examples():
    assert bubble_sort([5, 1, 4, 2, 8]) == ([1, 2, 4, 5, 8], 4, 3)
    assert bubble_sort([2, 3, 4, 1]) == ([1, 2, 3, 4], 3, 3)
    assert bubble_sort([4, 1, 2, 3]) == ([1, 2, 3, 4], 3, 2)
    assert bubble_sort([2, 1, 3, 4]) == ([1, 2, 3, 4], 1, 1)
    assert bubble_sort(["b", "c", "a"]) == (["a", "b", "c"], 2, 2)


def test_ends_after_one_pass_over_sorted_items_and_none_over_a_single_one():
    assert bubble_sort([1, 2, 3]) == ([1, 2, 3], 0, 1)
    assert bubble_sort([7, 7]) == ([7, 7], 0, 1)
    assert bubble_sort([7]) == ([7], 0, 0)
    assert bubble_sort([]) == ([], 0, 0)


def test_yields_the_items_after_each_pass():
    assert take(bubble_passes([5, 1, 4, 2, 8]), 9) == [
        [1, 4, 2, 5, 8],
        [1, 2, 4, 5, 8],
        [1, 2, 4, 5, 8],
    ]
    assert take(bubble_passes([3, 2, 1]), 9) == [[2, 1, 3], [1, 2, 3]]
    assert take(bubble_passes([1, 2]), 9) == [[1, 2]]
    assert take(bubble_passes([1]), 9) == []


def test_asks_about_neighbours_only_from_left_to_right():
    assert asked([5, 1, 4, 2, 8]) == (
        [1, 2, 4, 5, 8],
        4,
        3,
        [(1, 5), (4, 5), (2, 5), (8, 5), (4, 1), (2, 4), (2, 1)],
    )


def test_asks_no_more_than_the_passes_need():
    values, swaps, passes, pairs = asked(list(range(100)))
    assert (values, swaps, passes, len(pairs)) == (list(range(100)), 0, 1, 99)
    values, swaps, passes, pairs = asked([99, *range(99)])
    assert (values, swaps, passes, len(pairs)) == (list(range(100)), 99, 2, 99 + 98)
    values, swaps, passes, pairs = asked([*range(1, 20), 0])
    assert (values, swaps, passes, len(pairs)) == (list(range(20)), 19, 19, 19 * 20 // 2)


def test_keeps_equal_items_in_order():
    rows = [(1, "d"), (0, "z"), (1, "a"), (0, "b"), (1, "c")]
    less = counted(lambda right, left: right[0] < left[0])
    expected = [(0, "z"), (0, "b"), (1, "d"), (1, "a"), (1, "c")]
    assert bubble_sort(rows, less) == (expected, 3, 3)


def test_leaves_the_list_as_it_was():
    assert checked(bubble_sort, [3, 1, 2]) == (([1, 2, 3], 2, 2), ([3, 1, 2],))


@pytest.mark.perf
def test_passes_shrink_where_only_the_head_is_out_of_order():
    head, size = 1_000, 100_000
    items = [*range(head, 0, -1), *range(head + 1, size + 1)]
    assert bubble_sort(items) == (list(range(1, size + 1)), head * (head - 1) // 2, head - 1)
