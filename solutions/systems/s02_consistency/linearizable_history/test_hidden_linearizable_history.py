"""Small histories against every order there is, large ones against a real register."""

from itertools import permutations

import pytest

from graders.kit import call_many
from linearizable_history import linearize


def explains(history, order, initial):
    """Tell whether an order keeps real time and explains each of its operations."""
    holds, latest_call = initial, -1
    for place in order:
        kind, value, call, ret = history[place]
        if ret is not None and ret < latest_call:
            return False
        latest_call = max(latest_call, call)
        if kind == "w":
            holds = value
        elif kind == "r":
            if holds != value:
                return False
        elif ret is None:
            holds = value[1] if holds == value[0] else holds
        elif (holds == value[0]) != value[2]:
            return False
        elif value[2]:
            holds = value[1]
    return True


def is_complete(history, order):
    """Tell whether an order has everybody it must have, once, and nobody else."""
    known = {place for place, operation in enumerate(history) if operation[3] is not None}
    lost = {p for p, (kind, _, _, ret) in enumerate(history) if ret is None and kind != "r"}
    return len(set(order)) == len(order) and known <= set(order) <= known | lost


def some_order(history, initial):
    """Try every order of every choice, and tell whether one explains the history."""
    every = range(len(history))
    return any(
        is_complete(history, order) and explains(history, order, initial)
        for size in range(len(history) + 1)
        for order in permutations(every, size)
    )


def random_history(rng, size, kinds, lost):
    """Return operations over few values at random times; about half of them have no order."""
    times = rng.sample(range(40), 2 * size)
    history = []
    for number in range(size):
        call, ret = sorted(times[2 * number : 2 * number + 2])
        kind, value = rng.choice(kinds), rng.choice([None, 1, 2])
        if kind == "cas":
            value = (value, rng.choice([None, 1, 2]), rng.random() < 0.5)
        history.append((kind, value, call, None if rng.random() < lost else ret))
    return history


def assert_like_every_order(rng, count, sizes, kinds, lost=0.0):
    """Compare with all orders; orders that come back are checked, not compared."""
    calls = []
    for _ in range(count):
        calls.append((random_history(rng, rng.choice(sizes), kinds, lost), rng.choice([None, 1])))
    for (history, initial), got in zip(calls, call_many(linearize, calls), strict=True):
        if got is None:
            assert not some_order(history, initial), f"{history} from {initial!r} has an order"
        else:
            good = is_complete(history, got) and explains(history, got, initial)
            assert good, f"{history} from {initial!r} is not explained by {got}"


def stormy_run(rng, count, open_at_once, lost):
    """Run a real register under clients some of whom never hear of their outcome."""
    now, holds, running, history = 0, "start", [], []
    while len(history) < count or running:
        now += 1
        silent = sum(1 for _, _, _, ret in history if ret is None)
        if len(history) + len(running) < count and len(running) + silent < open_at_once:
            kind = rng.choice(["w", "r", "cas"])
            running.append([kind, None, now, False])
        now += 1
        operation = rng.choice(running)
        if not operation[3]:
            kind, new = operation[0], rng.randint(1, 5)
            old = rng.choice([holds, rng.randint(1, 5)])
            hit = old == holds
            values = {"w": new, "r": holds, "cas": (old, new, hit)}
            operation[1], operation[3] = values[kind], True
            if kind == "w" or (kind == "cas" and hit):
                holds = new
        elif rng.random() < 0.7:
            running.remove(operation)
            is_lost = rng.random() < lost and silent < 3
            history.append((*operation[:3], None if is_lost else now))
    rng.shuffle(history)
    return history


@pytest.mark.stage(1)
def test_small_histories_of_reads_and_writes_are_judged_like_by_every_order(rng):
    assert_like_every_order(rng, 120, (1, 2, 3, 4, 5), ["w", "r", "r"])


@pytest.mark.stage(2)
def test_small_histories_with_compare_and_set_are_judged_like_by_every_order(rng):
    assert_like_every_order(rng, 120, (2, 3, 4, 5), ["w", "r", "cas", "cas"])


@pytest.mark.stage(3)
def test_small_histories_with_lost_outcomes_are_judged_like_by_every_order(rng):
    assert_like_every_order(rng, 150, (2, 3, 4, 5), ["w", "r", "cas"], lost=0.4)


@pytest.mark.stage(3)
def test_what_a_real_register_did_is_always_explained(rng):
    histories = [stormy_run(rng, 24, 4, lost) for lost in (0.0, 0.05, 0.1) for _ in range(3)]
    calls = [(history, "start") for history in histories]
    for history, order in zip(histories, call_many(linearize, calls), strict=True):
        assert order is not None, f"{history} has an order"
        assert is_complete(history, order) and explains(history, order, "start"), history
