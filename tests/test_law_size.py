"""The law on size: what a difficulty, a warm-up and a stage may hold, how many submissions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trees import KATA, SLUG, SOLUTIONS, Tree, finished


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return finished(tmp_path)


class TestSize:
    def many(self, count: int) -> str:
        return "".join(f"\n\ndef test_number_{i}_is_odd():\n    assert 1\n" for i in range(count))

    @pytest.mark.parametrize(
        ("old", "new", "text"),
        [
            (
                "minutes = 45",
                "minutes = 46",
                "46 minutes are more than difficulty 2 allows (45); cut",
            ),
            (
                'BoxEmpty = "LookupError"',
                'BoxEmpty = "LookupError"\nBoxB = "ValueError"\nBoxC = "ValueError"',
                "5 names are more than difficulty 2 allows (4); cut it or raise the difficulty",
            ),
        ],
    )
    def test_follows_from_difficulty(self, tree: Tree, old: str, new: str, text: str) -> None:
        tree.edit("toml", old, new)
        assert any(text in each for each in tree.said("size")), tree.said("size")

    def test_counts_lines_that_hold_code(self, tree: Tree) -> None:
        tree.append("reference", "\n# a comment\n" * 30)
        assert tree.said("size") == []
        tree.append("reference", "X = (\n    1\n)\n" * 11)
        text = "48 lines of code are more than difficulty 2 allows (45); cut it or raise"
        assert text in tree.said("size")[0]

    def test_of_the_visible_suite_counts_every_case(self, tree: Tree) -> None:
        tree.edit("suite", "[[], [1]]", "range(12)")
        text = "15 visible tests are more than difficulty 2 allows (14); cut it or raise"
        assert text in tree.said("size")[0]

    @pytest.mark.parametrize(
        ("values", "cases"),
        [
            ("[[], [1]]", 2),
            ("((1,), (2,), (3,))", 3),
            ("CASES", 4),
            ("list(CASES)", 1),
            ("'ab'", 2),
        ],
    )
    def test_of_parameters_is_read_off(self, tree: Tree, values: str, cases: int) -> None:
        tree.edit("suite", "[[], [1]]", values)
        tree.edit(
            "suite",
            "\n\n\ndef test_numbers",
            "\n\nCASES = {1: 1, 2: 2, 3: 3, 4: 4}\n\n\ndef test_numbers",
        )
        tree.append("hidden", self.many(25 - 5 - cases).replace("assert 1", "assert [1]"))
        assert tree.said("test-counts") == []
        tree.append("hidden", "\n\ndef test_one_too_many():\n    assert [1]\n")
        text = "26 tests, visible and hidden, are more than 25; join or drop some"
        assert tree.said("test-counts") == [f"{SOLUTIONS}/test_hidden_number_box.py: {text}"]

    def test_is_at_least_one_test(self, tree: Tree) -> None:
        tree.write("suite", '"""Nothing yet."""\n')
        tree.edit("toml", "[limits.tests]\ntest_many_numbers_come_back_in_order = 1.4\n", "")
        text = f"{KATA}/test_number_box.py: has no test; write the visible suite"
        assert tree.said("test-counts") == [text]


class TestSubmissions:
    @pytest.mark.parametrize(
        ("prefix", "number", "text"),
        [
            ("wrong", 5, "9 wrong_ submissions are more than 8; keep those that teach most"),
            ("slow", 2, "3 slow_ submissions are more than 2; keep the likeliest"),
        ],
    )
    def test_are_not_too_many(self, tree: Tree, prefix: str, number: int, text: str) -> None:
        source = tree.path("wrong").read_text(encoding="utf-8")
        for each in range(number):
            tree.write(f"{SOLUTIONS}/{prefix}_{each}.py", source)
        assert tree.said("submission-counts") == [f"{SOLUTIONS}: {text}"]

    def test_are_at_least_four_wrong_ones(self, tree: Tree) -> None:
        tree.path("wrong").unlink()
        text = f"{SOLUTIONS}: 3 wrong_ submissions are fewer than 4; add plausible mistakes"
        assert tree.said("submission-counts") == [text]

    def test_may_end_otherwise_than_wrong_or_slow(self, tree: Tree) -> None:
        source = tree.path("wrong").read_text(encoding="utf-8")
        tree.write(f"{SOLUTIONS}/hungry_keeps_all.py", source)
        tree.write(f"{SOLUTIONS}/hang_waits_for_ever.py", source)
        assert tree.findings() == []


class TestAWarmUp:
    @pytest.fixture
    def warm_up(self, tree: Tree) -> Tree:
        tree.edit("toml", "order = 20", "order = 10")
        tree.edit("toml", "difficulty = 2", "difficulty = 1")
        tree.edit("toml", "minutes = 45", "minutes = 20")
        tree.edit("toml", 'functions = ["count_even"]', "functions = []")
        for name in ("stub", "reference", "wrong"):
            text = tree.path(name).read_text(encoding="utf-8")
            tree.write(name, text[: text.index("\n\ndef count_even")])
        for path in sorted(tree.path(SOLUTIONS).glob("*_*.py")):
            if path.name not in (f"{SLUG}.py", "wrong_takes_newest.py"):
                path.unlink()
        tree.edit("suite", ", count_even", "")
        tree.edit("suite", "assert count_even(numbers) == 0", "assert [] == numbers")
        tree.edit("suite", "growth(count_even,", "growth(Box,")
        tree.edit("reference", "        if not self._numbers:\n            raise BoxEmpty\n", "")
        return tree

    def test_needs_no_hidden_suite_and_few_submissions(self, warm_up: Tree) -> None:
        assert warm_up.findings() == []

    def test_has_no_hidden_suite(self, warm_up: Tree) -> None:
        warm_up.write("hidden", "from number_box import Box\n")
        text = "a warm-up has no hidden suite; remove it or move its tests to the visible one"
        assert warm_up.said("warm-up") == [f"{SOLUTIONS}/test_hidden_number_box.py: {text}"]

    def test_is_of_difficulty_one(self, warm_up: Tree) -> None:
        warm_up.edit("toml", "difficulty = 1", "difficulty = 2")
        text = "a warm-up (order 10) has difficulty 1, not 2; make it one"
        assert warm_up.said("warm-up") == [f"{KATA}/kata.toml:4: {text}"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("functions = []", 'functions = ["solve"]'),
            ('["put", "take"]', '["put", "take", "a", "b"]'),
        ],
    )
    def test_asks_for_one_thing(self, warm_up: Tree, old: str, new: str) -> None:
        warm_up.edit("toml", old, new)
        text = "a warm-up has one function, or one class of at most three methods; ask for less"
        assert any(text in each for each in warm_up.said("warm-up"))


class TestStages:
    STAGE = '[[stages]]\ntitle = {{ en = "Part", zh = "部分" }}\npoints = {}\n'

    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            ("difficulty = 2", "difficulty = 4", "difficulty 4"),
            ('["count_even"]', '["count_even", "f", "g"]', "3 functions"),
        ],
    )
    def test_are_needed_by_a_large_kata(self, tree: Tree, old: str, new: str, why: str) -> None:
        tree.edit("toml", old, new)
        text = f"{KATA}/kata.toml:1: a kata of {why} has stages; write two to five [[stages]]"
        assert tree.said("stages") == [text]

    def test_are_at_most_five(self, tree: Tree) -> None:
        tree.append("toml", self.STAGE.format(50) + self.STAGE.format(10) * 5)
        text = f"{KATA}/kata.toml:42: 6 stages are more than five; join some"
        assert text in tree.said("stages")

    def test_have_a_visible_test_each(self, tree: Tree) -> None:
        tree.append("toml", self.STAGE.format(50) * 2)
        text = "no test is marked stage(2); every stage needs a visible one"
        assert tree.said("stages") == [f"{KATA}/test_number_box.py: {text}"]
        tree.edit("suite", "@pytest.mark.perf", "@pytest.mark.perf\n@pytest.mark.stage(2)")
        assert tree.findings() == []
