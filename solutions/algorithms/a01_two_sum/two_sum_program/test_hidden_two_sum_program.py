"""Hidden suite of two_sum_program: cases as in two_sum's, against all pairs; planted at size."""

import pytest

from graders.kit import assert_output, run_program


def as_input(cases):
    """Return the input text of (values, target) cases."""
    lines = [str(len(cases))]
    for values, target in cases:
        lines += [f"{len(values)} {target}", " ".join(map(str, values))]
    return "\n".join(lines) + "\n"


def all_pairs(values, target):
    """Return the line for each pair in the order in which they are preferred, then none."""
    pairs = [(i, j) for j in range(len(values)) for i in range(j)
             if values[i] + values[j] == target]
    return [f"{i} {j}" for i, j in pairs] + ["none"]


def small_cases(rng, count):
    """Return (values, target) with few distinct values, so that ties and repeats abound."""
    cases = []
    for _ in range(count):
        reach = rng.choice([1, 3, 8, 30])
        values = [rng.randint(-reach, reach) for _ in range(rng.randint(0, 14))]
        cases.append((values, rng.randint(-2 * reach, 2 * reach)))
    return cases


def planted(rng, size):
    """Return (values, target, answer): multiples of 4 can not reach 2 mod 4, only the pair does."""
    values = [4 * rng.randint(-(10**11), 10**11) for _ in range(size)]
    i, j = sorted(rng.sample(range(size), 2))
    values[i] = 4 * rng.randint(-(10**11), 10**11) + 1
    values[j] = 4 * rng.randint(-(10**11), 10**11) + 1
    return values, values[i] + values[j], f"{i} {j}"


def test_prints_the_first_of_all_pairs(rng):
    cases = small_cases(rng, 400)
    expected = [all_pairs(values, target)[0] for values, target in cases]
    assert_output(run_program(as_input(cases)), "\n".join(expected))


def test_finds_planted_pairs_of_large_values(rng):
    cases = [planted(rng, rng.randint(2, 60)) for _ in range(60)]
    text = as_input([(values, target) for values, target, _ in cases])
    assert_output(run_program(text), "\n".join(answer for _, _, answer in cases))


def test_one_case_at_a_time_gives_the_same(rng):
    for values, target in small_cases(rng, 6):
        run = run_program(as_input([(values, target)]))
        assert_output(run, all_pairs(values, target)[0])


@pytest.mark.perf
def test_finds_the_only_pair_of_200_000_values(rng):
    values, target, answer = planted(rng, 200_000)
    assert_output(run_program(as_input([(values, target)])), answer)
