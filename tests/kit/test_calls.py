"""replay, call_many, checked, take."""

from __future__ import annotations

import json

import pytest

from graders.kit import Raised, call_many, checked, replay, take


class CacheFull(LookupError):
    pass


class SilentlyFull(CacheFull):
    pass


class KeyError_(KeyError):
    pass


class Shelf:
    """Learner's code."""

    def __init__(self, room=2):
        self.room, self.items = room, []

    def put(self, item):
        if len(self.items) >= self.room:
            raise SilentlyFull(item, self.room)
        self.items.append(item)

    def all(self):
        return self.items

    def __len__(self):
        return len(self.items)

    def parse(self, text):
        return json.loads(text)

    def later(self):
        raise NotImplementedError


def half(n):
    if n % 2:
        raise ValueError("odd", n)
    return n // 2


def drain(values):
    while values:
        values.pop()
    return values


def test_replay_returns_the_results_in_order(kata):
    shelf = kata.cls(Shelf)(3)
    results = replay(shelf, [("put", 1), ("put", 2), ("__len__",), ("all",)])
    assert results == [None, None, 2, [1, 2]]


def test_replay_of_nothing_is_an_empty_list(kata):
    assert replay(kata.cls(Shelf)(), []) == []


def test_replay_encodes_after_the_last_call_so_that_aliasing_shows(kata):
    results = replay(kata.cls(Shelf)(), [("all",), ("put", 1), ("all",)])
    assert results[0] == [1], "the first result is the live list, which the next call changed"


def test_an_error_leaves_replay_and_says_at_which_call(kata):
    shelf = kata.cls(Shelf)(1)
    with pytest.raises(LookupError) as caught:
        replay(shelf, [("put", 1), ("put", 2)])
    assert caught.value.args == (2, 1)
    assert caught.value.__notes__ == ["at call 2 of 2 in one round trip"]


def test_kept_errors_stand_in_their_place_and_the_series_goes_on(kata):
    results = replay(
        kata.cls(Shelf)(1), [("put", 1), ("put", 2), ("__len__",), ("nowhere",)], errors="keep"
    )
    assert results[0] is None
    assert results[1].args == (2, 1)
    assert results[2] == 1
    assert results[3].name == "AttributeError"


def test_a_kept_error_has_the_name_of_the_nearest_declared_class(kata):
    (full,) = replay(kata.cls(Shelf)(0), [("put", 9)], errors="keep")
    declared = "SilentlyFull" if kata.link is None else "CacheFull"  # plain pytest knows no [api]
    assert full == Raised(declared, (9, 0))


def test_errors_of_the_standard_library_give_way_to_their_builtin_base(kata):
    (bad,) = replay(kata.cls(Shelf)(), [("parse", "{")], errors="keep")
    assert bad.name == "ValueError"


def test_an_untouched_stub_is_not_kept(kata):
    with pytest.raises(NotImplementedError):
        replay(kata.cls(Shelf)(), [("later",)], errors="keep")


def test_a_class_of_ones_own_cannot_pass_as_a_builtin(kata):
    def impostor():
        raise type("KeyError", (Exception,), {"__module__": "shelf"})("x")

    (kept,) = call_many(kata.function(impostor), [()], errors="keep")
    assert kept == Raised("shelf.KeyError" if kata.link is None else "Exception", ("x",))


def test_arguments_of_kept_errors_are_plain_data(kata):
    def fail():
        raise ValueError(object(), [1, object()], (1, "a"), list(range(5000)))

    (kept,) = call_many(kata.function(fail), [()], errors="keep")
    assert kept == Raised("ValueError", ("<object>", "<list>", (1, "a"), "<list>"))


def test_call_many_returns_results_and_kept_errors(kata):
    half_ = kata.function(half)
    assert call_many(half_, [(2,), (8,)]) == [1, 4]
    kept = [1, Raised("ValueError", ("odd", 3)), 4]
    assert call_many(half_, [(2,), (3,), (8,)], errors="keep") == kept


def test_a_result_that_looks_like_a_kept_error_stays_a_result(kata):
    fake = ("raised", ["ValueError"], ())
    assert call_many(kata.function(lambda: fake), [()], errors="keep") == [fake]


def test_calls_do_not_change_what_the_suite_holds(kata):
    values = [1, 2]
    assert call_many(kata.function(drain), [(values,), (values,)]) == [[], []]
    assert values == [1, 2]


def test_checked_shows_the_arguments_afterwards_and_leaves_the_suites_own(kata):
    values = [[3], [1]]
    result, (after,) = checked(kata.function(drain), values)
    assert (result, after, values) == ([], [], [[3], [1]])


def test_take_reads_an_iterator_piece_by_piece(kata):
    squares = kata.function(n * n for n in range(4))
    assert take(squares, 3) == [0, 1, 4]
    assert take(squares, 3) == [9]
    assert take(squares, 3) == []


def test_take_needs_an_iterator():
    with pytest.raises(TypeError, match="expected an iterator, got list"):
        take([1, 2], 1)
    with pytest.raises(ValueError, match="n is -1"):
        take(iter([]), -1)


def test_the_suites_own_function_is_refused_under_the_judge(kata):
    if kata.link is None:
        return
    with pytest.raises(TypeError, match="call_many: needs a function, class, method"):
        call_many(half, [(1,)])


@pytest.mark.parametrize(
    ("ops", "error", "text"),
    [
        (["put"], TypeError, r"operation 0 is 'put'; write \(method, \*args\)"),
        ([()], TypeError, "operation 0 is ()"),
        ([(1, 2)], TypeError, "names its method by 1"),
        ([("all",), ("_items",)], ValueError, "operation 1: _items is private"),
    ],
)
def test_misuse_of_replay_is_told(ops, error, text):
    with pytest.raises(error, match=text):
        replay(Shelf(), ops)


def test_misuse_of_the_other_words_is_told():
    with pytest.raises(TypeError, match=r"entry 1 is a int; write a tuple of arguments"):
        call_many(half, [(1,), 2])
    with pytest.raises(TypeError, match="call_many: needs a function, got int"):
        call_many(7, [])
    with pytest.raises(ValueError, match="errors is 'kept'"):
        call_many(half, [(2,)], errors="kept")
    with pytest.raises(TypeError, match="a tuple of args"):
        Raised("KeyError", "x")


def test_arguments_that_contain_themselves_are_refused():
    loop = []
    loop.append(loop)
    with pytest.raises(ValueError, match="deeper than 64"):
        call_many(half, [(loop,)])
