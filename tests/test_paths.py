"""Learning paths: what a file of them means, what `verify` says against it, what a copy lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders import catalog, catalog_paths
from graders.catalog_paths import Paths, days, faults, find, minutes
from graders.catalog_toml import Document, line_of
from graders.errors import GraderError
from tests.cli.reports import ROOT
from tests.trees import SLUG, Tree, add_kata, finished

TEXTS = 'title = { en = "A path", zh = "路径" }\ndescription = { en = "On", zh = "走" }\n'
HEAD = f"format = 1\nquestion_minutes = 20\n[all]\n{TEXTS}"
DAY = '[[short.days]]\ntitle = { en = "One", zh = "一" }\n'


def parse(text: str) -> Paths:
    return catalog_paths.parse(Document("paths.toml", HEAD + text))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """S03: early (30 min), number_box (45), hard (90, on early, no core); A01: other, on hard."""
    made = finished(tmp_path)
    add_kata(made, "systems/s03_cache/early", order=10, minutes=30)
    add_kata(made, "systems/s03_cache/hard", order=30, minutes=90, difficulty=4, core="false",
             prerequisites='["early"]')
    add_kata(made, "algorithms/a01_two_sum/other", prerequisites='["hard"]')
    return made


def slugs(tree: Tree, text: str) -> list[list[str]]:
    """Return the katas of path `short`, day by day."""
    held = catalog.load(tree.root)
    found = days(parse(f"[short]\n{TEXTS}{text}").plans["short"], held)
    return [[kata.slug for kata in day.katas] for day in found]


def said(tree: Tree, text: str) -> list[str]:
    """Return what `verify` says against path `short`, with lines counted from its own."""
    paths = parse(f"[short]\n{TEXTS}{text}")
    before = len(HEAD.splitlines()) + 3
    return [f"{line_of(paths.document.text, keys) - before}: {what}"
            for keys, what in faults(paths, catalog.load(tree.root))]


class TestAPath:
    def test_of_nothing_said_holds_every_kata_after_what_it_builds_on(self, tree: Tree) -> None:
        assert slugs(tree, "") == [["early", "hard", "other", SLUG]]

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("core = true", ["early", "hard", "other", SLUG]),
            ('track = "systems"', ["early", SLUG, "hard"]),
            ('track = "systems"\ncore = true', ["early", SLUG]),
            ('track = "systems"\nmax_difficulty = 3', ["early", SLUG]),
            ('topics = ["s03", "a01"]', ["early", SLUG, "hard", "other"]),
            ('topics = ["s04", "s03"]\ncore = true', ["early", SLUG]),
            (f'katas = ["{SLUG}"]', [SLUG]),
            (f'katas = ["{SLUG}"]\ntrack = "systems"', [SLUG, "early", "hard"]),
        ],
    )
    def test_picks_katas(self, tree: Tree, text: str, wanted: list[str]) -> None:
        assert slugs(tree, text) == [wanted]

    def test_has_days_with_katas_and_questions(self, tree: Tree) -> None:
        text = f'day_minutes = 90\n{DAY}katas = ["early"]\nquestions = ["s03", "s04"]\n{DAY}'
        assert slugs(tree, text) == [["early"], []]
        paths = parse(f"[short]\n{TEXTS}{text}")
        first, second = days(paths.plans["short"], catalog.load(tree.root))
        assert (first.questions, minutes(first, paths)) == (("s03",), 50)
        assert (second.number, second.katas, minutes(second, paths)) == (2, (), 0)

    def test_begins_with_the_tour_where_there_is_one(self, tree: Tree) -> None:
        add_kata(tree, "start_here")
        text = f'day_minutes = 90\n{DAY}katas = ["early"]\n{DAY}katas = ["{SLUG}"]\n'
        assert slugs(tree, text) == [["start_here", "early"], [SLUG]]
        assert slugs(tree, 'topics = ["s03"]\ncore = true') == [["start_here", "early", SLUG]]

    def test_leaves_out_what_a_copy_lacks(self, tree: Tree) -> None:
        assert slugs(tree, 'katas = ["gone", "early"]') == [["early"]]

    @pytest.mark.parametrize("word", ["short", "SHORT", "A path", "路径", "ａ ｐａｔｈ"])
    def test_is_found_by_name_and_title(self, word: str) -> None:
        paths = parse(f"[short]\n{TEXTS}".replace("[all]", ""))
        alone = Paths(paths.document, {"short": paths.plans["short"]}, 0)
        assert find(alone, word).name == "short"

    def test_that_there_is_not_has_a_like_one(self) -> None:
        with pytest.raises(GraderError) as caught:
            find(parse(f"[short]\n{TEXTS}"), "shrot")
        assert str(caught.value) == "shrot: no path has this name; did you mean 'short'?"
        with pytest.raises(GraderError) as caught:
            find(parse(f"[short]\n{TEXTS}"), "xyz")
        assert str(caught.value) == "xyz: no path has this name; choose one of: all, short"


class TestVerify:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ('katas = ["early", "hard", "other"]', []),
            ('katas = ["hard", "early"]',
             ["1: 'hard' builds on 'early', which comes later; put that before it"]),
            ('katas = ["hard"]',
             ["1: 'hard' builds on 'early', which is not on this path; put that before it"]),
            ('katas = ["erly"]', ["1: no kata 'erly'; did you mean 'early'?"]),
            ('katas = ["xyz"]', ["1: no kata 'xyz'; leave it out until it exists"]),
            (f'katas = ["early"]\nbudget_minutes = {30 + 20}\nquestions = ["s03"]', []),
            ('katas = ["early"]\nquestions = ["s03"]\nbudget_minutes = 49',
             ["3: the path takes 50 minutes, more than its 49; "
              "take something out, or give it more time"]),
            (f'day_minutes = 30\n{DAY}katas = ["early"]\n{DAY}', []),
            (f'day_minutes = 49\n{DAY}katas = ["early"]\nquestions = ["s03"]\n',
             ["3: day 1 takes 50 minutes, more than its 49; "
              "take something out, or give it more time"]),
            (f'day_minutes = 90\n{DAY}katas = ["hard"]\n{DAY}katas = ["early"]',
             ["4: 'hard' builds on 'early', which comes later; put that before it"]),
            (f'day_minutes = 90\n{DAY}katas = ["early"]\n{DAY}katas = ["early"]',
             ["7: 'early' is on an earlier day of this path; name it once"]),
        ],
    )  # fmt: skip
    def test_names_each_breach_by_its_line(
        self, tree: Tree, text: str, wanted: list[str]
    ) -> None:
        assert said(tree, text) == wanted

    def test_finds_nothing_in_the_paths_of_this_repository(self) -> None:
        held = catalog.load(ROOT)
        paths = catalog_paths.load(ROOT)
        assert list(paths.plans) == ["all", "sprint", "backend", "distributed", "algorithms"]
        assert list(faults(paths, held)) == []
        sprint = days(paths.plans["sprint"], held)
        assert len(sprint) == 14 and paths.plans["sprint"].day_minutes == 90


class TestAFileThatCannotBeRead:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("[Short]\n", "6: 'Short' cannot name a path; use letters a-z, digits and _"),
            (f"[short]\n{TEXTS}katos = []",
             "9: unknown key 'katos' in [short]; did you mean 'katas'?"),
            (f'[short]\n{TEXTS}track = "system"',
             "9: unknown track 'system'; did you mean 'systems'?"),
            (f'[short]\n{TEXTS}topics = ["s21"]',
             "9: 's21' in 'topics' is no topic; write codes, a01 to a20 and s01 to s20"),
            (f"[short]\n{TEXTS}max_difficulty = 6",
             "9: 'max_difficulty' is 6; it must be from 1 to 5"),
            (f"[short]\n{TEXTS}days = []\nday_minutes = 1",
             "9: there are no days; begin each with [[short.days]]"),
            (f"[short]\n{TEXTS}{DAY}", "6: 'day_minutes' is missing in [short]; "
             "add day_minutes = (a whole number)"),
            (f"[short]\n{TEXTS}day_minutes = 1\n{DAY}kata = []",
             "12: unknown key 'kata' in [short.days]; did you mean 'katas'?"),
            ("short = 1", "6: unknown key 'short' in [all]"),
            ("[short]\n", "6: 'title' is missing in [short]; add title = (a table)"),
        ],
    )  # fmt: skip
    def test_is_named_with_the_line(self, text: str, wanted: str) -> None:
        with pytest.raises(GraderError) as caught:
            parse(text)
        assert str(caught.value).startswith(f"paths.toml:{wanted}")

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("format = 0", "1: format 0 is too old for these graders, which read format 1; "
             "write the file anew"),
            ("format = 2", "1: format 2 is too new for these graders, which read format 1; "
             "update the graders"),
            ("format = 1", "1: no path 'all', which those follow who have chosen none; add [all]"),
            ("", "1: 'format' is missing; add format = (a whole number)"),
            ("format =", "1: not valid TOML"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_with_all_of_it(self, text: str, wanted: str) -> None:
        with pytest.raises(GraderError) as caught:
            catalog_paths.parse(Document("paths.toml", text))
        assert str(caught.value).startswith(f"paths.toml:{wanted}")

    def test_may_be_missing(self, tmp_path: Path) -> None:
        assert list(catalog_paths.load(tmp_path).plans) == ["all"]

    def test_may_not_be_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "katas").mkdir()
        (tmp_path / "katas/paths.toml").symlink_to(tmp_path / "nowhere")
        with pytest.raises(GraderError) as caught:
            catalog_paths.load(tmp_path)
        assert str(caught.value).startswith("katas/paths.toml: is a symbolic link;")
