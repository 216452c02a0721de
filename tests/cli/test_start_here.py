"""start_here: the first five minutes, walked as its own statement tells it, in both languages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from graders import catalog, catalog_paths
from graders.author.page import Block, read_page
from tests.cli.conftest import SOLUTIONS, Checkout, ship
from tests.cli.reports import ROOT

TOUR = "start_here"
FOLDER = ROOT / "katas" / TOUR


@pytest.fixture
def tour(checkout: Checkout) -> Checkout:
    """A fresh repository that has the tour, and the solutions to read its answer."""
    shutil.copytree(FOLDER, checkout.root / "katas" / TOUR,
                    ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(SOLUTIONS / TOUR, checkout.root / "solutions" / TOUR)
    ship(checkout.root)
    return checkout


def blocks(language: str, kind: str, page: Path = FOLDER / "README") -> list[str]:
    """Return the code blocks of one kind in the statement, or on another page."""
    path = page.with_suffix(".zh.md" if language == "zh" else ".md")
    found: tuple[Block, ...] = read_page(path.name, path.read_text(encoding="utf-8")).blocks
    return [each.text for each in found if each.language == kind]


class TestItComesFirst:
    def test_of_an_untouched_tree(self, tour: Checkout) -> None:
        lines = tour.run("grade").lines
        assert lines[1].split() == ["Start", "here", "0", "0", "1"]
        assert lines[-2:] == [
            "Start with start_here (Start here, about 5 minutes). Its module: "
            "katas/start_here/start_here.py",
            "python3 noxfile.py -s show -- start_here",
        ]
        assert tour.run("next").lines[0] == "start_here: Start here, difficulty 1, about 5 minutes"
        assert tour.run("list").lines[1].split()[:3] == ["start_here", "Start", "here"]

    def test_on_every_path(self, tour: Checkout) -> None:
        for name in catalog_paths.load(tour.root).plans:
            tour.run("path", name)
            assert "start_here: Start here, difficulty 1, about 5 minutes" in tour.run("next").lines

    def test_in_the_repository_itself(self) -> None:
        tree = catalog.load(ROOT)
        assert tree.katas[0].slug == TOUR
        for plan in catalog_paths.load(ROOT).plans.values():
            (first, *_) = catalog_paths.days(plan, tree)
            assert first.katas[0].slug == TOUR, plan.name


@pytest.mark.parametrize("language", ["en", "zh"])
class TestTheWalk:
    @pytest.fixture(autouse=True)
    def speak(self, tour: Checkout, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KATA_LANG", language)

    def written(self, tour: Checkout, body: str) -> str:
        """Put a function body into the stub and judge it."""
        stub = (FOLDER / f"{TOUR}.py").read_text(encoding="utf-8")
        tour.write(TOUR, stub.replace("    raise NotImplementedError\n", body))
        return tour.run("grade", TOUR).out

    def shown(self, tour: Checkout, step: int, language: str, body: str = "") -> None:
        """Judge a function body, or the stub, and find what the statement says."""
        out = self.written(tour, body) if body else tour.run("grade", TOUR).out
        for line in blocks(language, "text")[step].splitlines():
            assert not line.strip() or re.search(rf"^{re.escape(line)}", out, re.MULTILINE), out

    def test_shows_at_each_step_what_the_statement_says(
        self, tour: Checkout, language: str
    ) -> None:
        half, right = blocks(language, "python")
        self.shown(tour, 0, language)
        self.shown(tour, 1, language, half)
        self.shown(tour, 2, language, right)

    def test_ends_with_the_answer_and_the_next_kata(self, tour: Checkout, language: str) -> None:
        closed = tour.run("answer", TOUR)
        assert closed.code == 1 and closed.out == ""
        tour.solve(TOUR)
        assert "ACCEPTED" in tour.run("grade", TOUR).out
        heading = "# 从这里开始：解析" if language == "zh" else "# Start here: analysis"
        opened = tour.run("answer", TOUR)
        assert opened.code == 0
        for told in (heading, "pairwise(sorted(times))", "slow_compares_every_pair.py"):
            assert told in opened.out
        assert tour.run("next").lines[0].startswith("two_sum")

    def test_is_recorded_in_the_docs_as_it_is(self, tour: Checkout, language: str) -> None:
        """But for seconds and what follows from them."""
        page = ROOT / "docs" / "first-five-minutes"
        half, right = blocks(language, "python", page)
        _, told_half, told_right, told_hint, told_fast, *_ = blocks(language, "text", page)
        wrong, slow, hint = self.written(tour, half), self.written(tour, right), tour.run(
            "hint", TOUR).out
        tour.solve(TOUR)
        fast = tour.run("grade", TOUR).out
        for told, out in ((told_half, wrong), (told_right, slow), (told_hint, hint),
                          (told_fast, fast)):
            lines = [line for line in told.splitlines() if not re.search(r"\d\.\d|1,000,000", line)]
            assert len(lines) > 5
            assert [line for line in lines if line not in out.splitlines()] == []

    def test_types_every_command_that_it_names(self, tour: Checkout, language: str) -> None:
        typed = [line for block in blocks(language, "console") for line in block.splitlines()]
        words = [line.removeprefix("python3 noxfile.py -s ").split() for line in typed]
        assert [each[0] for each in words] == ["grade", "hint", "answer", "next"]
        tour.solve(TOUR)
        for session, *rest in words:
            assert tour.run(session, *rest[1:]).code == 0, session
