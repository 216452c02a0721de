"""`report`: the page, what it tells, and that nothing a learner wrote becomes markup."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graders import catalog, stubs, words
from graders.learn import memory, overview
from graders.learn.memory import Memory, Rated, Rating
from graders.model import Text, Verdict
from graders.question.results import Outcome, SheetResult
from graders.report import html
from graders.report.html import KataRow, Overview, TopicPart
from graders.report.standing import State
from tests.cli.conftest import Checkout
from tests.cli.reports import ROOT

TODAY = date.today()
MARKUP = "</td><script>alert('x\")</script>&{{ 7*7 }}{% raw %}<img src=//x onerror=y>"
EVIL, SHOWN = f"{MARKUP}\x1b[31m\u202e\udc80", f"{MARKUP}\\u001b[31m\\u202e\\udc80"
VOID = {"meta", "input", "col", "br"}


class Page(HTMLParser):
    """Reads a page: its tags, attributes, and the text of each language."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {"en": [], "zh": []}
        self.view = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)
        if tag == "main":
            self.view = str(dict(attrs)["class"])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "main":
            self.view = ""

    def handle_data(self, data: str) -> None:
        if self.view and data.strip():
            self.texts[self.view].append(data.strip())


def overview_of(text: str) -> Overview:
    both = Text(text, text)
    kata = KataRow(text, both, 1, 20, State.ATTEMPTED, True, True, 12.5, ((both, 1.5, 40),), 2, 3,
                   1, text, text, -3)  # fmt: skip
    sheet = SheetResult(text, Outcome.UNREADABLE, message=text)
    return Overview(text, "2026-11-29", both, 5, (TopicPart(text, both, (kata,), sheet),))


@pytest.fixture
def worked(checkout: Checkout) -> Checkout:
    """A checkout with a solved, a given-up and a changed kata, and answers."""
    ago = (TODAY - timedelta(days=30)).isoformat()
    states = {
        "two_sum": Memory(verdict=Verdict.ACCEPTED, points=100.0, hints=1,
                          reviews=(Rated(0, TODAY.isoformat(), Rating.GOOD),)),
        "lcs_dp": Memory(verdict=Verdict.WRONG_ANSWER, points=42.5, stages=(40.0, 2.5, 0.0)),
        "lru_cache_repair": Memory(verdict=Verdict.WRONG_ANSWER, points=7.0, hints=3, gave_up=ago,
                                   reviews=(Rated(0, ago, Rating.AGAIN),)),
    }  # fmt: skip
    for slug, known in states.items():
        checkout.write(slug, f"# {slug}\n")
        digest = stubs.stub_hash(checkout.module(slug).read_bytes())
        digest = "0" * 64 if slug == "lru_cache_repair" else digest
        fields = replace(known, sha256=digest)
        assert memory.change(checkout.root, slug, lambda _, fields=fields: fields)
    return checkout


def read(checkout: Checkout, *arguments: str) -> str:
    ran = checkout.run("report", *arguments)
    assert (ran.code, ran.err) == (0, ""), ran
    return (checkout.root / "report/index.html").read_text(encoding="utf-8")


class TestThePage:
    def test_asks_for_nothing_from_anywhere(self, worked: Checkout) -> None:
        page = Page(read(worked))
        assert {"script", "link", "img", "iframe", "object", "form"}.isdisjoint(page.tags)
        names = {name for name, _ in page.attributes}
        assert {"src", "href", "action", "style", "srcset"}.isdisjoint(names)
        assert not [name for name in names if name.startswith("on")]
        text = read(worked)
        assert "default-src 'none'" in text
        assert "url(" not in text and "@import" not in text and "http" not in text.replace(
            "http-equiv", "")

    def test_is_well_formed_and_has_both_languages(self, worked: Checkout) -> None:
        page = Page(read(worked))
        assert page.open == []
        assert "Reviews" in page.texts["en"] and "复习" in page.texts["zh"]
        assert "Longest common subsequence" in page.texts["en"]
        assert "最长公共子序列" in page.texts["zh"]
        assert len(page.texts["en"]) == len(page.texts["zh"])

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_opens_in_the_language_that_is_spoken(
        self, worked: Checkout, monkeypatch: pytest.MonkeyPatch, language: str
    ) -> None:
        monkeypatch.setenv("KATA_LANG", language)
        text = read(worked)
        assert f'id="{language}" checked' in text and text.count("checked") == 1 + text.count(
            ":checked")

    def test_is_ready_for_dark_print_and_narrow_screens(self, worked: Checkout) -> None:
        text = read(worked)
        for each in ("prefers-color-scheme: dark", "@media print", "max-width: 44rem"):
            assert each in text

    def test_tells_katas_points_stages_hints_and_reviews(self, worked: Checkout) -> None:
        told = Page(read(worked)).texts["en"]
        rows = "\n".join(told)
        for each in (
            "1/7\nkatas accepted\n2\nkatas begun\n150/700\npoints\n4\nhints\n1\nreviews due",
            "two_sum\n1\n20\nsolved\n100\n1/3\nin 8 days",
            "lcs_dp\n2\n45\nattempted\n42.5\nLength 40/40\nOne string 2.5/35\nAll strings 0/25",
            "lru_cache_repair\n2\n45\nattempted\n7\nchanged since\n3/3\ndue for ",
            "given up\ndue for ",
        ):
            assert each in rows, each

    def test_tells_the_marks_of_questions_and_why_a_sheet_cannot_be_read(
        self, worked: Checkout
    ) -> None:
        good = worked.root / "katas/systems/s03_cache/question/answers.toml"
        text = "word " * 3 + " ".join(f"w{number}" for number in range(40))
        good.write_text(good.read_text().replace("answer = '''\n", f"answer = '''\n{text}")
                        .replace("ticks = []", "ticks = [1, 4]"))
        bad = worked.root / "katas/algorithms/a01_two_sum/question/answers.toml"
        bad.write_text(bad.read_text() + '\n["<script>alert(1)</script>"]\n')
        page = Page(read(worked))
        told = "\n".join(page.texts["en"])
        assert "not all right yet; 0 points; 1 of 10 answered; whole_answer: you said 2 of" in told
        assert "there is no '<script>alert(1)</script>' to answer" in told
        assert "script" not in page.tags

    def test_of_an_untouched_checkout_says_so(self, checkout: Checkout) -> None:
        told = Page(read(checkout)).texts["en"]
        assert "0/7" in told and any(each.startswith("Nothing to review yet") for each in told)

    def test_shows_a_kata_that_is_begun_again_without_its_old_points(
        self, worked: Checkout
    ) -> None:
        stub = ROOT / "katas/algorithms/a01_two_sum/two_sum/two_sum.py"
        worked.module("two_sum").write_bytes(stub.read_bytes())
        memory.update(worked.root, {"two_sum": {"round": 1, "hints": 0}})
        assert "two_sum\n1\n20\nuntouched\nbegun again" in "\n".join(Page(read(worked)).texts["en"])


class TestWhatALearnerWrote:
    def test_is_text_wherever_it_stands(self) -> None:
        plain, hostile = Page(html.page(overview_of("plain"))), Page(html.page(overview_of(EVIL)))
        assert hostile.tags == plain.tags
        assert [name for name, _ in hostile.attributes] == [name for name, _ in plain.attributes]
        shown = [each for each in hostile.texts["en"] if SHOWN in each]
        assert len(shown) == sum("plain" in each for each in plain.texts["en"]) > 8
        assert "\x1b" not in html.page(overview_of(EVIL))

    def test_in_the_settings_is_text(self, worked: Checkout) -> None:
        (worked.root / ".copier-answers.yml").write_text(
            "learner_name: '<b>Ada</b> ''{{ x }}'''\n", encoding="utf-8")
        page = Page(read(worked))
        assert "Progress · <b>Ada</b> '{{ x }}'" in page.texts["en"]
        assert page.tags.count("b") == Page(html.page(overview_of("x"))).tags.count("b") + 2

    def test_that_is_invisible_becomes_visible(self) -> None:
        assert html.visible("a\u202eb\u200b\x00") == "a\\u202eb\\u200b\\u0000"
        assert html.visible("缓存 é\n") == "缓存 é\n" and html.visible(7) == 7


class TestTheFile:
    def test_goes_into_report_or_where_one_says(self, checkout: Checkout, tmp_path: Path) -> None:
        assert checkout.run("report").lines == ["Written: report/index.html"]
        out = tmp_path / "a b" / "c"
        assert checkout.run("report", "--out", str(out)).code == 0
        assert sorted(os.listdir(out)) == ["index.html"]
        assert out.joinpath("index.html").stat().st_mode & 0o777 == 0o644

    def test_is_replaced_and_leaves_its_neighbours(self, checkout: Checkout) -> None:
        folder = checkout.root / "report"
        folder.mkdir()
        (folder / "index.html").write_text("old")
        (folder / "mine.txt").write_text("mine")
        read(checkout)
        assert sorted(os.listdir(folder)) == ["index.html", "mine.txt"]

    def test_that_cannot_be_written_is_one_clear_error(self, checkout: Checkout) -> None:
        (checkout.root / "report").write_text("in the way")
        ran = checkout.run("report")
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "cannot be written" in ran.err and "--out" in ran.err

    @pytest.mark.skipif(os.name == "nt", reason="no such limit on Windows")
    def test_on_a_full_disk_stays_the_old_one(self, checkout: Checkout) -> None:
        read(checkout)
        code = ("import resource, sys; from graders import cli\n"
                "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
                "sys.exit(cli.run(['report']))")
        ran = subprocess.run([sys.executable, "-c", code], cwd=checkout.root,
                             capture_output=True, text=True)
        assert ran.returncode == 2 and ran.stderr.count("\n") == 1
        assert os.listdir(checkout.root / "report") == ["index.html"]

    def test_is_ignored_by_git(self) -> None:
        assert "/report/" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_words_come_back_to_the_language_that_was_spoken(checkout: Checkout) -> None:
    words.use("zh")
    html.page(overview.gather(catalog.load(checkout.root), TODAY))
    assert words.language() == "zh"
    words.use("en")
