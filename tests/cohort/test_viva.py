"""viva: questions on a learner's own accepted code, whose keys are right."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from graders.cohort import database, markdown, told
from graders.cohort.viva import Viva, vivas
from graders.cohort.viva_value import plain_call, value
from graders.judge.judge import Judge
from tests.cohort.world import HALF_STEPS, RIGHT_STEPS, STEPS, SUM, World, world

LOOP = '"""Sums."""\n\n\ndef total(numbers):\n    result = 0\n    for number in numbers:\n' \
       "        result += number\n    return result\n"
NESTED = f'{LOOP}X = {"[" * 80}{"]" * 80}\n'
GROWTH = '''

import pytest
from graders.kit import growth


@pytest.mark.perf
def test_grows_about_linearly():
    growth(total, lambda size, turn: ([turn % 7] * size,), 3000)
'''


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Viva]:
    folder = tmp_path_factory.mktemp("viva")
    here = world(folder, ("ada", "bob", "cy", "dot", "eve", "fay"))
    suite = here.course / SUM.replace("total_up.py", "test_total_up.py")
    suite.write_text(suite.read_text() + GROWTH)
    here.add("ada", {SUM: LOOP, STEPS: RIGHT_STEPS})
    here.add("bob", {STEPS: HALF_STEPS})
    here.add("cy", {SUM: NESTED})
    for copies in ("dot", "eve", "fay"):
        here.add(copies, {SUM: LOOP, STEPS: RIGHT_STEPS})
    here.collect()
    here.grade(folder / "store")
    return {each.learner: each for each in run(here, folder)}


def run(here: World, folder: Path, *learners: str) -> list[Viva]:
    with database.opened(here.cohort) as connection:
        return vivas(connection, here.opened(), learners, folder / "store",
                     lambda done, total, who: None)


def question(viva: Viva, begin: str) -> tuple[str, str]:
    return next((each.ask, each.key) for each in viva.questions if each.ask.startswith(begin))


def test_three_questions_for_whoever_has_accepted_code(asked: dict[str, Viva]) -> None:
    assert len(asked["ada"].questions) == 3
    assert len({each.ask[:10] for each in asked["ada"].questions}) == 3
    assert asked["bob"].questions == ()  # nothing of bob's is accepted


def test_the_key_to_a_result_is_what_the_code_gives(asked: dict[str, Viva]) -> None:
    ask, key = question(asked["ada"], "What does your code give for this? ")
    names: dict[str, object] = {}
    exec(LOOP if "total(" in ask else RIGHT_STEPS, names)
    call = ask.removeprefix("What does your code give for this? ")
    assert eval(call.strip("`"), names) == eval(key.strip("`"))


def test_inputs_are_each_learners_own(asked: dict[str, Viva]) -> None:
    """Four handed in the same; what they are asked is not, unless chance has it so for all."""
    assert len({asked[each].questions for each in ("ada", "dot", "eve", "fay")}) > 1


def test_the_key_to_a_change_is_a_stated_test_that_fails(asked: dict[str, Viva]) -> None:
    ask, key = question(asked["ada"], "Line ")
    (names,) = [each.choices for each in asked["ada"].questions if each.ask == ask]
    assert set(key.split(", ")) < set(names)
    assert not any("SECRET" in name for name in names)


def test_the_key_to_the_cost_follows_the_measured_exponent(asked: dict[str, Viva]) -> None:
    ask, key = question(asked["ada"], "At size ")
    found = re.search(r"took ([\d.]+) s .* at ([\d,]+), and why", ask)
    kept = re.search(r"about ([\d.]+) s: (\d+) times .*exponent ([\d.]+)", key)
    assert found and kept
    assert float(kept[3]) < 1.6 and abs(int(kept[2]) - 10 ** float(kept[3])) < 1


def test_a_module_that_nests_without_end_is_not_parsed(asked: dict[str, Viva]) -> None:
    assert all(each.ask.startswith("At size") for each in asked["cy"].questions)


def test_markdown_shows_texts_and_nothing_of_them_is_markup(asked: dict[str, Viva]) -> None:
    text = told.vivas([Viva("x", "<b>X</b> # y", ())])
    assert "\\<b\\>X\\</b\\>" in text and text.count("\n# ") == 0
    ada = told.vivas([asked["ada"]])
    assert ada.count("\n   Key: ") == 3
    choices = [choice for each in asked["ada"].questions for choice in each.choices]
    assert choices and all(f"\n   - {choice}\n" in ada for choice in choices)


@pytest.mark.parametrize("text", ["a < b", "x[-1]", "a `b` ``c``", "`a`", "a\\b", "*a* _b_ &lt;"])
def test_code_is_shown_as_it_is(text: str) -> None:
    shown = MarkdownIt().render(markdown.code(text))
    assert html.unescape(shown) == f"<p><code>{text}</code></p>\n"
    assert html.unescape(MarkdownIt().render(markdown.plain(text))) == f"<p>{text}</p>\n"


class TestAValue:
    @pytest.mark.parametrize(("call", "can"), [
        ("total([1, -2])", True),
        ("total(numbers=[1, 2])", True),
        ("total([1, 2", False),  # what a Report cut off
        ("total([1, 2] … 80 characters left out …)", False),
        ("total(<a handle>)", False),
        ("total(total([1]))", False),
        ("cache.get(1)", False),  # of an object that only the suite has
        ("other(1)", False),
    ])
    def test_is_asked_for_calls_of_plain_data(
        self, tmp_path: Path, call: str, can: bool
    ) -> None:
        kata = world(tmp_path, ("ada",)).opened().bases["total_up"].kata
        assert plain_call(kata, call) is can

    def test_is_what_the_code_gives_not_what_a_suite_compares(self, tmp_path: Path) -> None:
        kata = world(tmp_path, ("ada",)).opened().bases["total_up"].kata
        with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path / "store") as judge:
            assert value(judge, kata, LOOP.encode(), "total([1, 2, 4])") == "7"
            nothing = b"def total(numbers):\n    return None\n"
            assert value(judge, kata, nothing, "total([1])") == "None"
            assert value(judge, kata, b"def total(numbers):\n    raise KeyError\n",
                         "total([1])") == ""
