"""Questions on a learner's checkout: shown with their variants, marked beside the katas."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from graders import catalog
from graders.author import answer_key, sealing
from graders.learn import memory
from graders.learn.question import identify
from graders.question import marking, paper
from graders.question.items import Answer, Chosen, Predicted, Spotted
from graders.question.place import Place, places
from graders.report import schema
from tests.cli.conftest import Checkout
from tests.cli.reports import ROOT

SHEET = "katas/algorithms/a01_two_sum/question/answers.toml"
GRADE = "python3 noxfile.py -s grade -- a01"


def written(answer: Answer) -> str:
    match answer:
        case Predicted(value):
            return json.dumps(value)
        case Spotted(reasons):
            return "{ " + ", ".join(f'{line} = "{r}"' for line, r in reasons.items()) + " }"
        case Chosen(option, because):
            return f'{{ option = "{option}", because = "{because}" }}'
        case _:
            return '""'


def real(topic: str) -> Place:
    return next(each for each in places(ROOT, catalog.load(ROOT).katas) if each.topic == topic)


def model(topic: str, learner: str, brief: bool = False) -> str:
    """Return the model sheet of one of the repository's sets, or the one after the article."""
    read = paper.read(real(topic))
    keys = answer_key.read(real(topic), read)
    answers = sealing.model(keys, marking.variants(read, learner), brief).answers
    tables = [f"[{name}]\nanswer = {written(each)}\n" for name, each in answers.items()]
    return "format = 1\n" + "".join(tables)


@pytest.fixture(autouse=True)
def ann(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATA_LEARNER", "ann")


def answer(checkout: Checkout, text: str, path: str = SHEET) -> None:
    (checkout.root / path).write_text(text, encoding="utf-8")


class TestShow:
    def test_asks_every_item_with_the_learners_variant(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ran = checkout.run("show", "a01", "--question")
        assert ran.code == 0 and ran.lines[0] == "a01_two_sum: 10 questions, about 35 minutes"
        assert "       find_pair([5, 3, 9, 1, 3, 7, 5], 10)" in ran.lines
        assert ran.lines[-2:] == [f"Your answers go into {SHEET}; have them marked:", GRADE]
        monkeypatch.setenv("KATA_LEARNER", "bob")
        assert checkout.run("show", "two_sum", "--question").out != ran.out

    def test_speaks_chinese(self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        assert "有多少对下标" in checkout.run("show", "a01", "--question").out

    def test_says_where_there_is_nothing_to_ask(self, checkout: Checkout) -> None:
        ran = checkout.run("show", "s16", "--question")
        assert ran.code == 2 and "s16: its topic has no questions yet; read its page" in ran.err


class TestGrade:
    def test_leaves_an_untouched_sheet_alone(self, checkout: Checkout) -> None:
        ran = checkout.run("grade")
        assert ran.code == 0 and "questions" not in ran.out
        named = checkout.run("grade", "a01")
        assert named.code == 0 and "NOT_STARTED" in named.out
        assert "python3 noxfile.py -s show -- a01 --question" in named.lines

    def test_accepts_the_model_sheet(self, checkout: Checkout) -> None:
        answer(checkout, model("a01", "ann"))
        for arguments in (("grade",), ("grade", "a01")):
            ran = checkout.run(*arguments)
            assert ran.code == 0, ran.out
            assert ran.lines[-2] == "Every question set you have started is accepted."
        assert "a01_two_sum ACCEPTED 100 9/10" in [" ".join(line.split()) for line in ran.lines]

    def test_does_not_accept_another_learners_sheet(self, checkout: Checkout) -> None:
        answer(checkout, model("a01", "bob"))
        assert checkout.run("grade").code == 1

    def test_tells_which_part_is_right_and_keeps_the_rest(self, checkout: Checkout) -> None:
        answer(checkout, """format = 1
[first_pair]
answer = [2, 3]
[claims]
answer = { 2 = "C", 3 = "b", 5 = "e" }
[on_disk]
answer = { option = "B)", because = "a" }
""")  # fmt: skip
        ran = checkout.run("grade", "a01")
        rows = [" ".join(line.split()) for line in ran.lines]
        assert ran.code == 1
        assert "first_pair right" in rows and "faulty_code not answered" in rows
        assert any(row.startswith("claims partly right 2 of 4 lines found;") for row in rows)
        assert "the reason differs at line 3" in " ".join(rows)
        assert "on_disk partly right the option is right; another constraint decides it" in rows
        assert "Each move gives up one value" not in ran.out
        assert ran.lines[-2:] == [f"Change {SHEET} and have it marked again:", GRADE]

    def test_opens_the_checklist_for_a_text(self, checkout: Checkout) -> None:
        text = " ".join(f"word{number}" for number in range(30))
        answer(checkout, f"format = 1\n[whole_answer]\nanswer = '''{text}'''\nticks = [2]\n")
        out = checkout.run("grade", "a01").out
        assert "[ ] 1  Asked first" in out and "[x] 2  Began with brute force" in out
        assert "- Which integers would you send to make a Python dict slow?" in out

    def test_names_the_fault_of_a_sheet_and_judges_the_rest(self, checkout: Checkout) -> None:
        answer(checkout, "format = 1\n[first]\n")
        ran = checkout.run("grade")
        assert ran.code == 1 and "UNREADABLE" in ran.out
        assert f"{SHEET}:2: there is no 'first' to answer; did you mean 'first_pair'?" in ran.lines

    def test_tells_the_summary_of_a_workflow(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = checkout.root / "summary.md"
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
        answer(checkout, "format = 1\n[how_many_pairs]\nanswer = '<b>'\n")
        checkout.run("grade")
        text = page.read_text(encoding="utf-8")
        assert "a01_two_sum   NOT_ACCEPTED" in text and "how_many_pairs     not right" in text

    def test_speaks_chinese(self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KATA_LANG", "zh")
        answer(checkout, "format = 1\n[claims]\nanswer = { 2 = 'C', 3 = 'b' }\n[first]\n")
        path = f"{SHEET}:4：没有 'first' 这道题；是不是想写 'first_pair'？"
        assert path.replace("：没", ": 没") in checkout.run("grade", "a01").out
        answer(checkout, "format = 1\n[claims]\nanswer = { 2 = 'C', 3 = 'b' }\n")
        out = checkout.run("grade", "a01").out
        assert "找到 2/4 行；理由不对的行：3" in out and "重新评分" in out

    def test_of_a_kata_does_not_mark_its_topics_questions(self, checkout: Checkout) -> None:
        answer(checkout, "format = 1\n[first]\n")
        assert checkout.run("grade", "two_sum").code == 0

    def test_puts_questions_beside_reports_in_json(self, checkout: Checkout) -> None:
        answer(checkout, model("a01", "ann"))
        data = json.loads(checkout.run("grade", "--format", "json", "a01", "s16").out)
        jsonschema.validate(data, schema.grade_schema(), jsonschema.Draft202012Validator)
        (sheet,) = data["questions"]
        assert (sheet["topic"], sheet["outcome"], sheet["points"]) == (
            "a01_two_sum", "ACCEPTED", 100.0)  # fmt: skip
        assert sheet["items"][0]["notes"][0]["zh"].startswith("从左到右")


class TestTheArticle:
    def test_is_not_enough_for_its_own_topic(self, checkout: Checkout) -> None:
        path = "katas/systems/s03_cache/question/answers.toml"
        answer(checkout, model("s03", "ann", brief=True), path)
        (data,) = json.loads(checkout.run("grade", "--format", "json", "s03").out)["questions"]
        assert data["points"] == 13.89


class TestTheLearner:
    def test_is_who_the_environment_says(self, tmp_path: Path) -> None:
        assert identify({"KATA_LEARNER": " eve "}, tmp_path) == "eve"

    @pytest.mark.parametrize(
        ("answers", "name"),
        [
            ("learner_name: Ann B\nlearner_id: s17\n", "s17"),
            ("learner_name: '李雷'\n", "李雷"),
            ("learner_id: ''\nlearner_name: Ann\n", "Ann"),
        ],
    )
    def test_is_who_answered_copier(self, tmp_path: Path, answers: str, name: str) -> None:
        (tmp_path / ".copier-answers.yml").write_text(answers, encoding="utf-8")
        assert identify({}, tmp_path) == name

    def test_is_remembered_otherwise(self, tmp_path: Path) -> None:
        (tmp_path / ".copier-answers.yml").write_text("learner_name: ''\n", encoding="utf-8")
        first = identify({}, tmp_path)
        assert len(first) == 16 and identify({}, tmp_path) == first == memory.learner(tmp_path)
        other = tmp_path / "other"
        other.mkdir()
        assert identify({}, other) != first

    def test_stays_the_same_where_nothing_can_be_stored(self, tmp_path: Path) -> None:
        (tmp_path / memory.FOLDER).write_text("in the way")
        assert identify({}, tmp_path) == identify({}, tmp_path) != ""
