"""What IndexedHeap must do: a queue by priority, then changes among those that wait."""

import pytest

from graders.kit import replay
from indexed_heap import IndexedHeap


def filled(*pairs):
    """Return a heap into which these (key, priority) were pushed."""
    heap = IndexedHeap()
    replay(heap, [("push", key, priority) for key, priority in pairs])
    return heap


def emptied(heap):
    """Pop everything and return the keys in order."""
    count = heap.size()
    keys = [key for key, _ in replay(heap, [("pop",)] * count)]
    assert heap.size() == 0
    return keys


@pytest.mark.stage(1)
def test_the_least_priority_comes_first():
    heap = filled(("a", 5), ("b", 3), ("c", 4))
    assert heap.peek() == ("b", 3)
    assert heap.size() == 3
    assert replay(heap, [("pop",), ("pop",), ("pop",)]) == [("b", 3), ("c", 4), ("a", 5)]
    assert heap.size() == 0


@pytest.mark.stage(1)
def test_of_equal_priorities_the_earlier_push_comes_first():
    assert emptied(filled(("z", 1), ("a", 1), ("m", 0), ("b", 1))) == ["m", "z", "a", "b"]
    assert emptied(filled(*((key, 7) for key in (5, 3, 9, 1, 8, 2)))) == [5, 3, 9, 1, 8, 2]
    heap = filled(("a", 1), ("b", 1))
    assert heap.pop() == ("a", 1)
    heap.push("a", 1)
    assert emptied(heap) == ["b", "a"]


@pytest.mark.stage(1)
def test_keys_and_priorities_of_every_kind():
    inf = float("inf")
    heap = filled(("late", inf), (7, 0.5), ("7", -2), (0, 0), ("", -inf), (-1, inf))
    assert emptied(heap) == ["", "7", 0, 7, "late", -1]


@pytest.mark.stage(1)
def test_pushes_and_pops_may_alternate():
    heap = IndexedHeap()
    calls = [("push", 1, 40), ("push", 2, 20), ("pop",), ("push", 3, 30), ("push", 4, 10),
             ("pop",), ("pop",), ("push", 2, 50), ("pop",), ("pop",), ("size",)]  # fmt: skip
    answers = replay(heap, calls)
    assert answers == [None, None, (2, 20), None, None, (4, 10), (3, 30), None, (1, 40), (2, 50), 0]


@pytest.mark.stage(1)
def test_a_key_is_there_once_and_until_it_is_popped():
    heap = filled(("a", 5), ("b", 3))
    assert (heap.contains("a"), heap.contains("c")) == (True, False)
    with pytest.raises(KeyError):
        heap.push("a", 1)
    assert heap.peek() == ("b", 3)
    assert replay(heap, [("pop",), ("contains", "b"), ("size",)]) == [("b", 3), False, 1]
    assert replay(heap, [("push", "b", 9), ("pop",), ("pop",)])[1:] == [("a", 5), ("b", 9)]
    assert heap.contains("b") is False


@pytest.mark.stage(1)
def test_an_empty_heap_has_no_first_key():
    heap = IndexedHeap()
    for call in (heap.pop, heap.peek):
        with pytest.raises(IndexError):
            call()
    heap.push("a", 1)
    assert heap.pop() == ("a", 1)
    with pytest.raises(IndexError):
        heap.pop()
    assert heap.size() == 0


@pytest.mark.stage(2)
def test_an_update_moves_a_key_either_way():
    heap = filled(("a", 5), ("b", 3), ("c", 5))
    heap.update("a", 1)
    assert heap.pop() == ("a", 1)
    heap.update("b", 9)
    assert replay(heap, [("pop",), ("pop",)]) == [("c", 5), ("b", 9)]
    heap = filled(*((key, key) for key in range(10)))
    replay(heap, [("update", 0, 4.5), ("update", 9, 0), ("update", 5, 5), ("update", 1, 20)])
    assert emptied(heap) == [9, 2, 3, 4, 0, 5, 6, 7, 8, 1]


@pytest.mark.stage(2)
def test_after_an_update_ties_still_go_by_the_push():
    heap = filled(("a", 9), ("b", 5), ("c", 5))
    heap.update("a", 5)
    assert heap.peek() == ("a", 5)
    heap.update("b", 5)
    assert emptied(heap) == ["a", "b", "c"]


@pytest.mark.stage(2)
def test_updates_find_keys_that_others_have_moved():
    heap = filled(*((key, 100 - key) for key in range(20)))
    replay(heap, [("pop",)] * 5)
    replay(heap, [("update", key, 200 + key) for key in range(0, 15, 2)])
    replay(heap, [("update", key, key) for key in range(1, 15, 2)])
    assert emptied(heap) == [1, 3, 5, 7, 9, 11, 13, 0, 2, 4, 6, 8, 10, 12, 14]


@pytest.mark.stage(2)
def test_a_key_is_removed_from_anywhere():
    heap = filled(*((key, key) for key in (22, 12, 18, 23, 20, 10, 15)))
    assert heap.remove(23) == 23
    assert (heap.contains(23), heap.size()) == (False, 6)
    assert replay(heap, [("remove", 10), ("remove", 22)]) == [10, 22]
    assert emptied(heap) == [12, 15, 18, 20]
    heap = filled(*((key, key) for key in (22, 12, 18, 23, 20, 10, 15)))
    heap.remove(23)
    assert emptied(heap) == [10, 12, 15, 18, 20, 22]


@pytest.mark.stage(2)
def test_the_last_key_is_removed_like_any_other():
    heap = filled(("a", 1), ("b", 2), ("c", 3))
    assert heap.remove("c") == 3
    assert (heap.contains("c"), heap.size()) == (False, 2)
    assert replay(heap, [("remove", "b"), ("remove", "a"), ("size",)]) == [2, 1, 0]
    assert (heap.contains("a"), heap.contains("b")) == (False, False)
    heap.push("a", 4)
    assert heap.pop() == ("a", 4)


@pytest.mark.stage(2)
def test_unknown_keys_can_not_be_changed():
    heap = filled(("a", 1), ("b", 2))
    heap.pop()
    for key in ("a", "c", 0):
        with pytest.raises(KeyError):
            heap.update(key, 0)
        with pytest.raises(KeyError):
            heap.remove(key)
    assert replay(heap, [("size",), ("contains", "c"), ("peek",)]) == [1, False, ("b", 2)]


@pytest.mark.perf
@pytest.mark.stage(1)
def test_ten_thousand_keys_in_and_out(rng):
    heap = IndexedHeap()
    pairs = [(key, rng.randrange(10**9)) for key in range(10_000)]
    replay(heap, [("push", key, priority) for key, priority in pairs])
    popped = replay(heap, [("pop",)] * 10_000)
    assert popped == sorted(pairs, key=lambda pair: pair[1])


@pytest.mark.perf
@pytest.mark.stage(2)
def test_changes_among_fourteen_thousand_keys(rng):
    heap = IndexedHeap()
    replay(heap, [("push", key, rng.randrange(10**9)) for key in range(14_000)])
    priorities = {key: rng.randrange(10**9) for key in rng.sample(range(14_000), 14_000)}
    replay(heap, [("update", key, priority) for key, priority in priorities.items()])
    gone = rng.sample(range(14_000), 11_000)
    removed = replay(heap, [("remove", key) for key in gone])
    assert removed == [priorities.pop(key) for key in gone]
    popped = replay(heap, [("pop",)] * 3_000)
    assert popped == sorted(priorities.items(), key=lambda pair: (pair[1], pair[0]))
