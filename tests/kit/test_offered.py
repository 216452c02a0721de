"""counted, expose, tokens."""

from __future__ import annotations

import pytest

from graders.kit import call_many, counted, expose, tokens


class Store:
    def __init__(self):
        self.rows = {"a": 1}

    def get(self, key):
        return self.rows[key]

    def wipe(self):
        self.rows.clear()


def bubble(items, less):
    items = list(items)
    for end in range(len(items), 0, -1):
        for i in range(1, end):
            if less(items[i], items[i - 1]):
                items[i], items[i - 1] = items[i - 1], items[i]
    return items


def test_counted_counts_on_the_suites_side(kata):
    less = counted(lambda a, b: a < b)
    assert kata.function(bubble)([3, 1, 2], less) == [1, 2, 3]
    assert less.calls == 3


def test_the_order_of_tokens_is_known_to_the_suite_alone(kata):
    items = tokens([3, 1, 2])
    less = counted(lambda a, b: a.value < b.value)
    result = kata.function(bubble)(items, less)
    assert [each.value for each in result] == [1, 2, 3]
    assert result[0] is items[1]
    with pytest.raises(TypeError):
        kata.function(lambda pair: pair[0] < pair[1])(items[:2])


def test_more_calls_than_the_limit_fail_the_test_in_plain_pytest():
    less = counted(lambda a, b: a < b, limit=2)

    def stubborn(less):
        for _ in range(3):
            try:
                less(1, 2)
            except Exception:
                return "caught"
        return "done"

    with pytest.raises(pytest.fail.Exception, match="called more than 2 times"):
        stubborn(less)
    assert less.calls == 2


def test_only_exposed_names_can_be_called(kata):
    store = Store()
    offered = expose(store, "get")
    assert kata.function(lambda it: it.get("a"))(offered) == 1
    with pytest.raises(AttributeError):
        kata.function(lambda it: it.wipe())(offered)
    assert store.rows


def test_an_object_can_be_exposed_as_a_function(kata):
    assert kata.function(lambda f: f(2))(expose(lambda n: n + 1, "__call__")) == 3


def test_one_offered_object_serves_many_calls(kata):
    seen = counted(lambda n: n)
    assert call_many(kata.function(lambda f, n: f(n)), [(seen, n) for n in range(5)]) == [*range(5)]
    assert seen.calls == 5


def test_misuse_is_told():
    with pytest.raises(TypeError, match="counted: needs a function, got int"):
        counted(3)
    with pytest.raises(ValueError, match="limit is 5001; it is from 1 to 5000"):
        counted(len, limit=5001)
    with pytest.raises(ValueError, match="name what may be called"):
        expose(Store())
    with pytest.raises(ValueError, match="'_rows' cannot be exposed"):
        expose(Store(), "_rows")
    with pytest.raises(TypeError, match="Store has no method 'rows'"):
        expose(Store(), "rows")
    with pytest.raises(TypeError, match="not exposed as a function"):
        expose(Store(), "get")("a")
