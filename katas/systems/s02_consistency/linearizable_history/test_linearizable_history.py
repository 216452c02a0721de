"""Visible suite of linearizable_history: orders are checked, never compared."""

import pytest

from graders.kit import call_many
from linearizable_history import linearize


def assert_explains(history, order, initial=None):
    """Demand that an order has whom it must have, keeps real time, and explains each operation."""
    assert isinstance(order, list), f"{history} has an order; got {order!r}"
    known = [place for place, operation in enumerate(history) if operation[3] is not None]
    unread = [p for p, (kind, _, _, ret) in enumerate(history) if ret is None and kind != "r"]
    assert len(set(order)) == len(order), f"{order} names an operation twice"
    assert set(known) <= set(order) <= {*known, *unread}, f"{order} for {history}"
    holds, latest_call = initial, -1
    for place in order:
        kind, value, call, ret = history[place]
        where = f"{history[place]} at place {order.index(place)} of {order} in {history}"
        assert ret is None or ret > latest_call, f"{where}: a later one stands before it"
        latest_call = max(latest_call, call)
        if kind == "w":
            holds = value
        elif kind == "r":
            assert value == holds, f"{where}: the register holds {holds!r}"
        elif ret is None:
            holds = value[1] if holds == value[0] else holds
        else:
            assert (holds == value[0]) == value[2], f"{where}: the register holds {holds!r}"
            holds = value[1] if value[2] else holds


def six_clients(rng, count):
    """Run a real register: each operation takes effect at one moment between call and return."""
    free_at, holds, history = [0] * 6, None, []
    moments = []
    for number in range(count):
        client = min(range(6), key=lambda each: free_at[each])
        call = free_at[client] + rng.randint(1, 5)
        ret = call + rng.randint(2, 30)
        free_at[client] = ret
        moments.append((rng.uniform(call, ret), number, call, ret))
    for _, number, call, ret in sorted(moments):
        if rng.random() < 0.5:
            holds = number
            history.append(("w", number, call, ret))
        else:
            history.append(("r", holds, call, ret))
    rng.shuffle(history)
    return at_different_times(history)


def at_different_times(history):
    """Number the times of a history anew, so that none occurs twice; overlaps stay."""
    events = [(call, 1, place) for place, (_, _, call, _) in enumerate(history)]
    events += [(ret, 0, place) for place, (_, _, _, ret) in enumerate(history)]
    times = {event[1:]: time for time, event in enumerate(sorted(events))}
    return [(*op[:2], times[1, place], times[0, place]) for place, op in enumerate(history)]


@pytest.mark.stage(1)
def test_one_after_the_other_is_explained_as_it_was():
    assert linearize([]) == []
    history = [("r", None, 0, 1), ("w", 1, 2, 3), ("r", 1, 4, 5)]
    history += [("w", "a", 6, 7), ("r", "a", 8, 9)]
    assert linearize(history) == [0, 1, 2, 3, 4]
    assert linearize(history[::-1]) == [4, 3, 2, 1, 0]


@pytest.mark.stage(1)
def test_a_write_may_take_effect_at_any_moment_of_its_span():
    assert linearize([("w", 1, 0, 10), ("r", None, 2, 4), ("r", 1, 5, 7)]) == [1, 0, 2]
    assert linearize([("w", 1, 0, 10), ("r", None, 2, 4), ("r", None, 5, 7)]) == [1, 2, 0]
    assert linearize([("w", 1, 0, 10), ("r", 1, 2, 4), ("r", 1, 5, 7)]) == [0, 1, 2]


@pytest.mark.stage(1)
def test_after_the_new_value_nobody_reads_the_old_one():
    assert linearize([("w", 1, 0, 10), ("r", 1, 2, 4), ("r", None, 5, 7)]) is None
    overlapping = [("w", 1, 0, 10), ("r", 1, 2, 5), ("r", None, 4, 7)]
    assert linearize(overlapping) == [2, 0, 1]


@pytest.mark.stage(1)
def test_writes_that_overlap_may_fall_either_way_others_may_not():
    assert linearize([("w", 1, 0, 3), ("w", 2, 1, 2), ("r", 1, 4, 5)]) == [1, 0, 2]
    assert linearize([("w", 1, 0, 3), ("w", 2, 1, 2), ("r", 2, 4, 5)]) == [0, 1, 2]
    assert linearize([("w", 1, 0, 1), ("w", 2, 2, 3), ("r", 1, 4, 5)]) is None
    assert linearize([("w", 1, 0, 3), ("w", 2, 1, 2), ("r", 1, 4, 5), ("r", 2, 6, 7)]) is None


@pytest.mark.stage(1)
def test_a_first_choice_that_fails_is_taken_back():
    history = [("w", 1, 0, 20), ("w", 2, 1, 21), ("w", 1, 2, 22), ("r", 2, 3, 23), ("r", 1, 4, 5)]
    history += [("r", 2, 6, 7), ("r", 1, 8, 9)]
    assert_explains(history, linearize(history))
    assert linearize([*history, ("r", 2, 10, 11)]) is None
    # the same operations are placed with another value at the end: not the same situation
    history = [("w", 1, 0, 9), ("w", 2, 1, 8), ("w", 3, 2, 7), ("r", 1, 10, 11)]
    assert_explains(history, linearize(history))


@pytest.mark.stage(1)
def test_the_register_begins_with_the_initial_value():
    assert linearize([("r", 7, 0, 1)], 7) == [0]
    assert linearize([("r", None, 0, 1)], 7) is None
    assert linearize([("r", 7, 0, 1)]) is None
    history = [("w", None, 0, 3), ("r", "s", 1, 2), ("r", None, 4, 5)]
    assert linearize(history, "s") == [1, 0, 2]


@pytest.mark.stage(1)
def test_malformed_histories_are_refused():
    good = ("w", 1, 0, 5)
    bad = [("x", 1, 1, 2), ("W", 1, 1, 2), ("r", 1, 9, 8), ("r", 1, 8, 8), ("r", 1, 0, 9)]
    bad += [("r", 1, 5, 9), ("w", 1, 3, 5), ("", 1, 1, None), ("r", 1, 5, None)]
    for operation in bad:
        with pytest.raises(ValueError):
            linearize([good, operation])


@pytest.mark.stage(2)
def test_of_two_compare_and_sets_one_wins():
    race = [("cas", (None, 1, True), 0, 9), ("cas", (None, 2, False), 1, 8)]
    assert linearize(race) == [0, 1]
    assert linearize([("cas", (None, 1, True), 0, 9), ("cas", (None, 2, True), 1, 8)]) is None
    assert linearize([*race, ("r", 1, 10, 11)]) == [0, 1, 2]
    assert linearize([*race, ("r", 2, 10, 11)]) is None


@pytest.mark.stage(2)
def test_one_that_fails_has_found_another_value():
    assert linearize([("w", 1, 0, 1), ("cas", (1, 2, False), 2, 3)]) is None
    assert linearize([("w", 1, 0, 1), ("cas", (2, 3, False), 2, 3), ("r", 1, 4, 5)]) == [0, 1, 2]
    assert linearize([("w", 1, 0, 9), ("cas", (1, 2, False), 2, 3), ("r", 1, 4, 5)]) == [1, 0, 2]
    assert linearize([("w", 1, 0, 9), ("cas", (None, 2, False), 2, 3)]) == [0, 1]


@pytest.mark.stage(2)
def test_a_chain_of_compare_and_sets_is_followed():
    history = [("cas", (n, n + 1, True), 20 - n, 100 - n) for n in range(5)]
    assert linearize(history, 0) == [0, 1, 2, 3, 4]
    assert linearize([*history, ("cas", (2, 9, True), 5, 6)], 0) is None
    assert linearize([*history, ("cas", (5, 0, True), 101, 102)], 0) == [0, 1, 2, 3, 4, 5]


@pytest.mark.stage(2)
def test_a_cas_without_its_three_values_is_refused():
    for value in (1, (1, 2), (1, 2, 3), (1, 2, True, 4), [1, 2, True], (1, 2, None)):
        for ret in (5, None):
            with pytest.raises(ValueError):
                linearize([("cas", value, 0, ret)])


@pytest.mark.stage(3)
def test_a_lost_write_may_take_effect_late_or_never():
    history = [("w", 1, 0, None), ("r", None, 5, 6), ("r", 1, 90, 91)]
    assert linearize(history) == [1, 0, 2]
    history = [("w", 1, 0, None), ("r", None, 5, 6)]
    assert_explains(history, linearize(history))
    history = [("w", 1, 0, None), ("w", 2, 1, 2), ("r", 2, 3, 4), ("r", 2, 5, 6)]
    assert_explains(history, linearize(history))


@pytest.mark.stage(3)
def test_a_lost_write_takes_effect_once_and_not_before_its_call():
    history = [("w", 1, 0, None), ("r", 1, 2, 3), ("r", None, 4, 5)]
    assert linearize(history) is None
    assert linearize([("r", 1, 0, 1), ("w", 1, 2, None)]) is None
    history = [("w", 1, 0, None), ("r", 1, 2, 3), ("w", 2, 4, 5), ("r", 1, 6, 7)]
    assert linearize(history) is None
    history = [("w", 1, 0, None), ("w", 1, 1, None), *history[1:3], ("r", 1, 6, 7)]
    assert_explains(history, linearize(history))


@pytest.mark.stage(3)
def test_a_lost_read_says_nothing():
    assert linearize([("r", 7, 0, None)]) == []
    assert linearize([("r", 7, 0, None), ("w", 1, 1, 2), ("r", 1, 3, 4)]) == [1, 2]


@pytest.mark.stage(3)
def test_a_lost_compare_and_set_may_have_worked_whatever_it_says():
    for ok in (True, False):
        lost = ("cas", (None, 1, ok), 0, None)
        for seen in (1, None):
            history = [lost, ("r", seen, 5, 6)]
            assert_explains(history, linearize(history))
        assert linearize([lost, ("w", 2, 1, 2), ("r", 1, 5, 6)]) is None
        assert linearize([("w", 2, 3, 4), ("cas", (1, 7, ok), 5, None), ("r", 7, 8, 9)]) is None
        never = [("w", 2, 3, 4), ("cas", (1, 7, ok), 5, None), ("r", 2, 8, 9)]
        assert_explains(never, linearize(never))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_ten_overlapping_writes_and_two_reads_that_cannot_be():
    writes = [("w", number, number, 100 - number) for number in range(10)]
    history = [*writes, ("r", 3, 200, 201), ("r", 7, 202, 203)]
    assert linearize(history) is None
    assert_explains(history[:-1], linearize(history[:-1]))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_hundreds_of_operations_of_six_clients(rng):
    histories = [six_clients(rng, count) for count in (200, 200, 400)]
    for history, order in zip(
        histories, call_many(linearize, [(each,) for each in histories]), strict=True
    ):
        assert_explains(history, order)
    late = [("w", "x", 1000, 1001), ("w", "y", 1002, 1003), ("r", "x", 1004, 1005)]
    assert call_many(linearize, [([*each, *late],) for each in histories]) == [None] * 3
