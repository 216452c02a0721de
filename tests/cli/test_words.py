"""The words for learners: both languages, all of them used, and which is chosen."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from graders.model import Verdict
from graders.report import words
from graders.report.standing import State
from tests.cli.reports import ROOT


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_words() -> None:
    assert list(words.EN) == list(words.ZH)


@pytest.mark.parametrize("key", words.EN)
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    assert places(words.EN[key]) == places(words.ZH[key])


def test_every_verdict_and_state_has_words() -> None:
    assert set(map(str, [*Verdict, *State])) <= set(words.EN)
    assert all(words.ZH[verdict] for verdict in Verdict)


def test_no_words_are_left_over() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in [*(ROOT / "graders").glob("cli*.py"), *(ROOT / "graders").glob("*/*.py")]
        if path.name != "words.py"
    )
    used = set(re.findall(r'"(\w+)"', code)) | set(re.findall(r"'(\w+)'", code))
    assert set(words.EN) - used - set(map(str, [*Verdict, *State])) == set()


@pytest.mark.parametrize("key", [key for key, text in words.ZH.items() if text])
def test_chinese_is_set_as_chinese_is(key: str) -> None:
    text = re.sub(r"[(（].*?cannot.*?[)）]", "", words.ZH[key])
    assert not re.search(r"[\u4e00-\u9fff][,;:!?]", text), "full-width punctuation"
    assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", text), "a space"


class TestTheLanguage:
    def chosen(self, root: Path, **environment: str) -> str:
        return words.choose(environment, root).language

    def answered(self, root: Path, line: str) -> Path:
        (root / ".copier-answers.yml").write_text(f"# made by copier\n{line}\ntracks: [systems]\n")
        return root

    def test_is_english_without_any_sign(self, tmp_path: Path) -> None:
        assert self.chosen(tmp_path) == "en"
        assert self.chosen(tmp_path, LANG="de_DE.UTF-8") == "en"

    def test_follows_the_locale(self, tmp_path: Path) -> None:
        assert self.chosen(tmp_path, LANG="zh_CN.UTF-8") == "zh"
        assert self.chosen(tmp_path, LANG="zh_CN.UTF-8", LC_ALL="C.UTF-8") == "en"
        assert self.chosen(tmp_path, LANG="en_US.UTF-8", LC_MESSAGES="zh_TW.UTF-8") == "zh"

    def test_of_the_repository_goes_before_the_locale(self, tmp_path: Path) -> None:
        assert self.chosen(self.answered(tmp_path, "language: zh"), LANG="en_US.UTF-8") == "zh"
        assert self.chosen(self.answered(tmp_path, "language: 'en'"), LANG="zh_CN.UTF-8") == "en"

    def test_that_the_learner_names_goes_before_all(self, tmp_path: Path) -> None:
        root = self.answered(tmp_path, "language: zh")
        assert self.chosen(root, KATA_LANG="en", LANG="zh_CN.UTF-8") == "en"
        assert self.chosen(tmp_path, KATA_LANG="zh-CN") == "zh"

    def test_is_english_where_the_answers_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / ".copier-answers.yml").write_bytes(b"language: \xff")
        assert self.chosen(tmp_path) == "en"
