"""Hidden suite of chinese_remainder: search over small numbers, and numbers that are built."""

import math

import pytest

from chinese_remainder import crt, garner
from graders.kit import Raised, call_many


def small_systems(rng, count):
    """Return systems of up to four congruences whose answers a search can find."""
    systems = []
    for _ in range(count):
        moduli = [rng.randint(1, 12) for _ in range(rng.randint(1, 4))]
        if rng.random() < 0.6:
            x = rng.randrange(1_000)
            systems.append(([x - m * rng.randint(-2, 2) for m in moduli], moduli))
        else:
            systems.append(([rng.randint(-15, 15) for _ in moduli], moduli))
    return systems


def by_search(residues, moduli):
    """Return the smallest number from 0 on that fits, or None."""
    conditions = list(zip(residues, moduli, strict=True))
    everything = range(math.lcm(*moduli))
    return next((x for x in everything if all((x - r) % m == 0 for r, m in conditions)), None)


@pytest.mark.stage(1)
def test_merging_agrees_with_a_search(rng):
    systems = small_systems(rng, 60)
    for (residues, moduli), got in zip(
        systems, call_many(crt, systems, errors="keep"), strict=True
    ):
        x = by_search(residues, moduli)
        if x is None:
            assert isinstance(got, Raised), (residues, moduli)
            assert got.name == "NoSolution", (residues, moduli)
        else:
            assert got == (x, math.lcm(*moduli)), (residues, moduli)


@pytest.mark.stage(2)
def test_digits_add_up_to_what_a_search_finds(rng):
    systems = small_systems(rng, 60)
    for (residues, moduli), got in zip(
        systems, call_many(garner, systems, errors="keep"), strict=True
    ):
        if math.lcm(*moduli) < math.prod(moduli):
            assert isinstance(got, Raised), (residues, moduli)
            assert got.name == "ValueError", (residues, moduli)
            continue
        assert all(0 <= digit < m for digit, m in zip(got, moduli, strict=True)), moduli
        weights = [math.prod(moduli[:place]) for place in range(len(moduli))]
        number = sum(digit * weight for digit, weight in zip(got, weights, strict=True))
        assert number == by_search(residues, moduli), (residues, moduli)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_long_moduli_in_any_order(rng):
    moduli = [rng.randint(1, 2**64) * rng.randint(1, 60) for _ in range(12)]
    x = rng.randrange(math.lcm(*moduli))
    pairs = [(x + m * rng.randint(-3, 3), m) for m in moduli]
    orders = [rng.sample(pairs, len(pairs)) for _ in range(5)]
    asked = [([r for r, _ in order], [m for _, m in order]) for order in orders]
    assert call_many(crt, asked) == [(x, math.lcm(*moduli))] * 5
