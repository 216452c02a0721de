"""The law on question sets: a finished one passes, and each breach has its finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graders import catalog, stubs
from graders.author import answer_key, law_question_marks, question_files, recompute
from graders.author.publish import manifest_for, write_manifest
from tests.question.sets import (
    ANSWERS,
    COMPUTE,
    KEY,
    KEYS,
    QUESTION,
    place,
    read_paper,
    with_set,
)
from tests.trees import Tree

# Rule, file, what to replace there, by what, and what the author reads.
BREACHES = {
    "no word on what the article would answer": (
        ("question-shape", KEY, "brief.wrong = {}\n", ""),
        f"{KEY}: 'claims' does not say what the article would answer; add 'brief'",
    ),
    "a key that was changed": (
        ("question-shipped", KEY, '{ 2 = "a", 3 = "b" }', '{ 2 = "b", 3 = "b" }'),
        f"{KEYS}: does not have the keys of key.toml; run: python3 noxfile.py -s publish -- ",
    ),
    "an item that the sheet lacks": (
        ("question-shipped", ANSWERS, "[claims]", "[claim]"),
        f"{ANSWERS}: is not the empty sheet of these items; remove it and run: python3 noxfile.py",
    ),
    "a key that cannot be read": (
        ("question-files", KEY, '{ 2 = "a", 3 = "b" }', '{ 2 = "z" }'),
        f"{KEY}:18: unknown 2 'z'; choose one of: a, b, c",
    ),
    "a number that one language lacks": (
        ("numbers", QUESTION, "4 是偶数", "5 是偶数"),
        f"{QUESTION}:33: 'claims': one language says 4 and the other does not",
    ),
    "a number of a follow-up that one language lacks": (
        ("numbers", KEY, "如果有 2 个呢", "如果有 3 个呢"),
        "'aloud': one language says 2 and the other does not",
    ),
    "Chinese for the English reader": (
        ("language", QUESTION, "two is odd", "二 is odd"),
        "'claims': the English text has Chinese characters; write it for an English reader",
    ),
    "Chinese in a variant": (
        ("language", QUESTION, "5 + 6", "五 + 6"),
        "'sum' has Chinese in a variant; variants are the same in both languages",
    ),
    "Chinese touching code": (
        ("zh-space", QUESTION, "在 `order` 里", "在`order` 里"),
        f"{QUESTION}:17: no space in '在`order` 里问的是'",
    ),
    "a word for the author": (
        ("unfinished", QUESTION, "one is odd", "UNFINISHED"),
        "'claims': is not written yet; replace this placeholder",
    ),
}  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return with_set(tmp_path)


def recomputed(tree: Tree) -> list[str]:
    """Return what is said under "question-values"."""
    katas = catalog.load(tree.root).katas
    return [str(each) for each in recompute.check(place(tree), list(katas))]


def test_nothing_is_found_in_a_finished_set(tree: Tree) -> None:
    assert tree.findings() == []
    assert recomputed(tree) == []


@pytest.mark.parametrize(
    ("breach", "text"),
    BREACHES.values(),
    ids=BREACHES,
)
def test_a_breach_is_found(tree: Tree, breach: tuple[str, str, str, str], text: str) -> None:
    rule, name, old, new = breach
    tree.edit(name, old, new)
    assert any(text in each for each in tree.said(rule)), tree.findings()


class TestItems:
    def test_are_eight_or_more_and_three_of_them_traced(self, tree: Tree) -> None:
        head, *items = tree.path(QUESTION).read_text(encoding="utf-8").split("[[items]]")
        tree.write(QUESTION, "[[items]]".join([head, items[0], items[5]]))
        keys = tree.path(KEY).read_text(encoding="utf-8").split("\n[")
        tree.write(KEY, "\n[".join([keys[0], keys[1], keys[6]]))
        question_files.refresh(tree.root)
        assert tree.said("question-shape") == [
            f"{QUESTION}: has 2 items; write 8 or more",
            f"{QUESTION}: has 1 predict and spot items; write 3 or more",
        ]

    def test_that_predict_have_variants(self, tree: Tree) -> None:
        tree.edit(QUESTION, '"3 + 4"', '"1 + 2 "')
        tree.edit(QUESTION, '"1 + 2 "', '"5  + 6"')  # another text, so no repetition of a string
        assert tree.said("question-shape") == []
        tree.edit(QUESTION, ', "5  + 6", "5 + 6"]', ', "5 + 6"]')
        for old, new in (("[3, 7, 11]", "[3, 11]"), ('"3 4", ', ""), ('"4 3", ', ""),
                         ("[4, 3], ", ""), ('"3", "5"', '"5"')):  # fmt: skip
            tree.edit(KEY, old, new)
        said = tree.said("question-shape")
        assert f"{QUESTION}: 'sum' has 2 variants; write 3 or more" in said and len(said) == 3


@pytest.mark.parametrize("name", [QUESTION, ANSWERS, KEYS, KEY, COMPUTE])
def test_a_missing_file_is_named(tree: Tree, name: str) -> None:
    tree.path(name).unlink()
    said = f"{name}: is missing; write it, or run: python3 noxfile.py -s publish -- --manifest"
    assert tree.said("question-files") == [said]


class TestMarks:
    def test_of_luck_are_few_and_the_same_every_time(self, tree: Tree) -> None:
        paper = read_paper(tree)
        keys = answer_key.read(place(tree), paper)
        mean = law_question_marks.random_points(paper, keys, 100)
        assert 10 < mean < 30
        assert law_question_marks.random_points(paper, keys, 100) == mean

    def test_of_luck_must_not_be_many(self, tree: Tree) -> None:
        for name, values in (("sum", "[3, 3, 3]"), ("order", '["1", "1", "1"]')):
            text = tree.path(KEY).read_text(encoding="utf-8")
            head, _, rest = text.partition(f"[{name}]\nvalues = ")
            tree.write(KEY, f"{head}[{name}]\nvalues = {values}\n{rest.partition(chr(10))[2]}")
        (said,) = tree.said("question-marks")
        assert "random sheets have " in said and "less than 30 are allowed" in said

    def test_of_the_article_must_not_be_many(self, tree: Tree) -> None:
        for old, new in (("brief.wrong = {}", 'brief.wrong = { 2 = "a", 3 = "b" }'),
                         ('brief.wrong = { 2 = "c" }', 'brief.wrong = { 1 = "c" }'),
                         ('because = "a" }', 'because = "c" }'),
                         ('{ option = "c", because = "b" }', '{ option = "a", because = "a" }')):
            tree.edit(KEY, old, new)  # fmt: skip
        (said,) = tree.said("question-marks")
        assert said.endswith("a sheet that follows the article has 71.43 points; less than 60 are "
                             "allowed")


class TestValues:
    def test_that_the_program_does_not_confirm_are_found(self, tree: Tree) -> None:
        tree.edit(KEY, "[3, 7, 11]\nwhy", "[3, 8, 11]\nwhy")
        said = f"{KEY}: 'sum' variant 2: the key is '8', computed '7' [question-values]"
        assert recomputed(tree) == [said]

    def test_are_compared_as_answers_are(self, tree: Tree) -> None:
        tree.edit(KEY, "[[2, 1], [4, 3], [6, 5]]", '["1、2", "３ 4", [5, "6"]]')
        assert recomputed(tree) == []

    @pytest.mark.parametrize(
        ("program", "said"),
        [
            ("raise ValueError('no such item')", "fails (ValueError: no such item); run it by"),
            ("print('[]')", "fails (it prints no JSON object); run it by hand"),
            ("print('hello')", "fails ("),
        ],
    )
    def test_that_cannot_be_computed_are_said_to_be_so(
        self, tree: Tree, program: str, said: str
    ) -> None:
        tree.write(COMPUTE, program)
        (found,) = recomputed(tree)
        assert found.startswith(f"{COMPUTE}: {said}") and found.endswith("[question-values]")

    def test_must_be_there_for_each_variant(self, tree: Tree) -> None:
        tree.edit(COMPUTE, 'sum(pair) for pair in pairs["sum"]', "1")
        said = f"{KEY}: 'sum': compute.py gives no value for each variant [question-values]"
        assert recomputed(tree) == [said]


class TestWhatIsMade:
    def test_is_made_once(self, tree: Tree) -> None:
        assert question_files.refresh(tree.root) == []

    def test_follows_a_changed_key_and_a_new_item(self, tree: Tree) -> None:
        write_manifest(tree.root)
        tree.edit(QUESTION, 'id = "sum"', 'id = "total"')
        tree.edit(KEY, "[sum]", "[total]")
        written = question_files.refresh(tree.root)
        assert {path.name for path in written} == {"keys.json", "answers.toml"}
        assert "[total]" in tree.path(ANSWERS).read_text(encoding="utf-8")

    def test_is_never_a_sheet_that_somebody_filled_in(self, tree: Tree) -> None:
        write_manifest(tree.root)
        tree.edit(ANSWERS, 'answer = ""', 'answer = "3"')
        before = tree.path(ANSWERS).read_bytes()
        tree.edit(QUESTION, 'id = "sum"', 'id = "total"')
        tree.edit(KEY, "[sum]", "[total]")
        question_files.refresh(tree.root)
        assert tree.path(ANSWERS).read_bytes() == before

    def test_is_listed_in_the_manifest(self, tree: Tree) -> None:
        write_manifest(tree.root)
        listed = json.loads(tree.path("katas/manifest.json").read_bytes())["stubs"]
        digest = stubs.stub_hash(tree.path(ANSWERS).read_bytes())
        assert listed["s03_cache/answers"] == [digest]
        tree.edit(ANSWERS, 'answer = ""', 'answer = "3"')
        assert manifest_for(tree.root) != {"format": 1, "stubs": listed}
