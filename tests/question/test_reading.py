"""question.toml, answers.toml, key.toml: what they may say, and how a fault in them is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.author import answer_key
from graders.errors import GraderError
from graders.question import empty_sheet, normal
from graders.question.items import Chosen, Explained, Form, Predicted, Reading, Spotted
from graders.question.place import places
from tests.question.sets import (
    ANSWERS,
    KEY,
    QUESTION,
    place,
    read_paper,
    read_sheet,
    with_set,
)
from tests.trees import Tree, finished


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return with_set(tmp_path)


class TestAnswersThatAreTheSame:
    @pytest.mark.parametrize(
        ("reading", "written", "one_way"),
        [
            (Reading.NUMBER, 3, "3"),
            (Reading.NUMBER, " ３ ", "3"),
            (Reading.NUMBER, "003.0", "3"),
            (Reading.NUMBER, "1,000", "1000"),
            (Reading.NUMBER, "+0.50", "0.5"),
            (Reading.NUMBER, "-0", "0"),
            (Reading.NUMBER, "NaN", "nan"),
            (Reading.NUMBER, "1e999999", "1e999999"),
            (Reading.LIST, [3, 1], "3 1"),
            (Reading.LIST, "[3, 1]", "3 1"),
            (Reading.LIST, "（３，１）", "3 1"),
            (Reading.LIST, "3、1", "3 1"),
            (Reading.LIST, ["A", "b "], "a b"),
            (Reading.SET, "3 1", "1 3"),
            (Reading.SET, [1, 3], "1 3"),
            (Reading.LIST, "「无」", "none"),
            (Reading.LIST, "None", "none"),
            (Reading.LIST, [], ""),
            (Reading.NUMBER, "  ", ""),
        ],
    )
    def test_are_written_in_one_way(self, reading: Reading, written: object, one_way: str) -> None:
        assert normal.value(written, reading) == one_way

    def test_do_not_make_a_list_of_its_turned_round(self) -> None:
        assert normal.value("1 3", Reading.LIST) != normal.value("3 1", Reading.LIST)

    @pytest.mark.parametrize("written", ["b", "B", " b) ", "（ｂ）", "b.", "(B)"])
    def test_name_the_same_letter(self, written: str) -> None:
        assert normal.letter(written) == "b"


class TestASheet:
    def test_as_shipped_has_no_answer(self, tree: Tree) -> None:
        text = empty_sheet.text(read_paper(tree))
        assert tree.path(ANSWERS).read_text(encoding="utf-8") == text
        assert read_sheet(tree, text.replace("format = 1\n", "")).answers == {}

    def test_is_read_item_by_item(self, tree: Tree) -> None:
        answers = read_sheet(tree, """
[sum]
answer = "０７"
[left]
answer = [4, 3]
[claims]
answer = { 3 = "B", "２" = "" }
[policy]
answer = { option = "Ｂ)" }
[aloud]
answer = "words"
ticks = [3, 1, 3]
""").answers  # fmt: skip
        assert answers == {
            "sum": Predicted("7"),
            "left": Predicted("3 4"),
            "claims": Spotted({3: "b", 2: ""}),
            "policy": Chosen("b", ""),
            "aloud": Explained("words", (1, 3)),
        }

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('[summ]\nanswer = ""', "2: there is no 'summ' to answer; did you mean 'sum'?"),
            ('[xyz]\nanswer = ""', "2: there is no 'xyz' to answer; there are: sum, order, left"),
            ('[sum]\nanser = ""', "3: unknown key 'anser' in [sum]; did you mean 'answer'?"),
            ("[sum]\nanswer = true",
             "3: 'answer' must be a text, a number or a list; write answer = [3, 1]"),
            ("[sum]\nanswer = 0x" + "f" * 5000, "3: 'answer' must be a text, a number or a list"),
            ("[sum]\nanswer = 2026-01-01", "3: 'answer' must be a text, a number or a list"),
            ('[claims]\nanswer = { 5 = "a" }',
             "3: '5' is no line of 'claims'; it has lines 1 to 4"),
            ('[claims]\nanswer = { two = "a" }',
             "3: 'two' is no line of 'claims'; it has lines 1 to 4"),
            ('[claims]\nanswer = { 2 = "a", "２" = "b" }',
             "3: line 2 stands twice in 'claims'; name it once"),
            ('[claims]\nanswer = { 2 = "x" }', "3: '2' has no 'x'; choose one of: a, b, c"),
            ("[claims]\nanswer = { 2 = 1 }", "3: '2' must have a letter; write 2 = \"a\""),
            ('[claims]\nanswer = "2b"', "3: 'answer' must be a table, not '2b'"),
            ('[policy]\nanswer = { option = "dd" }', "3: 'option' has no 'dd'; choose one of"),
            ('[policy]\nanswer = { choice = "a" }', "3: unknown key 'choice' in [policy.answer]"),
            ("[aloud]\nanswer = 3", "3: the answer is no text; write it between triple quotes"),
            ('[aloud]\nanswer = "x"\nticks = ["1"]',
             "4: 'ticks' must list numbers of points; write ticks = [1, 3]"),
            ('[sum]\nanswer = "', "3: not valid TOML: "),
        ],
    )  # fmt: skip
    def test_that_cannot_be_meant_says_where(self, tree: Tree, text: str, said: str) -> None:
        with pytest.raises(GraderError) as caught:
            read_sheet(tree, text)
        assert str(caught.value).startswith(f"{ANSWERS}:{said}")

    @pytest.mark.parametrize(("number", "age"), [(0, "too old"), (2, "newer than these graders")])
    def test_of_another_format_says_so(self, tree: Tree, number: int, age: str) -> None:
        tree.write(ANSWERS, f"format = {number}\n")
        with pytest.raises(GraderError, match=f":1: format {number} is {age}"):
            read_sheet_as_it_is(tree)

    def test_that_is_a_link_is_refused(self, tree: Tree) -> None:
        tree.path(ANSWERS).unlink()
        tree.path(ANSWERS).symlink_to(tree.path(KEY))
        with pytest.raises(GraderError, match="is a symbolic link"):
            read_sheet_as_it_is(tree)


def read_sheet_as_it_is(tree: Tree) -> None:
    from graders.question import sheet

    sheet.read(place(tree), read_paper(tree))


class TestAQuestionSet:
    def test_has_its_items_in_order(self, tree: Tree) -> None:
        items = read_paper(tree).items
        assert [item.id for item in items] == [
            "sum", "order", "left", "claims", "code", "policy", "pattern", "aloud",
        ]  # fmt: skip
        assert items[4].code and [line.en for line in items[4].lines] == ["x = 1", "y = 2"]
        assert items[7].form is Form.EXPLAIN

    def test_is_not_there_in_a_topic_without(self, tmp_path: Path) -> None:
        from graders import catalog

        tree = finished(tmp_path)
        assert places(tree.root, catalog.load(tree.root).katas) == ()

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('form = "choose"', 'form = "chose"', "unknown form 'chose'; did you mean 'choose'?"),
            ('reading = "set"', 'reading = "bag"', "unknown reading 'bag'; choose one of: number"),
            ('id = "left"', 'id = "Left"', "'Left' is no id; use words of a-z and 0-9 joined"),
            ('id = "left"', 'id = "order"', "'order' is the id of two items; rename one"),
            ('"二是奇数", ', "", "'lines' has 4 in 'en' and 3 in 'zh'; write the same ones"),
            ('variants = ["1 + 2", "3 + 4", "5 + 6"]', "variants = []", "no variants; write three"),
            ("lines.zh", "lines.de", "unknown key 'de' in [items.lines]; choose one of: en, zh"),
            ("x = 1\ny = 2\n", "x = 1\n", "1 lines; write 2 to 40"),
            ('code = """', 'lines.en = ["a"]\ncode = """', "write either 'lines' in both"),
            ("minutes = 20", "minutes = 999", "'minutes' is 999; it must be from 1 to 240"),
            ("ask.zh", "asks.zh", "unknown key 'asks'"),
            ("format = 1", "format = 7", "format 7 is newer than these graders"),
        ],
    )
    def test_with_a_fault_says_file_line_and_what_to_do(
        self, tree: Tree, old: str, new: str, said: str
    ) -> None:
        tree.edit(QUESTION, old, new)
        with pytest.raises(GraderError) as caught:
            read_paper(tree)
        where, _, what = str(caught.value).partition(": ")
        path, _, line = where.rpartition(":")
        assert (path, line.isdigit(), what.startswith(said)) == (QUESTION, True, True), what


class TestAKey:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("values = [3, 7, 11]\nwhy", "values = [3, 7]\nwhy", "must list one value for each of"),
            ('{ 2 = "a", 3 = "b" }', '{ 2 = "a", 9 = "b" }', "'9' is no line; name one from 1 to"),
            ('{ 2 = "a", 3 = "b" }', '{ 2 = "d" }', "unknown 2 'd'; choose one of: a, b, c"),
            ('option = "b"\nbecause', 'option = "e"\nbecause', "unknown option 'e'; choose one of"),
            ("[pattern]", "[patern]", "unknown key 'patern'; did you mean 'pattern'?"),
            ('"And without any?"', "", "has 1 in 'en' and 2 in 'zh'"),
            ('points.en = ["what it is", "what it costs", "when it fails"]\n'
             'points.zh = ["是什么", "代价是什么", "何时失灵"]',
             'points.en = ["what"]\npoints.zh = ["什么"]',
             "1 points and 2 follow-ups; write three or more points and two follow-ups"),
        ],
    )  # fmt: skip
    def test_with_a_fault_says_so(self, tree: Tree, old: str, new: str, said: str) -> None:
        tree.edit(KEY, old, new)
        with pytest.raises(GraderError) as caught:
            answer_key.read(place(tree), read_paper(tree))
        assert str(caught.value).startswith(f"{KEY}:") and said in str(caught.value)
