"""growth, peak_memory, probe."""

from __future__ import annotations

import contextlib
import os
import sys
import time

import pytest

from graders.kit import curve, growth, measure, peak_memory, probe


def total(values):
    result = 0
    for each in values:
        result += each
    return result


def pairs(values):
    return sum(1 for i, a in enumerate(values) for b in values[:i] if a == b)


class Bag:
    def __init__(self, values):
        self.values = list(values)

    def find(self, value):
        return value in self.values

    def last(self, _):
        return self.values[-1]


def fresh(size, round):
    return ([round * size + n for n in range(size)],)


def lookups(method):
    def make(size, round):
        values = [round * 8 * size + n for n in range(size)]
        return (values,), [(method, -round)] * size

    return make


@pytest.fixture
def clock(monkeypatch):
    """Give a function that makes a call of the given cost in seconds, on a clock of its own."""
    now = [0.0]
    monkeypatch.setattr(measure, "_cpu_s", lambda: now[0])

    def spend(seconds):
        now[0] += seconds

    return spend


def costing(clock, cost):
    """Make a learner's function whose cost in microseconds depends on its input's size."""
    sizes = []

    def function(values):
        sizes.append(len(values))
        clock(cost(len(values)) * 1e-6)

    return function, sizes


def test_a_linear_function_is_about_linear(kata):
    curve_ = growth(kata.function(total), fresh, 500)
    assert curve_.sizes == (500, 1000, 2000, 4000)
    assert 0.6 < curve_.exponent < 1.5
    if kata.link:
        assert kata.link.curves == [
            (curve_.sizes, curve_.cpu_s, curve_.exponent, curve_.label)
        ]  # fmt: skip


def test_a_quadratic_function_fails_where_linear_is_asked(kata):
    with pytest.raises(pytest.fail.Exception) as caught:
        growth(kata.function(pairs), fresh, 100)
    text = str(caught.value)
    assert "pairs: grows about quadratic (exponent " in text
    assert "the target is at most linear (exponent up to 1.45)" in text
    assert "CPU seconds per call" in text
    assert " 800  0.0" in text
    assert "At size 1,000,000 one call would take about" in text
    if kata.link:
        assert len(kata.link.curves) == 1, "the Report shows failed curves as well"


def test_the_same_function_passes_where_quadratic_is_allowed(kata):
    assert growth(kata.function(pairs), fresh, 100, at_most="quadratic").exponent > 1.5


def test_work_kept_from_call_to_call_does_not_help(kata):
    memo = {}

    def remembering(values):
        key = tuple(values)
        if key not in memo:
            memo[key] = pairs(values)
        return memo[key]

    with pytest.raises(pytest.fail.Exception, match="about quadratic"):
        growth(kata.function(remembering), fresh, 100)


@pytest.mark.parametrize(
    ("cost", "exponent"), [(lambda n: n, 1), (lambda n: 90 + n, 0.74), (lambda n: n**1.4, 1.4)]
)
def test_the_time_of_many_short_calls_is_told_per_call(kata, clock, cost, exponent):
    function, sizes = costing(clock, cost)
    found = growth(kata.function(function), fresh, 100)
    assert found.cpu_s == pytest.approx([cost(n) * 1e-6 for n in (100, 200, 400, 800)])
    assert found.exponent == pytest.approx(exponent, abs=0.01)
    assert (found.label, found.note) == ("about linear", "")
    in_all = sum(cost(n) for n in sizes)
    assert 24_000 < in_all < 70_000, "twelve runs of 2 ms, or of one call"


def test_every_repetition_has_new_contents(kata, clock):
    made = []

    def make(size, round):
        made.append(round)
        return fresh(size, round)

    growth(kata.function(costing(clock, lambda n: n)[0]), make, 100)
    assert len(set(made)) == len(made)


def test_larger_inputs_that_take_no_longer_are_unstable(kata, clock):
    function, _ = costing(clock, lambda n: 100)
    with pytest.raises(pytest.fail.Exception, match=r"unstable \(exponent 0\.00, target linear"):
        growth(kata.function(function), fresh, 100)
    assert growth(kata.function(function), fresh, 100, "constant").label == "about constant"


def test_too_close_to_call_is_measured_thrice_and_passes_with_a_note(kata, clock):
    function, sizes = costing(clock, lambda n: n**1.6)
    found = growth(kata.function(function), fresh, 100)
    assert found.label == "between linear and quadratic"
    assert "Too close to call, so it is accepted" in found.note
    assert sizes.count(800) == 9


def test_a_disturbed_measurement_is_repeated(kata, clock):
    function, sizes = costing(clock, lambda n: n * (9 if n == 800 and len(sizes) < 150 else 1))
    assert growth(kata.function(function), fresh, 100).label == "about linear"


def test_a_function_that_is_too_quick_to_time_ends_soon(kata, monkeypatch):
    monkeypatch.setattr(measure, "_MOST_ITEMS", 10_000)
    sizes = []

    def nothing(values):
        sizes.append(len(values))

    with contextlib.suppress(pytest.fail.Exception):  # what it reads is noise
        growth(kata.function(nothing), fresh, 500)
    assert sum(sizes) < 370_000, "three times twelve runs of at most 10,000 items"


def test_a_hopeless_size_is_not_tried(kata, clock):
    function, sizes = costing(clock, lambda n: 50 * n**2)
    with pytest.raises(pytest.fail.Exception, match="about quadratic") as caught:
        growth(kata.function(function), fresh, 100)
    assert max(sizes) == 200, "400 would take 8 seconds"
    assert "     200  2.00\n  At size" in str(caught.value)


def test_a_slow_function_is_measured_once(kata, clock):
    function, sizes = costing(clock, lambda n: 100 * n)
    growth(kata.function(function), fresh, 1000)
    assert sizes.count(8000) == 1


def test_of_a_class_the_operations_are_timed(kata):
    bag = kata.cls(Bag)
    with pytest.raises(pytest.fail.Exception, match="Bag: grows about quadratic"):
        growth(bag, lookups("find"), 200)
    assert growth(bag, lookups("last"), 200, "quadratic").exponent < 1.5


def test_one_growth_of_a_linear_function_is_cheap():
    before = time.process_time()
    growth(total, fresh, 1000)
    assert time.process_time() - before < 0.3


def test_errors_of_the_function_leave_growth(kata):
    def broken(values):
        raise KeyError(1)

    with pytest.raises(KeyError):
        growth(kata.function(broken), fresh, 10)


def test_misuse_of_growth_is_told():
    with pytest.raises(ValueError, match="at_most is 'fast'; it is constant, linear"):
        growth(total, fresh, 10, at_most="fast")
    with pytest.raises(ValueError, match="n is 0"):
        growth(total, fresh, 0)
    with pytest.raises(TypeError, match="make returned list"):
        growth(total, lambda size, round: [round], 10)
    with pytest.raises(TypeError, match=r"\(init arguments, operations\)"):
        growth(Bag, lambda size, round: ([round],), 10)
    with pytest.raises(ValueError, match="must give new contents for each round"):
        growth(total, lambda size, round: (list(range(size)),), 10)
    with pytest.raises(TypeError, match="needs a function or class"):
        growth(3, fresh, 10)


@pytest.mark.parametrize(
    ("slope", "degree", "finding"),
    [
        (1.0, 1, "FITS"), (1.45, 1, "FITS"), (1.5, 1, "BETWEEN"), (1.7, 1, "STEEPER"),
        (0.4, 1, "UNSTABLE"), (-0.6, 1, "UNSTABLE"), (0.1, 0, "FITS"), (-0.6, 0, "UNSTABLE"),
        (0.6, 0, "BETWEEN"), (1.0, 0, "STEEPER"), (1.0, 2, "FITS"), (2.7, 2, "STEEPER"),
    ],
)  # fmt: skip
def test_an_exponent_is_compared_with_its_target(slope, degree, finding):
    assert curve.finding(slope, degree).name == finding


@pytest.mark.parametrize(
    ("slope", "label"),
    [
        (0.1, "about constant"), (0.6, "between constant and linear"), (0.9, "about linear"),
        (1.47, "between linear and quadratic"), (2.0, "about quadratic"),
        (3.1, "about cubic"), (5.0, "steeper than cubic"),
    ],
)  # fmt: skip
def test_an_exponent_has_a_name(slope, label):
    assert curve.label(slope) == label


def test_the_exponent_is_a_fit_over_all_sizes():
    sizes = (10, 20, 40, 80)
    assert curve.exponent(sizes, [s**2 * 1e-6 for s in sizes]) == pytest.approx(2)
    assert curve.exponent(sizes, [1e-3, 2e-3, 4e-3, 4e-3]) == pytest.approx(0.7)


def test_too_close_to_call_passes_with_a_note():
    sizes = (10, 20, 40, 80)
    text = curve.describe("f", sizes, [s**1.5 * 1e-6 for s in sizes], 1)
    assert text.startswith("f: grows between linear and quadratic (exponent 1.50)")
    assert "so it is accepted" in text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1e-5, "under a millisecond"), (0.25, "250 ms"), (1.5, "1.5 s"), (90, "90 s"),
        (7200, "2 hours"), (3 * 86400, "3 days"), (1e11, "3,169 years"),
    ],
)  # fmt: skip
def test_a_projection_is_told_in_fitting_units(seconds, text):
    assert curve.duration(seconds) == text


def test_peak_memory_is_what_a_call_needs(kata):
    def need(mib):
        return len(b"x" * (mib << 20))

    small = peak_memory(kata.function(need), 1)
    large = peak_memory(kata.function(need), 300)
    assert (small.result, large.result) == (1 << 20, 300 << 20)
    assert 0 <= small.peak_mib < 100
    assert 250 < large.peak_mib < 400


def test_peak_memory_without_the_kernels_word(monkeypatch):
    monkeypatch.setattr(measure, "_reset_peak", lambda: False)
    peak = peak_memory(lambda mib: bytearray(mib << 20), 8)
    assert len(peak.result) == 8 << 20
    assert 7.9 < peak.peak_mib < 9


def test_a_probe_tells_of_the_learners_process(kata):
    before = probe()
    with open(os.devnull) as _:
        after = probe()
    assert after.pid == os.getpid()
    assert after.open_files == before.open_files + 1
    assert after.threads >= 1
    assert after.children == before.children
    assert after.cpu_s >= before.cpu_s > 0
    assert after.stderr == ("printed by the worker" if kata.link else "")


def test_growth_by_wall_time_tells_and_fails_nothing(monkeypatch):
    with pytest.raises(pytest.fail.Exception, match="grows about quadratic"):
        growth(pairs, fresh, 60)
    monkeypatch.setattr(sys, "platform", "win32")  # whose CPU clock ticks at 64 Hz
    for _ in range(8):  # the wall's clock is everybody's: a busy machine bends a curve
        told = growth(pairs, fresh, 60)
        if told.note:
            break
    assert told.exponent > 1
    assert told.note
