"""Marking: which part of an answer is right, and that nothing tells what would be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graders.author import answer_key, sealing
from graders.errors import GraderError
from graders.question import lock, marking
from graders.question.attempt import is_long_enough
from graders.question.items import Sheet
from graders.question.results import ItemResult, Mark, Outcome, SheetResult
from tests.question.sets import HERE, KEYS, place, read_paper, read_sheet, with_set
from tests.trees import Tree

LONG = " ".join(f"word{number}" for number in range(30))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return with_set(tmp_path)


def mark(tree: Tree, text: str, learner: str = "ann") -> SheetResult:
    locks = lock.read(place(tree).folder, HERE)
    return marking.mark(read_paper(tree), locks, read_sheet(tree, text), learner)


def item(tree: Tree, text: str, learner: str = "ann") -> ItemResult:
    name = text.partition("]")[0].removeprefix("[")
    return next(each for each in mark(tree, text, learner).items if each.id == name)


class TestAValue:
    def test_is_right_for_the_learners_own_variant_only(self, tree: Tree) -> None:
        right = {learner: [value for value in (3, 7, 11)
                           if item(tree, f"[sum]\nanswer = {value}", learner).mark is Mark.RIGHT]
                 for learner in "abcdefgh"}  # fmt: skip
        assert all(len(values) == 1 for values in right.values())
        assert {values[0] for values in right.values()} == {3, 7, 11}

    def test_stays_the_same_for_a_learner(self, tree: Tree) -> None:
        """Pinned: another choice would change the question under everybody's hands."""
        paper = read_paper(tree)
        assert marking.variants(paper, "ann") == {"sum": 2, "order": 2, "left": 1}
        assert marking.variants(paper, "李雷") == {"sum": 0, "order": 1, "left": 1}

    def test_that_is_right_says_why(self, tree: Tree) -> None:
        found = item(tree, "[sum]\nanswer = 11")
        assert [note.en for note in found.notes] == ["Adding makes the sum."]
        assert (found.score, found.variant) == (1.0, 3)

    def test_that_is_wrong_says_nothing(self, tree: Tree) -> None:
        found = item(tree, "[sum]\nanswer = 12")
        assert (found.mark, found.score, found.notes) == (Mark.WRONG, 0.0, ())

    def test_of_a_set_has_no_order_and_of_a_list_has_one(self, tree: Tree) -> None:
        assert item(tree, "[left]\nanswer = [3, 4]").mark is Mark.RIGHT
        assert item(tree, "[left]\nanswer = [4, 3]").mark is Mark.RIGHT
        assert item(tree, "[order]\nanswer = [5, 6]").mark is Mark.RIGHT
        assert item(tree, "[order]\nanswer = [6, 5]").mark is Mark.WRONG


class TestLines:
    @pytest.mark.parametrize(
        ("answer", "mark_", "score", "found", "extra", "differs"),
        [
            ('2 = "a", 3 = "b"', Mark.RIGHT, 1.0, 2, 0, ()),
            ('3 = "b", 2 = "A"', Mark.RIGHT, 1.0, 2, 0, ()),
            ('2 = "a"', Mark.PARTLY, 0.5, 1, 0, ()),
            ('2 = "a", 3 = "c"', Mark.PARTLY, 0.75, 2, 0, (3,)),
            ('2 = "", 3 = ""', Mark.PARTLY, 0.5, 2, 0, (2, 3)),
            ('2 = "a", 3 = "b", 4 = "a"', Mark.PARTLY, 0.5, 2, 1, ()),
            ('1 = "a", 2 = "a", 3 = "b", 4 = "a"', Mark.PARTLY, 0.0, 2, 2, ()),
            ('1 = "a"', Mark.WRONG, 0.0, 0, 1, ()),
        ],
    )
    def test_are_counted_and_their_reasons_told_apart(
        self, tree: Tree, answer: str, mark_: Mark, score: float, found: int, extra: int,
        differs: tuple[int, ...],
    ) -> None:  # fmt: skip
        got = item(tree, f"[claims]\nanswer = {{ {answer} }}")
        told = (got.mark, got.score, got.found, got.of, got.extra, got.differs)
        assert told == (mark_, score, found, 2, extra, differs)


class TestAChoice:
    @pytest.mark.parametrize(
        ("answer", "mark_", "score", "agrees"),
        [
            ('option = "b", because = "c"', Mark.RIGHT, 1.0, ("option", "because")),
            ('option = "b", because = "a"', Mark.PARTLY, 0.0, ("option",)),
            ('option = "a", because = "c"', Mark.PARTLY, 0.0, ("because",)),
            ('option = "b"', Mark.PARTLY, 0.0, ("option",)),
            ('option = "a", because = "a"', Mark.WRONG, 0.0, ()),
        ],
    )
    def test_is_worth_something_only_with_its_constraint(
        self, tree: Tree, answer: str, mark_: Mark, score: float, agrees: tuple[str, ...]
    ) -> None:
        got = item(tree, f"[policy]\nanswer = {{ {answer} }}")
        assert (got.mark, got.score, got.agrees) == (mark_, score, agrees)


class TestAnExplanation:
    def test_of_some_length_opens_the_checklist_and_has_no_points(self, tree: Tree) -> None:
        got = item(tree, f'[aloud]\nanswer = "{LONG}"\nticks = [1, 3, 9]')
        assert (got.mark, got.score, got.ticks) == (Mark.SUBMITTED, 0.0, (1, 3))
        assert [note.zh for note in got.notes] == ["是什么", "代价是什么", "何时失灵"]
        assert [each.en for each in got.follow_ups] == ["And with 2 of them?", "And without any?"]

    def test_that_is_too_short_opens_nothing(self, tree: Tree) -> None:
        got = item(tree, '[aloud]\nanswer = "Not much to say."\nticks = [1]')
        assert (got.mark, got.notes, got.ticks) == (Mark.TOO_SHORT, (), ())

    @pytest.mark.parametrize(
        ("text", "enough"),
        [
            (LONG, True),
            (LONG.rpartition(" ")[0], False),
            ("缓存是一份可能过时的副本换来时间和压力所以要说清楚最旧能有多旧" * 2, True),
            ("缓存是一份可能过时的副本", False),
            ("word " * 500, False),
            ("字" * 500, False),
            ("缓存的命中率很高时 " * 2 + " ".join(f"w{n}" for n in range(22)), True),
        ],
    )
    def test_is_an_attempt_in_either_language(self, text: str, enough: bool) -> None:
        assert is_long_enough(text) is enough


class TestASheet:
    def test_without_answers_is_not_started(self, tree: Tree) -> None:
        assert mark(tree, "").outcome is Outcome.NOT_STARTED

    def test_is_accepted_when_every_marked_item_is_right(self, tree: Tree) -> None:
        paper = read_paper(tree)
        keys = answer_key.read(place(tree), paper)
        locks = sealing.sealed(paper, keys)
        model = sealing.model(keys, marking.variants(paper, "bob"))
        without = Sheet({name: each for name, each in model.answers.items() if name != "aloud"})
        for sheet in (model, without):  # an explanation is nobody's mark
            got = marking.mark(paper, locks, sheet, "bob")
            assert (got.outcome, got.points) == (Outcome.ACCEPTED, 100.0)
        less = Sheet({name: each for name, each in model.answers.items() if name != "sum"})
        got = marking.mark(paper, locks, less, "bob")
        assert (got.outcome, got.points) == (Outcome.NOT_ACCEPTED, 85.71)


class TestTheKeysForLearners:
    def test_have_no_answer_that_could_be_read_in_passing(self, tree: Tree) -> None:
        text = tree.path(KEYS).read_text(encoding="utf-8")
        data = json.loads(text)
        assert set(data["items"]["claims"]) == {"lines", "pairs"}
        assert not any(word in text for word in ("Adding", "相加", "what it costs", '"3 4"'))

    def test_do_not_follow_the_order_of_the_lines(self, tree: Tree) -> None:
        items = json.loads(tree.path(KEYS).read_bytes())["items"]
        assert all(items["claims"][part] == sorted(items["claims"][part])
                   for part in ("lines", "pairs"))

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("{", "", "no keys of a question set (JSONDecodeError"),
            ('"format": 1', '"format": 2', "format 2 is not 1, the one read here"),
            ('"format": 1,', "", "no keys of a question set (KeyError: 'format')"),
            ('"option"', '"opinion"', "unknown key 'opinion'"),
            ('"notes": "', '"notes": "~~', "no keys of a question set ("),
        ],
    )
    def test_that_are_broken_are_named(self, tree: Tree, old: str, new: str, said: str) -> None:
        text = tree.path(KEYS).read_text(encoding="utf-8")
        tree.write(KEYS, text.replace(old, new, 1))
        with pytest.raises(GraderError) as caught:
            lock.read(place(tree).folder, HERE)
        assert str(caught.value).startswith(f"{KEYS}: ") and said in str(caught.value)

    def test_that_are_missing_are_named(self, tree: Tree) -> None:
        tree.path(KEYS).unlink()
        with pytest.raises(GraderError, match=r"keys.json: cannot be read .*; restore it with git"):
            lock.read(place(tree).folder, HERE)
