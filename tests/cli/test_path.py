"""`path`, and how `list` and `next` follow it."""

from __future__ import annotations

import json

import pytest

from graders.learn import chosen, memory
from tests.cli.conftest import Checkout

LIST = "python3 noxfile.py -s list"


def sheet(checkout: Checkout, topic_folder: str, text: str) -> None:
    """Put a sheet of answers into a topic, and the blank one into the manifest."""
    from graders import stubs

    folder = next((checkout.root / "katas").rglob(topic_folder)) / "question"
    folder.mkdir(exist_ok=True)
    (folder / "answers.toml").write_text(text, encoding="utf-8")
    manifest = checkout.root / stubs.MANIFEST
    known = json.loads(manifest.read_text(encoding="utf-8"))
    known["stubs"][f"{topic_folder}/answers"] = [stubs.stub_hash(b"blank")]
    manifest.write_text(json.dumps(known), encoding="utf-8")


class TestPath:
    def test_shows_all_paths_and_marks_the_one_in_force(self, checkout: Checkout) -> None:
        ran = checkout.run("path")
        assert (ran.code, ran.err) == (0, "")
        heads = ["path", "title", "days", "katas", "solved", "minutes", "left"]
        assert ran.lines[0].split() == heads
        assert [line.split()[0] for line in ran.lines[1:6]] == [
            "*", "sprint", "backend", "distributed", "algorithms"
        ]  # fmt: skip
        assert ran.lines[-1] == "python3 noxfile.py -s path -- NAME"

    @pytest.mark.parametrize("word", ["sprint", "SPRINT", "Two-week sprint", "两周冲刺"])
    def test_follows_the_one_that_is_named(self, checkout: Checkout, word: str) -> None:
        ran = checkout.run("path", word)
        assert (ran.code, ran.err, ran.lines[-1]) == (0, "", LIST)
        assert ran.lines[0].startswith("sprint: Two-week sprint. Fourteen days")
        assert ran.lines[2] == "Its budget: 14 days of 90 minutes."
        assert checkout.run("path").lines[2].split()[:2] == ["*", "sprint"]

    def test_says_that_there_is_no_such_path(self, checkout: Checkout) -> None:
        ran = checkout.run("path", "sprnt")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == "kata40: sprnt: no path has this name; did you mean 'sprint'?\n"

    def test_says_when_that_cannot_be_noted(self, checkout: Checkout) -> None:
        (checkout.root / ".kata40").write_text("in the way")
        ran = checkout.run("path", "sprint")
        assert ran.code == 0 and "cannot be noted which path you follow" in ran.out

    def test_speaks_chinese(self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        assert checkout.run("path", "sprint").lines[0].startswith("sprint：两周冲刺。面试前的")
        assert checkout.run("list").lines[0].split() == [
            "天", "主题", "练习", "标题", "分钟", "状态"
        ]  # fmt: skip

    @pytest.mark.parametrize("text", ["", "[1", "[]", '{"format": 1}', '{"format": 2, "path": "x"}',
                                      '{"format": 1, "path": 3}', '{"format": 1, "path": "gone"}'])
    def test_that_cannot_be_read_is_that_of_all_katas(self, checkout: Checkout, text: str) -> None:
        chosen.choose(checkout.root, "sprint")
        (checkout.root / ".kata40/path.json").write_text(text)
        assert checkout.run("path").lines[1].split()[:2] == ["*", "all"]

    def test_of_the_repositorys_own_settings_is_followed_first(self, checkout: Checkout) -> None:
        (checkout.root / ".copier-answers.yml").write_text("path: backend\n")
        assert checkout.run("path").lines[3].split()[:2] == ["*", "backend"]
        checkout.run("path", "all")
        assert checkout.run("path").lines[1].split()[:2] == ["*", "all"]

    def test_does_not_forget_what_else_is_remembered(self, checkout: Checkout) -> None:
        checkout.run("hint", "two_sum")
        checkout.run("path", "sprint")
        checkout.run("hint", "two_sum")
        assert memory.read(checkout.root)["two_sum"].hints == 2
        assert chosen.path(checkout.root) == "sprint"


class TestListOnAPath:
    def test_shows_days_with_budget_katas_questions_and_what_is_left(
        self, checkout: Checkout
    ) -> None:
        checkout.run("path", "sprint")
        before = checkout.run("list").lines
        assert before[0].split() == ["day", "topic", "kata", "title", "minutes", "state"]
        assert before[1].split() == ["1", "Hash", "maps", "40", "of", "90"]
        assert before[2].split() == ["a01", "two_sum", "Two", "sum", "20", "untouched"]
        assert before[3].split() == ["a01", "question", "Two", "sum", "20"]
        assert before[-3] == "Path sprint: 0 of 7 katas accepted, about 565 of 565 minutes left."
        assert before[-1] == "python3 noxfile.py -s next"
        checkout.solve("two_sum")
        checkout.run("grade", "two_sum")
        sheet(checkout, "s03_cache", "mine")
        after = checkout.run("list").lines
        assert after[2].split()[-1] == "solved" and after[6].split()[-1] == "submitted"
        assert after[-3] == "Path sprint: 1 of 7 katas accepted, about 525 of 565 minutes left."

    def test_shows_only_what_is_on_it_and_everything_with_all(self, checkout: Checkout) -> None:
        checkout.run("path", "backend")
        lines = checkout.run("list").lines
        assert [line.split()[1] for line in lines[1:4]] == [
            "two_sum", "lru_cache_repair", "round_robin_repair"
        ]  # fmt: skip
        assert lines[-2] == "Its budget: 2400 minutes."
        every = checkout.run("list", "--all").lines
        assert len(every) == 1 + 7 + 2 and "causal_delivery" in every[3]

    def test_leaves_out_what_was_not_copied(self, checkout: Checkout) -> None:
        import shutil

        (checkout.root / ".copier-answers.yml").write_text("tracks:\n- systems\npath: sprint\n")
        shutil.rmtree(checkout.root / "katas/algorithms")
        ran = checkout.run("list")
        assert (ran.code, ran.err) == (0, "")
        assert ran.lines[1].split() == ["1", "Hash", "maps", "0", "of", "90"]
        assert "two_sum" not in ran.out and "of 5 katas accepted" in ran.out
        assert checkout.run("next").lines[0] == "Day 2 of 14 on the path sprint: Caches"

    def test_is_told_when_the_paths_cannot_be_read(self, checkout: Checkout) -> None:
        (checkout.root / "katas/paths.toml").write_text("format = 1\n[all]\n")
        for command in ("list", "next", "path"):
            ran = checkout.run(command)
            assert ran.code == 2 and ran.err.startswith("kata40: katas/paths.toml:2: 'title' is")
        assert checkout.run("list", "--all").code == 0


class TestNextOnAPath:
    def test_names_the_day_and_its_questions(self, checkout: Checkout) -> None:
        checkout.run("path", "sprint")
        assert checkout.run("next").lines[:3] == [
            "Day 1 of 14 on the path sprint: Hash maps",
            "Questions of the day: a01.",
            "two_sum: Two sum, difficulty 1, about 20 minutes",
        ]
        checkout.solve("two_sum")
        checkout.run("grade", "two_sum")
        sheet(checkout, "s03_cache", "mine")
        lines = checkout.run("next").lines
        assert lines[0] == "Day 2 of 14 on the path sprint: Caches"
        assert lines[1].startswith("lru_cache_repair: ")

    def test_keeps_to_its_katas_and_their_order(self, checkout: Checkout) -> None:
        checkout.run("path", "distributed")
        assert checkout.run("next").lines[0].startswith("causal_delivery: ")

    def test_goes_past_what_was_given_up(self, checkout: Checkout) -> None:
        memory.update(checkout.root, {"two_sum": {"gave_up": "2026-01-01"}})
        assert checkout.run("next").lines[0].startswith("lcs_dp: ")

    def test_says_when_nothing_is_left_on_it(self, checkout: Checkout) -> None:
        for slug in ("two_sum", "lcs_dp"):
            memory.update(checkout.root, {slug: {"gave_up": "2026-01-01"}})
        checkout.run("path", "algorithms")
        assert checkout.run("next").lines == [
            "Nothing is left on the path algorithms: 0 of 2 katas are accepted.",
            "The other paths:",
            "python3 noxfile.py -s path",
        ]


@pytest.mark.parametrize("word", ["两数之和", "TWO SUM", "LeetCode 1", "leetcode:1", "1"])
@pytest.mark.parametrize("command", ["show", "hint", "grade"])
def test_a_kata_is_named_by_title_or_number_as_well(
    checkout: Checkout, command: str, word: str
) -> None:
    assert "two_sum" in checkout.run(command, word).out
