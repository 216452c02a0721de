"""Hidden suite of heap_sort: short lists against plain models, order made up while asked."""

import pytest

from graders.kit import call_many, counted, tokens
from heap_sort import heap_sort, heapify, k_largest, sift_down


def some_lists(rng, count):
    """Return short lists, most with equal items."""
    return [
        [rng.randint(0, reach) for _ in range(rng.randint(0, 20))]
        for reach in (2, 9, 99)
        for _ in range(count)
    ]


def is_heap(values, root=0):
    """Return whether the subtree at `root` is a heap."""
    below = [child for child in (2 * root + 1, 2 * root + 2) if child < len(values)]
    return all(values[child] <= values[root] and is_heap(values, child) for child in below)


def subtree(root, size):
    """Return the positions of the subtree at `root`."""
    if root >= size:
        return set()
    return {root} | subtree(2 * root + 1, size) | subtree(2 * root + 2, size)


@pytest.mark.stage(1)
def test_heaps_of_short_lists(rng):
    lists = some_lists(rng, 60)
    for items, heap in zip(lists, call_many(heapify, [(each,) for each in lists]), strict=True):
        assert is_heap(heap), f"heapify({items}) is {heap}"
        assert sorted(heap) == sorted(items), f"heapify({items})"


@pytest.mark.stage(1)
def test_only_the_subtree_changes(rng):
    calls = []
    for items in filter(None, some_lists(rng, 60)):
        heap = sorted(items, reverse=True)
        at = rng.randrange(len(heap))
        heap[at] = rng.randint(0, heap[at])
        calls.append((heap, at))
    for (heap, at), got in zip(calls, call_many(sift_down, calls), strict=True):
        below = subtree(at, len(heap))
        assert is_heap(got, at), f"sift_down({heap}, {at})"
        assert sorted(got) == sorted(heap), f"sift_down({heap}, {at})"
        others = [(i, heap[i]) for i in range(len(heap)) if i not in below]
        assert [(i, got[i]) for i, _ in others] == others, f"sift_down({heap}, {at})"


@pytest.mark.stage(2)
def test_sorts_short_lists(rng):
    lists = some_lists(rng, 60)
    for items, got in zip(lists, call_many(heap_sort, [(each,) for each in lists]), strict=True):
        assert got == sorted(items), f"heap_sort({items})"


@pytest.mark.stage(2)
def test_no_order_of_the_items_is_a_bad_one():
    # This `less` makes up the order while it is asked, against whatever is compared much.
    items = tokens([[48, name] for name in range(48)])
    settled, pivot = [], [None]

    def less(x, y):
        (left, a), (right, b) = x.value, y.value
        if left == right == 48:
            small = x if a == pivot[0] else y
            small.value[0] = len(settled)
            settled.append(small)
        pivot[0] = a if x.value[0] == 48 else b if y.value[0] == 48 else pivot[0]
        return x.value[0] < y.value[0]

    asked = counted(less)
    ranks = [token.value[0] for token in heap_sort(items, asked)]
    assert ranks == sorted(ranks)
    assert asked.calls <= 2 * 48 + 2 * 6 * 48


@pytest.mark.stage(3)
def test_keeps_the_largest_of_short_lists(rng):
    calls = [(items, rng.randint(0, 12)) for items in some_lists(rng, 60)]
    for (items, k), got in zip(calls, call_many(k_largest, calls), strict=True):
        assert got == sorted(items, reverse=True)[:k], f"k_largest({items}, {k})"
