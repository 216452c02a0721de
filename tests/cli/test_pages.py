"""`list`, `next`, `show` and `hint`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from graders import catalog
from graders.learn import memory, pages
from graders.report.screen import Screen
from tests.cli.conftest import Checkout
from tests.cli.reports import kata


class TestList:
    def test_shows_every_kata_with_its_state(self, checkout: Checkout) -> None:
        checkout.write("lcs_dp", "x = 1\n")
        ran = checkout.run("list")
        assert (ran.code, ran.err) == (0, "")
        heads = ["topic", "kata", "title", "difficulty", "minutes", "state"]
        assert ran.lines[0].split() == heads
        assert ran.lines[1].split() == ["a01", "two_sum", "Two", "sum", "1", "20", "untouched"]
        assert ran.lines[2].split()[-1] == "attempted"
        assert ran.lines[-1] == "python3 noxfile.py -s next"

    def test_shows_chinese_titles(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        assert "两数之和" in checkout.run("list").out


class TestNext:
    def test_names_an_untouched_kata_and_its_statement(self, checkout: Checkout) -> None:
        assert checkout.run("next").lines == [
            "two_sum: Two sum, difficulty 1, about 20 minutes",
            "Module: katas/algorithms/a01_two_sum/two_sum/two_sum.py",
            "Read the statement:",
            "python3 noxfile.py -s show -- two_sum",
        ]

    def test_sends_a_begun_one_to_the_judge(self, checkout: Checkout) -> None:
        for slug in ("two_sum", "lcs_dp"):
            checkout.write(slug, "x = 1\n")
        assert checkout.run("next").lines[2:] == [
            "Also started: lcs_dp.",
            "You have started it; judge it as it stands:",
            "python3 noxfile.py -s grade -- two_sum",
        ]

    def test_names_what_a_kata_builds_on(self, checkout: Checkout) -> None:
        toml = checkout.module("two_sum").with_name("kata.toml")
        text = toml.read_text(encoding="utf-8")
        toml.write_text(text.replace("prerequisites = []", 'prerequisites = ["lcs_dp"]'))
        checkout.solve("lcs_dp")
        checkout.run("grade", "lcs_dp")
        assert "Builds on: lcs_dp." in checkout.run("next").lines

    def test_has_nothing_left_when_all_are_accepted(self, checkout: Checkout) -> None:
        slugs = [each.slug for each in catalog.load(checkout.root).katas]
        for slug in slugs:
            checkout.solve(slug)
        assert checkout.run("grade", "--all").code == 0
        assert checkout.run("next").lines == [
            f"Everything here is accepted ({len(slugs)} of {len(slugs)}). "
            "There is nothing left to do.",
            "All katas:",
            "python3 noxfile.py -s list",
        ]


class TestShow:
    def test_prints_the_statement_as_it_is_written_into_a_file(self, checkout: Checkout) -> None:
        ran = checkout.run("show", "two_sum")
        page = checkout.module("two_sum").with_name("README.md").read_text(encoding="utf-8")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(page.rstrip())
        assert ran.lines[-2:] == [
            "Module: katas/algorithms/a01_two_sum/two_sum/two_sum.py",
            "python3 noxfile.py -s grade -- two_sum",
        ]

    def test_lays_it_out_on_a_terminal(self, checkout: Checkout) -> None:
        screen = Screen(checkout.root, 80, color=True)
        shown = pages.statement(catalog.load(checkout.root).find("two_sum")[0], screen)
        assert "# Two sum" not in shown and "Two sum" in shown and "\x1b[" in shown

    def test_prints_it_in_chinese(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        assert checkout.run("show", "two_sum").out.startswith("# 两数之和\n")

    def test_prints_english_where_the_chinese_one_is_missing(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        checkout.module("two_sum").with_name("README.zh.md").unlink()
        assert checkout.run("show", "two_sum").out.startswith("# Two sum\n")

    def test_says_how_to_get_a_missing_statement_back(self, checkout: Checkout) -> None:
        checkout.module("two_sum").with_name("README.md").unlink()
        ran = checkout.run("show", "two_sum")
        assert (ran.code, ran.out) == (2, "")
        page = "katas/algorithms/a01_two_sum/two_sum/README.md"
        assert ran.err == (
            f"kata40: {page}: is missing; restore it with: git checkout -- {page}\n"
        )

    def test_says_what_is_wrong_with_one_that_cannot_be_read(self, checkout: Checkout) -> None:
        checkout.module("two_sum").with_name("README.md").write_bytes(b"\xff")
        assert "README.md: cannot be read (not UTF-8); restore" in checkout.run("show", "a01").err

    def test_needs_a_kata_that_exists(self, checkout: Checkout) -> None:
        ran = checkout.run("show", "two_som")
        assert ran.code == 2 and "did you mean 'two_sum'?" in ran.err
        assert checkout.run("show").err == (
            "kata40: Missing argument 'SLUG|TOPIC'; see: python3 -m graders show --help\n"
        )


class TestHint:
    def test_is_given_one_at_a_time(self, checkout: Checkout) -> None:
        hints = [hint.en for hint in kata().hints]
        first, second, third, again = [checkout.run("hint", "two_sum").lines for _ in range(4)]
        assert first == [
            "Hint 1 of 3 for two_sum", "", hints[0], "", "The next hint:",
            "python3 noxfile.py -s hint -- two_sum",
        ]  # fmt: skip
        assert second[0] == "Hint 2 of 3 for two_sum" and second[2] == hints[1]
        assert third[2:5] == [hints[2], "", "That was the last hint."]
        assert again[2:5] == [hints[2], "", "There are no more hints; this is the last one again."]
        assert again[-1] == "python3 noxfile.py -s grade -- two_sum"

    def test_is_counted_for_each_kata(self, checkout: Checkout) -> None:
        checkout.run("hint", "two_sum")
        checkout.run("hint", "two_sum")
        checkout.run("hint", "lcs_dp")
        counted = {slug: each.hints for slug, each in memory.read(checkout.root).items()}
        assert counted == {"two_sum": 2, "lcs_dp": 1}

    def test_can_be_asked_for_by_number_without_going_back(self, checkout: Checkout) -> None:
        assert checkout.run("hint", "two_sum", "--number", "2").lines[0].startswith("Hint 2 of 3")
        assert checkout.run("hint", "two_sum", "--number", "1").lines[0].startswith("Hint 1 of 3")
        assert checkout.run("hint", "two_sum").lines[0].startswith("Hint 3 of 3")

    @pytest.mark.parametrize("number", ["0", "4", "-1"])
    def test_of_another_number_there_is_none(self, checkout: Checkout, number: str) -> None:
        ran = checkout.run("hint", "two_sum", "--number", number)
        assert ran.code == 2
        assert ran.err == f"kata40: two_sum: no hint {number}; choose one from 1 to 3\n"

    def test_is_in_the_learners_language(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        lines = checkout.run("hint", "two_sum").lines
        assert lines[0] == "two_sum 的提示 1/3" and lines[2] == kata().hints[0].zh

    def test_is_given_where_nothing_can_be_stored(self, checkout: Checkout) -> None:
        (checkout.root / ".kata40").write_text("in the way")
        ran = checkout.run("hint", "two_sum")
        assert (ran.code, ran.err) == (0, "")
        assert "cannot be noted which hints you have seen" in ran.out
        assert ran.lines[-1] == "python3 noxfile.py -s hint -- two_sum --number 2"


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        (("list",), ["pytest", "_pytest", "rich.markdown", "graders.judge.judge"]),
        (("next",), ["pytest", "_pytest", "rich.markdown", "graders.judge.judge"]),
        (("show", "two_sum"), ["pytest", "_pytest", "rich.markdown", "graders.judge.judge"]),
        (("--help",), ["pytest", "_pytest", "rich", "graders.catalog", "tomllib"]),
    ],
)
def test_a_command_loads_only_what_it_needs(
    checkout: Checkout, command: tuple[str, ...], unwanted: list[str]
) -> None:
    code = "import sys; from graders.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=checkout.root, capture_output=True, text=True,
        env=os.environ,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert set(unwanted) & set(ran.stdout.splitlines()[-1].split()) == set()
