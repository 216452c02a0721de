"""`judge SLUG FILE`: one file, one Report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from graders.report import schema
from tests.cli import submissions
from tests.cli.conftest import SOLUTIONS, Checkout

REFERENCE = SOLUTIONS / "algorithms/a01_two_sum/two_sum/two_sum.py"


@pytest.fixture
def with_solutions(checkout: Checkout) -> Checkout:
    shutil.copytree(SOLUTIONS, checkout.root / "solutions")
    return checkout


def test_a_right_file_is_accepted(checkout: Checkout) -> None:
    ran = checkout.run("judge", "two_sum", str(REFERENCE))
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0].split() == ["test", "verdict", "CPU", "s", "limit"]
    assert "\nACCEPTED (visible tests): two_sum, 100 of 100 points, " in ran.out
    assert ran.lines[-1] == "python3 noxfile.py -s next"


def test_a_wrong_file_is_not(checkout: Checkout, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(submissions.LATER_FIRST)
    ran = checkout.run("judge", "two_sum", str(wrong))
    assert ran.code == 1
    assert ran.lines[-1] == f"python3 noxfile.py -s judge -- two_sum {wrong}"


def test_its_json_is_the_report(checkout: Checkout, tmp_path: Path) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text(submissions.ALL_PAIRS)
    ran = checkout.run("judge", "two_sum", str(slow), "--format", "json")
    data = json.loads(ran.out)
    jsonschema.validate(data, schema.report_schema())
    assert (ran.code, data["kata"], data["verdict"]) == (1, "two_sum", "TIME_LIMIT_EXCEEDED")
    over = next(test for test in data["tests"] if test["status"] == "TIME_LIMIT")
    assert over["cpu_s"] > over["limit_s"] == 0.5


def test_it_always_runs_an_untouched_stub(checkout: Checkout) -> None:
    ran = checkout.run("judge", "two_sum", str(checkout.module("two_sum")))
    assert ran.code == 1 and "\nNOT_STARTED: two_sum, " in ran.out


def test_a_link_is_a_compile_error(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "mine.py").symlink_to(REFERENCE)
    ran = checkout.run("judge", "two_sum", str(tmp_path / "mine.py"))
    assert ran.code == 1
    assert ran.out.startswith("COMPILE_ERROR: two_sum\n  mine.py: is a symbolic link;")


class TestTheHiddenSuite:
    def test_is_judged_and_shown_to_the_instructor(self, with_solutions: Checkout) -> None:
        ran = with_solutions.run("judge", "two_sum", str(REFERENCE), "--hidden", "--format", "json")
        data = json.loads(ran.out)
        jsonschema.validate(data, schema.report_schema())
        assert (ran.code, data["scope"], data["verdict"]) == (0, "full", "ACCEPTED")
        assert any(test["hidden"] for test in data["tests"])
        assert all(layer["on"] for layer in data["protections"])  # it implies --require-sandbox

    def test_of_a_warm_up_is_none_and_its_own_suite_all(self, with_solutions: Checkout) -> None:
        where = "algorithms/a01_two_sum/first_repeat"
        shutil.copytree(SOLUTIONS.parent / "katas" / where, with_solutions.root / "katas" / where)
        reference = str(SOLUTIONS / where / "first_repeat.py")
        ran = with_solutions.run("judge", "first_repeat", reference, "--hidden", "--format", "json")
        data = json.loads(ran.out)
        assert (ran.code, data["verdict"], data["scope"]) == (0, "ACCEPTED", "visible")
        assert all(layer["on"] for layer in data["protections"])

    def test_of_a_checkout_without_solutions_is_one_clear_line(self, checkout: Checkout) -> None:
        ran = checkout.run("judge", "two_sum", str(REFERENCE), "--hidden")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "kata40: two_sum: no hidden suite here (solutions/algorithms/a01_two_sum/two_sum/"
            "test_hidden_two_sum.py); judge without --hidden, or where the solutions are\n"
        )

    def test_asks_for_every_layer_of_the_sandbox(self, with_solutions: Checkout) -> None:
        options = ("--hidden", "--engine", "subprocess")
        ran = with_solutions.run("judge", "two_sum", str(REFERENCE), *options)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("kata40: sandbox: the layer ")


class TestUsage:
    def test_a_file_that_is_not_there_is_named(self, checkout: Checkout) -> None:
        ran = checkout.run("judge", "two_sum", "mine.py")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "kata40: mine.py: no such file; name the module that is to be judged\n"
        )

    def test_an_unknown_kata_is_met_with_the_closest_one(self, checkout: Checkout) -> None:
        ran = checkout.run("judge", "lcsdpp", str(REFERENCE))
        assert ran.code == 2 and "did you mean 'lcs_dp'?" in ran.err

    def test_a_topic_of_one_kata_stands_for_it(self, checkout: Checkout) -> None:
        assert checkout.run("judge", "a01", str(REFERENCE)).code == 0

    def test_a_topic_of_several_katas_does_not(self, checkout: Checkout) -> None:
        topic = checkout.module("two_sum").parents[1]
        shutil.copytree(topic / "two_sum", topic / "three_sum")
        for path in (topic / "three_sum").glob("*two_sum.py"):
            path.rename(path.with_name(path.name.replace("two_sum", "three_sum")))
        ran = checkout.run("judge", "a01", str(REFERENCE))
        assert ran.code == 2
        assert ran.err == (
            "kata40: a01: is a topic of several katas; name one of them: three_sum, two_sum\n"
        )

    def test_an_unknown_engine_is_met_with_those_there_are(self, checkout: Checkout) -> None:
        ran = checkout.run("judge", "two_sum", str(REFERENCE), "--engine", "docker")
        assert ran.code == 2 and "'fork', 'subprocess'" in ran.err
