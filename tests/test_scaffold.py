"""`new`: what it writes, what it refuses, and that a fault leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.author.scaffold import new
from graders.catalog import load
from graders.errors import GraderError
from graders.model import Kind
from tests.trees import SLUG, Tree, finished


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return finished(tmp_path)


def everything(root: Path) -> dict[str, bytes]:
    """Return all files below a folder by path, and all folders as paths that end in /."""
    return {
        path.relative_to(root).as_posix() + ("/" if path.is_dir() else ""): (
            b"" if path.is_dir() else path.read_bytes()
        )
        for path in root.rglob("*")
    }


def refusal(tree: Tree, topic: str, slug: str) -> str:
    """Return why `new` refuses, after a look that it has changed nothing."""
    before = everything(tree.root)
    with pytest.raises(GraderError) as caught:
        new(tree.root, topic, slug)
    assert everything(tree.root) == before
    return str(caught.value)


class TestAKataInATopicThatIsThere:
    def test_gets_all_files_of_both_trees(self, tree: Tree) -> None:
        before = everything(tree.root)
        written = new(tree.root, "s03", "read_through")
        here, there = (f"{t}/systems/s03_cache/read_through" for t in ("katas", "solutions"))
        assert [path.relative_to(tree.root.resolve()).as_posix() for path in written] == [
            f"{here}/README.md",
            f"{here}/README.zh.md",
            f"{here}/kata.toml",
            f"{here}/read_through.py",
            f"{here}/test_read_through.py",
            f"{there}/ANSWER.md",
            f"{there}/ANSWER.zh.md",
            f"{there}/read_through.py",
            f"{there}/test_hidden_read_through.py",
            *(f"{there}/wrong_unfinished_{number}.py" for number in range(1, 5)),
        ]
        after = everything(tree.root)
        assert {path: after[path] for path in before} == before
        assert len(after) == len(before) + len(written) + 2  # and nothing but the two folders

    def test_can_be_loaded_beside_the_others_and_comes_last(self, tree: Tree) -> None:
        new(tree.root, "S03", "read_through")
        katas = load(tree.root).katas
        assert [(kata.slug, kata.order) for kata in katas] == [(SLUG, 20), ("read_through", 30)]

    def test_fails_the_law_in_every_file_until_it_is_written(self, tree: Tree) -> None:
        written = new(tree.root, "s03_cache", "read_through")
        found = {each.path for each in tree.findings() if each.rule == "unfinished"}
        assert found == {path.relative_to(tree.root.resolve()).as_posix() for path in written}

    def test_fails_the_law_in_the_topics_pages_until_they_list_it(self, tree: Tree) -> None:
        new(tree.root, "s03_cache", "read_through")
        texts = tree.said("topic-page")
        assert len(texts) == 4
        assert all("does not list read_through; add a link to its folder" in each for each in texts)

    def test_breaks_only_rules_about_what_is_not_written(self, tree: Tree) -> None:
        new(tree.root, "s03_cache", "read_through")
        allowed = {"unfinished", "topic-page", "language", "zh-space"}
        assert {each.rule for each in tree.findings()} <= allowed


class TestAProgram:
    def test_has_a_main_and_suites_that_run_it(self, tree: Tree) -> None:
        new(tree.root, "s03", "read_lines", program=True)
        (kata,) = load(tree.root).find("read_lines")
        assert kata.kind is Kind.PROGRAM
        assert "main()" in kata.stub.read_text()
        assert "run_program(" in kata.suite.read_text()

    def test_breaks_only_rules_about_what_is_not_written(self, tree: Tree) -> None:
        new(tree.root, "s03_cache", "read_lines", program=True)
        allowed = {"unfinished", "topic-page", "language", "zh-space"}
        assert {each.rule for each in tree.findings()} <= allowed


class TestAKataInANewTopic:
    def test_is_its_warm_up_and_brings_the_topics_pages(self, tree: Tree) -> None:
        written = {path.name for path in new(tree.root, "a01_two_sum", "pair_of_two")}
        (kata,) = load(tree.root).find("a01")
        assert (kata.slug, kata.order, kata.difficulty) == ("pair_of_two", 10, 1)
        assert "test_hidden_pair_of_two.py" not in written
        assert tree.path("solutions/algorithms/a01_two_sum/README.zh.md").is_file()
        assert not tree.said("topic-page")
        assert not tree.said("file-missing")


class TestAName:
    def test_of_a_kata_that_exists_is_refused(self, tree: Tree) -> None:
        text = "number_box: this kata exists in s03_cache; choose another name"
        assert refusal(tree, "s03", SLUG) == text

    def test_that_is_no_slug_is_refused(self, tree: Tree) -> None:
        assert refusal(tree, "s03", "json") == (
            "json: 'json' is a module of the standard library; choose another name"
        )

    @pytest.mark.parametrize("parent", ["katas", "solutions"])
    def test_of_a_folder_that_is_there_is_refused(self, tree: Tree, parent: str) -> None:
        tree.write(f"{parent}/systems/s03_cache/read_through/notes.md", "mine")
        text = f"{parent}/systems/s03_cache/read_through: is there already; remove it or choose"
        assert refusal(tree, "s03", "read_through") == f"{text} another name"

    @pytest.mark.parametrize(
        ("topic", "text"),
        [
            ("s04", "s04: this topic has no folder yet; write its full name, like s04_cache, to"),
            ("s3", "s3: is no topic; name it like s03_cache or a01_two_sum"),
            ("s03_cash", "s03_cash: topic s03 has the folder s03_cache; use this name"),
            ("s3_cache", "s3_cache: is no topic; did you mean 's03_cache'?"),
            ("../x", "../x: is no topic; name it like s03_cache or a01_two_sum"),
        ],
    )
    def test_of_a_topic_is_a_code_or_a_folder(self, tree: Tree, topic: str, text: str) -> None:
        assert refusal(tree, topic, "read_through").startswith(text)


class TestAFault:
    def test_while_writing_leaves_the_trees_as_they_were(
        self, tree: Tree, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write = Path.write_text

        def full(self: Path, *args: str, **options: str) -> int:
            if self.name == "ANSWER.md":
                raise OSError(28, "No space left on device")
            return write(self, *args, **options)

        monkeypatch.setattr(Path, "write_text", full)
        assert refusal(tree, "s04_queues", "read_through") == (
            "read_through: cannot be written (No space left on device); nothing was changed, "
            "try again when this is mended"
        )

    def test_while_moving_takes_back_what_was_moved(self, tree: Tree) -> None:
        solutions = tree.root / "solutions"
        solutions.rename(tree.root / "elsewhere")
        solutions.write_text("a file where the folder belongs", encoding="utf-8")
        text = refusal(tree, "s04_queues", "read_through")
        assert text.startswith("read_through: cannot be written (")
