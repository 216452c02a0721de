"""Hidden suite of acm_io: random cases against a model of their lines."""

import pytest

from graders.kit import assert_output, run_program


def as_input(cases):
    """Return the input text of cases, each a list of (name, points)."""
    lines = []
    for records in cases:
        lines += [str(len(records)), *(f"{name} {points}" for name, points in records)]
    return "\n".join(lines) + "\n"


def as_output(cases):
    """Return what must be printed: each total is the sum over the records of its name."""
    blocks = []
    for number, records in enumerate(cases, 1):
        names = sorted({name for name, _ in records})
        totals = [(name, sum(p for other, p in records if other == name)) for name in names]
        lines = [f"Case #{number}: {len(names)}", *(f"{name} {total}" for name, total in totals)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def random_name(rng, letters):
    """Return a name of up to ten letters."""
    return "".join(rng.choices(letters, k=rng.choice([1, 2, 3, 10])))


def random_case(rng):
    """Return up to twelve records of few different names."""
    letters = rng.choice(["ab", "xyz", "abcdefghijklmnopqrstuvwxyz"])
    names = [random_name(rng, letters) for _ in range(rng.randint(1, 6))]
    reach = rng.choice([1, 10, 10**6])
    return [(rng.choice(names), rng.randint(-reach, reach)) for _ in range(rng.randint(0, 12))]


def test_random_cases_print_their_sums(rng):
    cases = [random_case(rng) for _ in range(200)]
    assert_output(run_program(as_input(cases)), as_output(cases))


def test_the_order_of_records_changes_nothing(rng):
    cases = [random_case(rng) for _ in range(20)]
    shuffled = [rng.sample(records, len(records)) for records in cases]
    assert run_program(as_input(shuffled)).lines == run_program(as_input(cases)).lines


def test_any_number_of_cases_ends_with_the_input(rng):
    for count in (1, 2, 3):
        cases = [random_case(rng) for _ in range(count)] + [[]]
        assert_output(run_program(as_input(cases)), as_output(cases))


@pytest.mark.perf
def test_many_random_cases_of_many_records(rng):
    cases = [[(random_name(rng, "abcde"), rng.randint(-9, 9)) for _ in range(100)]
             for _ in range(1000)]
    assert_output(run_program(as_input(cases)), as_output(cases))
