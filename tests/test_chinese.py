"""Chinese as it is set and said: autocorrect finds nothing, terms are those of the glossary."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import autocorrect_py
import pytest

from graders.words import entries

ROOT = Path(__file__).resolve().parent.parent
HAN = re.compile(r"[\u4e00-\u9fff]")
FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
GLOSSARY = tomllib.loads((ROOT / "docs/glossary.toml").read_text(encoding="utf-8"))
PO = "graders/locale/zh/LC_MESSAGES/kata40.po"


@cache
def tracked(*patterns: str) -> tuple[str, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


PAGES = tracked("*.zh.md", "*.zh.md.jinja")
TOMLS = tracked("katas/**/kata.toml", "solutions/**/*.toml")


def strings(value: Any) -> list[str]:
    """Return every text with Chinese in it, however deep."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) and HAN.search(value) else []


def catalogue() -> list[dict[str, str]]:
    with (ROOT / PO).open(encoding="utf-8") as file:
        return [each for each in entries(file) if each["msgid"]]


def prose(page: str) -> str:
    """Return a page with its code blocks emptied: they are set as they are typed."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return FENCE.sub(lambda block: "\n" * block[0].count("\n"), text)


@cache
def texts() -> dict[str, list[str]]:
    held = {page: [prose(page)] for page in PAGES}
    for name in TOMLS:
        held[name] = strings(tomllib.loads((ROOT / name).read_text(encoding="utf-8")))
    held[PO] = [text for each in catalogue() for field, text in each.items()
                if field.startswith("msgstr")]
    return held


class TestAutocorrect:
    @pytest.mark.parametrize("page", PAGES)
    def test_finds_nothing_in_a_page(self, page: str) -> None:
        found = autocorrect_py.lint_for(prose(page), "markdown").lines
        assert [f"{page}:{each.line}: {each.old!r}; write {each.new!r}" for each in found] == []

    @pytest.mark.parametrize("name", [*TOMLS, PO])
    def test_finds_nothing_in_a_text(self, name: str) -> None:
        for text in texts()[name]:
            assert autocorrect_py.format(text) == text, name

    def test_finds_nothing_in_the_glossary(self) -> None:
        for text in strings(GLOSSARY):
            assert autocorrect_py.format(text) == text

    def test_would_find_what_is_wrong(self) -> None:
        assert autocorrect_py.format("用了300 MiB内存,上限已过") == "用了 300 MiB 内存，上限已过"
        assert autocorrect_py.lint_for("得分是100分,通过\n", "markdown").lines


class TestTheWordsOfTheProgram:
    """What no linter of Chinese knows of texts with places and messages in one line."""

    def test_have_full_width_punctuation_and_spaces(self) -> None:
        for text in texts()[PO]:
            shown = re.sub(r"\{\w+\}", "", text)
            assert not re.search(r"[\u4e00-\u9fff][,;:!?]", shown), text
            assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", shown)

    def test_leave_a_space_between_chinese_and_values(self) -> None:
        """Values are numbers and names; a place for Chinese words is named for them."""
        for text in texts()[PO]:
            for name in (*re.findall(r"[\u4e00-\u9fff]\{(\w+)\}", text),
                         *re.findall(r"\{(\w+)\}[\u4e00-\u9fff]", text)):
                assert name in {"label", "degree", "next_degree", "target"}, text

    def test_keep_what_stands_in_backquotes_and_options(self) -> None:
        for each in catalogue():
            code = re.findall(r"`[^`]+`|(?<!\w)--[a-z][a-z-]+", each["msgid"])
            chinese = each["msgstr[0]" if "msgid_plural" in each else "msgstr"]
            assert sorted(code) == sorted(
                re.findall(r"`[^`]+`|(?<!\w)--[a-z][a-z-]+", chinese)
            ), each["msgid"]


class TestTheGlossary:
    def test_says_each_term_once(self) -> None:
        for key in ("en", "zh"):
            said = [term[key] for term in GLOSSARY["term"]]
            assert len(said) == len(set(said))
        assert GLOSSARY["format"] == 1

    @pytest.mark.parametrize("term", GLOSSARY["term"], ids=lambda term: term["en"])
    def test_is_kept_to_everywhere(self, term: dict[str, Any]) -> None:
        for name, held in texts().items():
            for wrong in term.get("not", ()):
                lines = [line for text in held for line in text.splitlines() if wrong in line]
                assert lines == [], f"{name}: write {term['zh']}, not {wrong}"

    def test_addresses_the_reader_as_one_of_us(self) -> None:
        assert [name for name, held in texts().items() if any("您" in text for text in held)] == []
