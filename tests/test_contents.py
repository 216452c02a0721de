"""The table of topics in both READMEs: made from the tree, current, and short for any number."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders import catalog
from graders.author import contents, law
from tests.trees import Tree, add_kata, finished

ROOT = Path(__file__).parent.parent
PAGE = f"# Ours\n\n{contents.BEGIN}{contents.END}\n\nMore.\n"
ENGLISH = (
    "| topic | title | katas |\n"
    "|---|---|---:|\n"
    "| S03 | [S03 Caches](katas/systems/s03_cache/README.md) | 1 |\n"
)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    made = finished(tmp_path)
    made.write("README.md", PAGE)
    made.write("README.zh.md", PAGE)
    return made


def told(tree: Tree) -> list[str]:
    return list(map(str, contents.check(catalog.load(tree.root))))


def test_has_a_line_for_each_topic_with_the_number_of_its_katas(tree: Tree) -> None:
    changed = contents.refresh(catalog.load(tree.root))
    assert [each.as_posix() for each in changed] == ["README.md", "README.zh.md"]
    text = (tree.root / "README.md").read_text(encoding="utf-8")
    assert text == f"# Ours\n\n{contents.BEGIN}{ENGLISH}{contents.END}\n\nMore.\n"
    chinese = (tree.root / "README.zh.md").read_text(encoding="utf-8")
    assert "](katas/systems/s03_cache/README.zh.md) | 1 |\n" in chinese
    assert told(tree) == [] and contents.refresh(catalog.load(tree.root)) == []


def test_a_kata_that_is_not_counted_yet_is_told_with_the_line_to_write(tree: Tree) -> None:
    contents.refresh(catalog.load(tree.root))
    add_kata(tree, "systems/s03_cache/second_one")
    add_kata(tree, "start_here")  # belongs to no topic
    assert told(tree)[0] == (
        "README.md:6: the table of topics should say '| S03 | [S03 Caches]"
        "(katas/systems/s03_cache/README.md) | 2 |' here; run `publish --manifest` [topic-table]"
    )
    found = law.check(tree_of := catalog.load(tree.root), tree_of.katas)
    assert "topic-table" in {each.rule for each in found}


def test_a_page_without_the_marks_is_left_alone(tree: Tree) -> None:
    tree.write("README.md", "# Ours\n")
    (tree.root / "README.zh.md").unlink()
    assert contents.refresh(catalog.load(tree.root)) == [] and told(tree) == []


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
class TestOurs:
    def test_has_the_table_and_it_is_current(self, name: str) -> None:
        assert contents.BEGIN in (ROOT / name).read_text(encoding="utf-8")
        assert list(contents.check(catalog.load(ROOT))) == []

    def test_invites_on_its_first_screen(self, name: str) -> None:
        """The two commands, then the five minutes that begin it."""
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        places = [next(n for n, line in enumerate(lines) if text in line) for text in (
            "-s grade", "-s tests", "katas/start_here/README", "-s show -- start_here")]
        assert places == sorted(places) and places[-1] < 35
