"""Hidden suite of diff_script: random files against a table, scripts there and back."""

import pytest

from diff_script import BadScript, apply_script, distance, edit_script
from graders.kit import Raised, call_many


def model_distance(a, b):
    """Return the insert/delete distance by the table."""
    row = list(range(len(b) + 1))
    for i, line in enumerate(a, start=1):
        above, row = row, [i]
        for j, other in enumerate(b, start=1):
            row.append(above[j - 1] if line == other else 1 + min(above[j], row[j - 1]))
    return row[-1]


def model_apply(a, script):
    """Return what a script makes of a, or None if it does not fit."""
    rest, result = list(a), []
    for op, line in script:
        if op == "+":
            result.append(line)
        elif op in ("=", "-") and rest[:1] == [line]:
            result += rest[:1] if op == "=" else []
            del rest[0]
        else:
            return None
    return None if rest else result


def pairs(rng, times, size):
    """Return pairs of files over few different lines, some of them versions of each other."""
    found = []
    for _ in range(times):
        lines = rng.choice(["xy", "abc", "abcdefgh"])
        a = rng.choices(lines, k=rng.randint(0, size))
        b = rng.choices(lines, k=rng.randint(0, size))
        if rng.random() < 0.4:
            b = [line for line in a if rng.random() < 0.7]
        found.append((a, b))
    return found


@pytest.mark.stage(1)
def test_scripts_that_fit_and_scripts_that_do_not(rng):
    cases = []
    for _ in range(200):
        a = rng.choices("xy", k=rng.randint(0, 5))
        script = [(rng.choice("=-"), line) for line in a]
        for _ in range(rng.randint(0, 2)):
            script.insert(rng.randint(0, len(script)), (rng.choice("+++=-*"), rng.choice("xy")))
        if script and rng.random() < 0.2:
            del script[rng.randrange(len(script))]
        cases.append((a, script))
    for case, got in zip(cases, call_many(apply_script, cases, errors="keep"), strict=True):
        expected = model_apply(*case)
        if expected is None:
            assert isinstance(got, Raised), f"apply_script{case}"
            assert got.name == BadScript.__name__, f"apply_script{case}"
        else:
            assert got == expected, f"apply_script{case}"


@pytest.mark.stage(2)
def test_distance_agrees_with_the_table(rng):
    cases = pairs(rng, 120, 9)
    for case, got in zip(cases, call_many(distance, cases), strict=True):
        assert got == model_distance(*case), f"distance{case}"


@pytest.mark.stage(2)
def test_distance_of_two_hundred_lines_with_nothing_in_common():
    assert distance(list("x" * 200), list("y" * 200)) == 400


@pytest.mark.stage(3)
def test_script_leads_there_by_the_distance_and_back(rng):
    cases = pairs(rng, 120, 9)
    scripts = call_many(edit_script, cases)
    swapped = {"=": "=", "-": "+", "+": "-"}
    for (a, b), script in zip(cases, scripts, strict=True):
        ops = "".join(op for op, _ in script)
        assert model_apply(a, script) == b, f"edit_script({a}, {b})"
        assert model_apply(b, [(swapped[op], line) for op, line in script]) == a
        assert len(ops) - ops.count("=") == model_distance(a, b), f"edit_script({a}, {b})"
        assert "+-" not in ops, f"edit_script({a}, {b})"
    assert call_many(apply_script, [(a, s) for (a, _), s in zip(cases, scripts, strict=True)]) == [
        b for _, b in cases
    ]


@pytest.mark.stage(3)
def test_script_of_two_hundred_lines_with_little_in_common(rng):
    a, b = (rng.choices("abcdefghijklmnop", k=200) for _ in "ab")
    script = edit_script(a, b)
    assert model_apply(a, script) == b
    assert sum(op != "=" for op, _ in script) == model_distance(a, b)
