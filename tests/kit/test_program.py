"""Programs: what is compared, how a difference is told, and what a run is in plain pytest."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders import words
from graders.kit import assert_output, output, run_program
from graders.kit.program import INPUT_CAP, Run, _module


def told(got: str, expected: str) -> str:
    with pytest.raises(output.WrongOutput) as caught:
        assert_output(Run(got), expected)
    return caught.value.why


@pytest.mark.parametrize("got", [
    "1 2\n3\n", "1 2\n3", "1  2 \n3\n\n", "1 2\r\n3\r\n", "\t1\t2\n3   \n  \n",
])
def test_spaces_and_empty_lines_at_the_end_do_not_matter(got: str) -> None:
    assert_output(Run(got), "1 2\n3\n")


@pytest.mark.parametrize(("got", "expected", "why"), [
    ("", "1\n2\n", "nothing was printed; 2 lines expected"),
    ("\n\n", "1\n", "nothing was printed; 1 line expected"),
    ("12", "1\n2\n", "line 1: missing newline between cases; the answers run together"),
    ("1 2", "1\n2\n", "line 1: missing newline between cases; several answers stand on one line"),
    ("1\n2", "1 2\n", "line 1: a line break within an answer; it belongs on one line"),
    ("1\n\n2", "1\n2\n", "line 2: is empty; print nothing but the answers"),
    ("1\n2\n3", "1\n2\n", "line 3: extra output after the last answer"),
    ("1\n", "1\n2\n", "the output ends before line 2"),
    ("1\n2 3 4 5", "1\n2 3 4 5 6\n", "line 2: 4 tokens, 5 expected"),
    ("3", "1 2\n", "line 1: 1 token, 2 expected"),
    ("1\n2", "1\n\n2\n", "line 2: an empty line expected"),
    ("\n4", "3\n4\n", "line 1: is empty; print nothing but the answers"),
    ("3\n4", "\n4\n", "line 1: an empty line expected"),
    ("7", "none", "line 1: a number where a word was expected"),
    ("yes 7", "1 7", "line 1, token 1: a word where a number was expected"),
    ("Case 7", "Case 8", "line 1, token 2: another number"),
    ("7.0", "7", "line 1: the right number in another form"),
    ("1e5", "100000", "line 1: the right number in another form"),
    ("9" * 5000, "8" * 5000, "line 1: another number"),
    ("YES", "Yes", "line 1: the right word in other letters (large and small ones count)"),
    ("left", "right", "line 1: another word"),
])
def test_the_first_difference_has_a_name(got: str, expected: str, why: str) -> None:
    assert told(got, expected) == why


@pytest.mark.parametrize(("got", "expected", "why"), [
    ("7", "none", "第 1 行：应为单词，却是数字"),
    ("1 7", "1 8", "第 1 行第 2 项：数字不同"),
    ("1 2", "1\n2", "第 1 行：用例之间缺少换行；好几个答案写在了同一行"),
])
def test_it_is_told_in_chinese_too(got: str, expected: str, why: str) -> None:
    words.use("zh")
    try:
        assert words.tell(told(got, expected)) == why
    finally:
        words.use("en")


def test_a_long_line_is_shown_where_it_differs() -> None:
    numbers = [str(each) for each in range(10_000)]
    wrong = [*numbers[:5000], "x", *numbers[5001:]]
    with pytest.raises(output.WrongOutput) as caught:
        assert_output(Run(" ".join(wrong)), " ".join(numbers))
    assert "4999 x 5001" in caught.value.got
    assert "4999 5000 5001" in caught.value.expected
    assert len(caught.value.got) < 200


def test_an_empty_line_is_shown_by_a_word() -> None:
    with pytest.raises(output.WrongOutput) as caught:
        assert_output(Run("1\n2"), "1\n\n2")
    assert (caught.value.expected, caught.value.got) == ("(an empty line)", "2")


def test_many_lines_are_compared_in_little_time() -> None:
    text = "1\n" * 400_000
    assert told(text + "2", text) == "line 400001: extra output after the last answer"


def test_an_input_is_shown_by_its_first_lines() -> None:
    assert output.shortened(b"2\n1 2\n") == "2\n1 2"
    assert output.shortened(b"1\n" * 1000).splitlines() == ["1"] * 16 + ["…"]
    assert len(output.shortened(b"7" * 100_000)) < 300
    assert output.shortened(b"\xff\n") == "\\xff"


def write(folder: Path, program: str, suite: str = "") -> None:
    (folder / "add_up.py").write_text(program, encoding="utf-8")
    text = f"from graders.kit import *\n\n\n{suite}\n"
    (folder / "test_add_up.py").write_text(text, encoding="utf-8")


ADD = "import sys\nprint(sum(map(int, sys.stdin.read().split())))\n"


def run_suite(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    write(pytester.path, ADD if "PROGRAM" not in body else body.split("PROGRAM")[1],
          f"def test_it_all_adds_up():\n    {body.split('PROGRAM')[0].strip()}\n")
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "--rootdir", pytester.path)


pytest_plugins = ["pytester"]


class TestInPlainPytest:
    @pytest.fixture(autouse=True)
    def _importable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONPATH", str(Path(output.__file__).parents[2]))

    def test_the_module_beside_the_suite_runs_as_a_program(
        self, pytester: pytest.Pytester
    ) -> None:
        run_suite(pytester, "assert_output(run_program('1 2\\n3'), '6')").assert_outcomes(passed=1)

    def test_a_failure_shows_both_lines_and_why(self, pytester: pytest.Pytester) -> None:
        done = run_suite(pytester, "assert_output(run_program('1 2'), 'three')")
        done.assert_outcomes(failed=1)
        done.stdout.fnmatch_lines(["*a number where a word was expected", "*expected: three",
                                   "*got:      3"])

    def test_an_exception_of_the_program_is_shown_with_its_input(
        self, pytester: pytest.Pytester
    ) -> None:
        done = run_suite(pytester, "run_program('1 x')")
        done.stdout.fnmatch_lines(["add_up.py ended with 1", "*ValueError*", "input:", "1 x"])

    def test_an_exit_code_may_be_expected(self, pytester: pytest.Pytester) -> None:
        done = run_suite(pytester, "assert run_program('', exit_codes=(0, 3)).exit_code == 3"
                                   "PROGRAM\nraise SystemExit(3)\n")
        done.assert_outcomes(passed=1)

    def test_nothing_is_left_for_the_next_run(self, pytester: pytest.Pytester) -> None:
        done = run_suite(pytester, "assert run_program('').text == run_program('').text"
                                   "PROGRAM\nimport os\nprint(os.listdir('.'))\n"
                                   "open('left', 'w').close()\n")
        done.assert_outcomes(passed=1)


class TestAMistakeOfTheSuite:
    def test_is_an_input_of_another_type(self) -> None:
        with pytest.raises(TypeError, match="run_program: stdin is a list; it is str or bytes"):
            run_program([1, 2])  # type: ignore[arg-type]

    def test_is_an_input_too_large(self) -> None:
        with pytest.raises(ValueError, match=r"run_program: 8,388,609 bytes of input; at most"):
            run_program(b"1" * (INPUT_CAP + 1))

    def test_is_a_text_where_a_run_was_asked_for(self) -> None:
        with pytest.raises(TypeError, match="assert_output: needs what run_program returned"):
            assert_output("3", "3")  # type: ignore[arg-type]

    def test_shows_in_which_module_is_looked_for(self) -> None:
        assert _module() == Path(__file__).with_name("program.py")
