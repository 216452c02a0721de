"""Likeness of modules: copies are found however they are renamed, trivial katas are left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graders.cohort import database, similar_pages
from graders.cohort.similar_pages import write
from graders.cohort.similarity import Module, pairs, parts, trivial
from tests.cohort.world import RIGHT_SUM, STEPS, SUM, world

ONE = '''"""Sums."""


def total(numbers):
    seen = {}
    result = 0
    for position, number in enumerate(numbers):
        if number not in seen:
            seen[number] = []
        seen[number].append(position)
        result += number
    longest = max((len(each) for each in seen.values()), default=0)
    while longest > 1_000:
        longest -= 1
        result += 0
    return result
'''
RENAMED = re.sub(r"\b(seen|result|position|number|longest|each)\b", r"my_\1", ONE).replace(
    '"""Sums."""', '"""My own work."""\n# thought about for hours')
OTHER = '''"""Sums."""
from functools import reduce


def total(numbers):
    """Halve the list until one number is left of each half."""
    def halves(low, high):
        if high - low == 0:
            return 0
        if high - low == 1:
            return numbers[low]
        middle = (low + high) // 2
        return reduce(lambda a, b: a + b, [halves(low, middle), halves(middle, high)])
    return halves(0, len(numbers))
'''


def found(*texts: str, stub: str = "") -> list[tuple[int, str, str]]:
    modules = [Module(f"l{number}", text) for number, text in enumerate(texts)]
    return [(each.percent, each.one.learner, each.other.learner)
            for each in pairs("total_up", modules, stub, 60)]


def test_a_renamed_copy_is_found_and_other_work_is_not() -> None:
    assert [each[1:] for each in found(ONE, RENAMED, OTHER)] == [("l0", "l1")]
    assert found(ONE, RENAMED)[0][0] >= 90


def test_what_the_stub_has_does_not_count() -> None:
    assert found(ONE, ONE, stub=ONE) == []


def test_an_empty_or_an_endless_module_is_no_pair() -> None:
    assert found("", "", "x = 1\n") == []
    assert found("x = 1\n" * 20_000, "x = 1\n" * 20_000) == []


def test_marked_parts_are_the_whole_text_again() -> None:
    text = "ab\ncd\nef\ngh\nij"
    cut = parts(text, ((1, 4), (4, 5), (13, 99)))
    assert "".join(str(each["text"]) for each in cut) == text
    # Whole lines: where copydetect says that something begins is near enough, not more.
    assert [each["text"] for each in cut if each["marked"]] == ["ab\ncd", "ij"]


def test_the_report_ranks_pairs_and_shows_them_side_by_side(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada", "bob", "cy"))
    reference = here.course / "solutions" / SUM.removeprefix("katas/")
    reference.write_text(ONE)
    for learner, text in (("ada", ONE), ("bob", RENAMED + "# <script>\n"), ("cy", OTHER)):
        here.add(learner, {SUM: text, STEPS: "def first(n):\n    return n + 1\n"})
    here.collect()
    here.grade(tmp_path / "store")
    with database.opened(here.cohort) as connection:
        rows, left_out = write(connection, here.opened(), tmp_path / "out", 60,
                               lambda done, total, slug: None)
    assert [(each.one.learner, each.other.learner) for each in rows] == [("ada", "bob")]
    assert left_out == ["two_steps"]
    index = (tmp_path / "out" / "index.html").read_text()
    assert 'href="pair-0001.html"' in index and "two_steps" in index
    page = (tmp_path / "out" / "pair-0001.html").read_text()
    assert page.count("<mark>") >= 2 and "&lt;script&gt;" in page and "<script>" not in page


def test_the_same_text_comes_first_and_only_the_likest_pairs_have_pages(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar_pages, "MOST_PAGES", 2)
    made = world(tmp_path, ("ada", "bob", "cy"))
    made.add("ada", {SUM: ONE})
    made.add("bob", {SUM: RENAMED})
    made.add("cy", {SUM: RENAMED})
    made.collect()
    made.grade(tmp_path / "store")
    monkeypatch.setattr(similar_pages, "trivial", lambda course, kata: False)
    with database.opened(made.cohort) as connection:
        ranked, _ = write(connection, made.opened(), tmp_path / "out", 60, lambda *told: None)
    assert len(ranked) == 3
    assert (ranked[0].one.learner, ranked[0].other.learner) == ("bob", "cy")
    assert len(list((tmp_path / "out").glob("pair-*.html"))) == 2
    assert "and 1 more pairs" in (tmp_path / "out/index.html").read_text()


def test_a_kata_is_trivial_when_its_reference_is_hardly_longer_than_its_stub(
        tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    course = here.opened()
    assert all(trivial(course, kata) for kata in course.katas)
    (here.course / "solutions" / SUM.removeprefix("katas/")).write_text(ONE)
    assert [trivial(course, kata) for kata in course.katas] == [False, True]


def test_without_the_library_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from graders.errors import GraderError

    monkeypatch.setitem(sys.modules, "copydetect", None)
    with pytest.raises(GraderError, match="copydetect: is not installed; run this by"):
        pairs("total_up", [Module("a", RIGHT_SUM)], "", 60)
