"""What acm_io must print: the sample, edge cases of format and end, then the limits."""

import pytest

from graders.kit import assert_output, run_program

SAMPLE = """\
3
mia 5
leo -2
mia 3
0
2
zoe 0
leo 7
"""
ANSWER = """\
Case #1: 2
leo -2
mia 8

Case #2: 0

Case #3: 2
leo 7
zoe 0
"""


def as_input(cases):
    """Return the input text of cases, each a list of (name, points)."""
    lines = []
    for records in cases:
        lines += [str(len(records)), *(f"{name} {points}" for name, points in records)]
    return "\n".join(lines) + "\n"


def test_prints_the_answers_of_the_sample():
    assert_output(run_program(SAMPLE), ANSWER)


def test_one_case_has_no_empty_line():
    run = run_program("1\nmia 5\n")
    assert_output(run, "Case #1: 1\nmia 5\n")
    assert run.text.strip() == "Case #1: 1\nmia 5"


def test_a_case_without_records_is_no_end():
    assert_output(run_program("0\n0\n1\na 1\n"), "Case #1: 0\n\nCase #2: 0\n\nCase #3: 1\na 1\n")
    assert_output(run_program("0\n"), "Case #1: 0\n")


def test_points_add_up_and_may_cancel_out():
    records = [("ann", 1_000_000), ("bob", -7), ("ann", 1_000_000), ("bob", 7)]
    assert_output(run_program(as_input([records])), "Case #1: 2\nann 2000000\nbob 0\n")


def test_names_are_in_alphabetical_order():
    records = [(name, 1) for name in ["b", "ab", "zebra", "a", "abcdefghij", "aa"]]
    names = "a 1\naa 1\nab 1\nabcdefghij 1\nb 1\nzebra 1\n"
    assert_output(run_program(as_input([records])), f"Case #1: 6\n{names}")


def test_every_case_starts_anew():
    cases = [[("leo", 4)], [("leo", 5), ("mia", 1)], [("mia", -1)]]
    expected = "Case #1: 1\nleo 4\n\nCase #2: 2\nleo 5\nmia 1\n\nCase #3: 1\nmia -1\n"
    assert_output(run_program(as_input(cases)), expected)


@pytest.mark.perf
def test_200_000_records_of_40_000_names():
    names = [f"{chr(97 + i // 1000 % 26)}{''.join(chr(97 + int(d)) for d in str(i))}"
             for i in range(40_000)]
    run = run_program(as_input([[(name, 3) for name in names * 5]]))
    assert_output(run, "\n".join(["Case #1: 40000", *(f"{name} 15" for name in sorted(names))]))


@pytest.mark.perf
def test_20_000_cases_of_few_records():
    case = [("leo", 1), ("mia", 2), ("leo", 3), ("zoe", 4)]
    answers = [f"Case #{k}: 3\nleo 4\nmia 2\nzoe 4" for k in range(1, 20_001)]
    assert_output(run_program(as_input([case] * 20_000)), "\n\n".join(answers))
