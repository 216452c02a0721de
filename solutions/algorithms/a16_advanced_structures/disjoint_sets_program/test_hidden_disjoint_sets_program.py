"""Hidden suite of disjoint_sets_program: random cases against sets of persons, and long chains."""

from itertools import pairwise

import pytest

from graders.kit import assert_output, run_program


def as_input(cases):
    """Return the input text of cases, each (persons, [(kind, a, b), …])."""
    lines = []
    for persons, ops in cases:
        lines += [f"{persons} {len(ops)}", *(f"{kind} {a} {b}" for kind, a, b in ops)]
    return "\n".join([*lines, "0 0"]) + "\n"


def as_output(cases):
    """Return what must be printed, with each group as a set of persons."""
    lines = []
    for persons, ops in cases:
        group = {person: {person} for person in range(1, persons + 1)}
        for kind, a, b in ops:
            if kind == "Q":
                lines.append("yes" if b in group[a] else "no")
            else:
                joined = group[a] | group[b]
                group.update(dict.fromkeys(joined, joined))
        lines.append(str(len({min(each) for each in group.values()})))
    return "\n".join(lines)


def random_case(rng):
    """Return a case of up to twelve persons and thirty lines."""
    persons = rng.randint(1, 12)
    ops = [(rng.choice("UQQ"), rng.randint(1, persons), rng.randint(1, persons))
           for _ in range(rng.randint(0, 30))]
    return persons, ops


def test_random_cases_agree_with_sets(rng):
    cases = [random_case(rng) for _ in range(150)]
    assert_output(run_program(as_input(cases)), as_output(cases))


def test_one_case_of_many_persons_agrees_with_sets(rng):
    ops = [(rng.choice("UQ"), rng.randint(1, 300), rng.randint(1, 300)) for _ in range(800)]
    assert_output(run_program(as_input([(300, ops)])), as_output([(300, ops)]))


@pytest.mark.perf
def test_random_lines_over_many_persons(rng):
    order = rng.sample(range(1, 60_001), 60_000)
    ops = [("U", a, b) for a, b in pairwise(order)]
    asked = [("Q", rng.randint(1, 60_000), rng.randint(1, 60_000)) for _ in range(40_000)]
    assert_output(run_program(as_input([(60_000, ops + asked)])), "yes\n" * 40_000 + "1\n")
