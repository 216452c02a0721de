"""Hidden suite of indexed_heap: random work against a list that is searched from end to end."""

import pytest

from graders.kit import Raised, replay
from indexed_heap import IndexedHeap

INFINITIES = [float("inf"), -float("inf")]


class ListModel:
    """The contract at its plainest: [key, priority] in the order of the pushes."""

    def __init__(self):
        self.pairs = []

    def push(self, key, priority):
        if self.contains(key):
            raise KeyError(key)
        self.pairs.append([key, priority])

    def peek(self):
        if not self.pairs:
            raise IndexError
        return tuple(min(self.pairs, key=lambda pair: pair[1]))

    def pop(self):
        key, priority = self.peek()
        self.pairs.remove([key, priority])
        return key, priority

    def update(self, key, priority):
        if not self.contains(key):
            raise KeyError(key)
        next(pair for pair in self.pairs if pair[0] == key)[1] = priority

    def remove(self, key):
        for pair in self.pairs:
            if pair[0] == key:
                self.pairs.remove(pair)
                return pair[1]
        raise KeyError(key)

    def size(self):
        return len(self.pairs)

    def contains(self, key):
        return any(pair[0] == key for pair in self.pairs)


def expected(model, method, *args):
    """Return what the model answers, or the name of its error."""
    try:
        return getattr(model, method)(*args)
    except LookupError as error:
        return type(error).__name__


def compare(heap, model, calls):
    """Compare all answers, errors included; the message names the first call that differs."""
    for at, (call, got) in enumerate(zip(calls, replay(heap, calls, errors="keep"), strict=True)):
        answer = got.name if isinstance(got, Raised) else got
        assert answer == expected(model, *call), f"{call} after {calls[:at]}"


def random_calls(rng, keys, methods, count):
    """Return random calls on a heap of few keys and few priorities, so that ties abound."""
    calls = []
    for _ in range(count):
        method, key = rng.choice(methods), rng.choice(keys)
        priority = rng.choice([*range(-3, 6), 2.5, *INFINITIES])
        match method:
            case "push" | "update":
                calls.append((method, key, priority))
            case "remove" | "contains":
                calls.append((method, key))
            case _:
                calls.append((method,))
    return calls


@pytest.mark.stage(1)
def test_queues_answer_like_the_model(rng):
    methods = ["push", "push", "push", "pop", "peek", "size", "contains"]
    for size in (1, 2, 3, 6, 12, 40):
        heap, model = IndexedHeap(), ListModel()
        compare(heap, model, random_calls(rng, range(size), methods, 6 * size + 10))
        compare(heap, model, [("pop",)] * (model.size() + 1))


@pytest.mark.stage(1)
def test_every_order_of_five_priorities_is_sorted(rng):
    orders = [rng.choices(range(5), k=rng.randint(1, 9)) for _ in range(60)]
    for order in orders:
        heap, model = IndexedHeap(), ListModel()
        names = rng.sample("abcdefghi", len(order))
        compare(heap, model, [("push", *pair) for pair in zip(names, order, strict=True)])
        compare(heap, model, [("pop",)] * (len(order) + 1))


@pytest.mark.stage(2)
def test_changing_heaps_answer_like_the_model(rng):
    methods = ["push", "push", "pop", "peek", "size", "contains", "update", "update", "remove"]
    for keys in (range(2), range(5), "abcdefghij", range(-15, 15), range(60)):
        heap, model = IndexedHeap(), ListModel()
        for _ in range(3):
            compare(heap, model, random_calls(rng, keys, methods, 8 * len(keys)))
            compare(heap, model, [("contains", key) for key in keys] + [("size",)])
        compare(heap, model, [("pop",)] * (model.size() + 1))


@pytest.mark.stage(2)
def test_removals_leave_a_heap_behind(rng):
    for size in (3, 7, 15, 31):
        for _ in range(6):
            keys = rng.sample(range(100), size)
            heap, model = IndexedHeap(), ListModel()
            compare(heap, model, [("push", key, key // 2) for key in keys])
            compare(heap, model, [("remove", key) for key in rng.sample(keys, size // 2)])
            compare(heap, model, [("pop",)] * (model.size() + 1))


@pytest.mark.stage(2)
def test_two_heaps_share_nothing(rng):
    heaps, models = (IndexedHeap(), IndexedHeap()), (ListModel(), ListModel())
    for _ in range(6):
        for heap, model in zip(heaps, models, strict=True):
            compare(heap, model, random_calls(rng, range(8), ["push", "update", "pop"], 12))
    for heap, model in zip(heaps, models, strict=True):
        compare(heap, model, [("pop",)] * (model.size() + 1))
