"""The law on code: what stub, solutions and suites must be, and what each breach is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trees import KATA, SLUG, SOLUTIONS, Tree, finished

TEST = "\n\ndef test_one_two_three():\n    assert {}\n"
# Rule, file, what to replace there (an empty text: append), and what the author reads.
BREACHES = {
    "a function that the stub lacks": (
        ("api-names", "stub", "def count_even", "def count_odd"),
        "number_box.py: defines no function count_even, which [api] names; define it or mend",
    ),
    "a function that [api] lacks": (
        ("api-names", "stub", "def count_even", "def count_odd"),
        "defines count_odd, which [api] does not name; add it there or remove it here",
    ),
    "a method that [api] lacks": (
        ("api-names", "toml", '["put", "take"]', '["put"]'),
        "Box.take is not in [api]; add it there or remove it here",
    ),
    "a method that a solution lacks": (
        ("api-names", "reference", "def take", "def get"),
        f"{SOLUTIONS}/number_box.py:10: Box has no take, which [api] names; define it",
    ),
    "a class that a submission lacks": (
        ("api-names", "wrong", "class Box:", "class Bag:"),
        f"{SOLUTIONS}/wrong_takes_newest.py: defines no class Box, which [api] names; define it",
    ),
    "an exception that a submission lacks": (
        ("api-names", "wrong", "class BoxEmpty(", "class BoxGone("),
        "defines no exception BoxEmpty, which [api] names; define it or mend kata.toml",
    ),
    "an exception of another base": (
        ("api-names", "wrong", "(LookupError)", "(ValueError)"),
        "BoxEmpty does not derive from LookupError, as [api] says; make both the same",
    ),
    "a protocol that a solution lacks": (
        ("api-names", "reference", "def __len__", "def __size__"),
        "Box has no __len__, which protocol 'len' in [api] needs",
    ),
    "another parameter": (
        ("api-signature", "reference", "def put(self, number)", "def put(self, item)"),
        "Box.put(self, item) is Box.put(self, number) in the stub; make both the same",
    ),
    "another default": (
        ("api-signature", "wrong", "limit=100", "limit=10"),
        "Box.__init__(self, limit=10) is Box.__init__(self, limit=100) in the stub; make both",
    ),
    "a constructor that a solution lacks": (
        ("api-signature", "reference", "def __init__(self, limit=100)", "def _init(self)"),
        "Box has no __init__(self, limit=100), as the stub has; define it",
    ),
    "a stub without a docstring": (
        ("stub-contract", "stub", '"""A box that', 'x = """A box that'),
        "number_box.py: has no docstring; say what is to be done here",
    ),
    "a function without a docstring": (
        ("stub-contract", "stub", '    """Return how many of the numbers are even."""\n', ""),
        "count_even has no docstring; state its contract",
    ),
    "a class without a docstring": (
        ("stub-contract", "stub", '    """Numbers, oldest first."""\n', ""),
        "Box has no docstring; say what it is",
    ),
    "an exception without a docstring": (
        ("stub-contract", "stub", '"""Nothing is left to take."""', "pass"),
        "BoxEmpty has no docstring; say when it is raised",
    ),
    "a parameter without a type": (
        ("stub-contract", "stub", "numbers: list[int]) -> int", "numbers)"),
        "count_even has no type for numbers, its result; annotate it",
    ),
    "a stub that gives something away": (
        (
            "stub-untouched",
            "stub",
            "    def __len__(self) -> int:\n",
            "    def __len__(self) -> int:\n        self\n",
        ),
        "Box.__len__ does something; leave `raise NotImplementedError` as its only statement",
    ),
    "a stub that raises something else": (
        ("stub-untouched", "stub", "raise NotImplementedError", "raise ValueError"),
        "count_even does something; leave",
    ),
    "stub_passes without a reason": (
        (
            "stub-passes",
            "suite",
            "@pytest.mark.perf",
            '@pytest.mark.perf\n@pytest.mark.stub_passes("")',
        ),
        "stub_passes on test_many_numbers_come_back_in_order gives no reason; write a sentence",
    ),
    "a submission without a docstring": (
        (
            "submission-docstring",
            "wrong",
            '"""Misconception: the newest number leaves first."""',
            "",
        ),
        "wrong_takes_newest.py: has no docstring; name the misconception in its first line",
    ),
    "a test without an assertion": (
        ("test-asserts", "suite", "assert count_even(numbers) == 0", "count_even(numbers)"),
        f"{KATA}/test_number_box.py:21: test_odd_numbers_count_for_nothing asserts nothing; add",
    ),
    "a test that cannot fail": (
        ("test-asserts", "suite", "assert count_even(numbers) == 0", "assert True"),
        "asserts nothing; add assert, pytest.raises or .fail, or growth",
    ),
    "a test whose helper asserts nothing": (
        (
            "test-asserts",
            "hidden",
            "    assert count_even(numbers) ==",
            "    count_even(numbers) or",
        ),
        "test_random_numbers_are_counted_like_by_hand asserts nothing",
    ),
    "a name that says nothing": (
        ("test-name", "suite", "test_an_empty_box_is_refused", "test_box"),
        "test_box says no behaviour; name it test_ and at least three words",
    ),
    "a name twice": (
        (
            "test-name",
            "suite",
            "test_an_empty_box_is_refused",
            "test_numbers_come_back_oldest_first",
        ),
        f"{KATA}/test_number_box.py:15: test_numbers_come_back_oldest_first is the name of another",
    ),
    "a name in both suites": (
        (
            "test-name",
            "hidden",
            "test_random_numbers_are_counted_like_by_hand",
            "test_an_empty_box_is_refused",
        ),
        f"{SOLUTIONS}/test_hidden_number_box.py:11: test_an_empty_box_is_refused is the name of",
    ),
    "an import from elsewhere": (
        ("suite-imports", "suite", "import pytest", "import numpy\nimport pytest"),
        "imports numpy; a suite has pytest, the standard library, graders.kit and its kata",
    ),
    "an import of the kit's inside": (
        ("suite-imports", "hidden", "from graders.kit import", "from graders.kit.inside import"),
        "imports graders.kit.inside; a suite has pytest",
    ),
    "a refused import": (
        ("suite-imports", "suite", "import pytest", "import time\nimport pytest"),
        "imports time; no test asserts measured seconds: mark it perf or use growth",
    ),
    "an import of the whole kata": (
        ("suite-imports", "suite", "import pytest", "import number_box\nimport pytest"),
        "imports number_box; import names from it instead: `from number_box import …`",
    ),
    "an import inside a test": (
        (
            "suite-imports",
            "suite",
            "    box = Box()",
            "    from number_box import Box\n    box = Box()",
        ),
        "imports number_box inside a function; import its names at the top of the suite",
    ),
    "an import of an undeclared name": (
        ("suite-imports", "suite", "import Box,", "import Bag, Box,"),
        "imports Bag, which [api] does not name; add it there or do without",
    ),
    "a relative import": (
        ("suite-imports", "suite", "from number_box import", "from .number_box import"),
        "a relative import cannot work in a suite; import by full name",
    ),
    "no import of the kata": (
        ("suite-imports", "hidden", "from number_box import", "from graders.kit import"),
        "never imports its kata; begin with `from number_box import …`",
    ),
    "a private attribute": (
        ("suite-border", "suite", "", TEST.format("Box()._numbers == []")),
        "reaches _numbers, which is private; test through [api]",
    ),
    "a private attribute by getattr": (
        ("suite-border", "suite", "", TEST.format('getattr(Box(), "_numbers") == []')),
        "reaches _numbers, which is private; test through [api]",
    ),
    "an attribute that is set": (
        ("suite-border", "suite", "", TEST.format('setattr(Box(), "limit", 1) is None')),
        "sets an attribute; the learner's objects are used through [api] only",
    ),
    "a patch": (
        ("suite-border", "suite", "refused():", "refused(monkeypatch):"),
        "patches; the learner's code runs elsewhere and cannot be patched",
    ),
    "a subclass": (
        ("suite-border", "suite", "", "\n\nclass Mine(Box):\n    pass\n"),
        "derives from Box; a suite cannot subclass the learner's class",
    ),
    "a group of tests": (
        ("suite-border", "suite", "", "\n\nclass TestBox:\n    pass\n"),
        "groups tests in TestBox; write plain functions",
    ),
    "an identity": (
        ("suite-border", "suite", "", TEST.format("Box() is not Box()")),
        "compares by identity, which is lost on the way; use == on plain data",
    ),
    "a skip": (
        ("suite-border", "suite", "    box = Box()", '    pytest.skip("later")\n    box = Box()'),
        "calls pytest.skip; a test that does not run proves nothing",
    ),
    "an async test": (
        ("suite-border", "suite", "def test_an_empty", "async def test_an_empty"),
        "test_an_empty_box_is_refused is async, which no test here can be; write a plain function",
    ),
    "an unknown marker": (
        ("suite-markers", "suite", "@pytest.mark.perf", "@pytest.mark.xfail"),
        "marker 'xfail' means nothing to the judge; remove it from test_many_numbers",
    ),
    "a marker for the whole module": (
        (
            "suite-markers",
            "hidden",
            "\n\ndef compare",
            "\npytestmark = [pytest.mark.slow]\n\ndef compare",
        ),
        "marker 'slow' means nothing to the judge; remove it from test_random_numbers_are_counted",
    ),
    "a stage that is none": (
        ("stages", "suite", "@pytest.mark.perf", "@pytest.mark.perf\n@pytest.mark.stage(2)"),
        "stage of test_many_numbers_come_back_in_order is not in 1..1; give the number of one in",
    ),
}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return finished(tmp_path)


@pytest.mark.parametrize(("breach", "text"), BREACHES.values(), ids=list(BREACHES))
def test_a_breach_is_found(tree: Tree, breach: tuple[str, str, str, str], text: str) -> None:
    rule, name, old, new = breach
    if old:
        tree.edit(name, old, new)
    else:
        tree.append(name, new)
    assert any(text in each for each in tree.said(rule)), tree.findings()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("reference", "class Box:", "class Queue:\n    def take(self): ...\n\n\nclass Box(Queue):"),
        ("reference", "def put(self, number):", "def put(self, number: int) -> None:"),
        ("reference", "def __len__(self)", "def __len__(this)"),
        (
            "suite",
            "    with pytest.raises(BoxEmpty):\n        Box().take()",
            '    pytest.fail("x")',
        ),
        ("suite", "@pytest.mark.perf", '@pytest.mark.stub_passes("it reads only what is there")'),
        ("suite", "import pytest", "import random\nimport pytest"),
        ("suite", "from graders.kit import growth, replay", "from graders import kit as kit"),
        ("suite", "assert len(box) == 1", "assert len(box) == 1\n    assert box.put(1) is None"),
        ("suite", "assert len(box) == 1", "assert type(len(box)).__name__ == 'int'"),
    ],
)
def test_what_does_no_harm_is_passed_over(tree: Tree, name: str, old: str, new: str) -> None:
    tree.edit(name, old, new)
    assert [str(f) for f in tree.findings() if "growth" not in str(f)] == []


class TestARepairKata:
    def test_may_have_code_and_helpers_in_its_stub(self, tree: Tree) -> None:
        tree.edit("toml", '"implement"', '"repair"')
        tree.edit("stub", '"""A box', '"""Faulty code to repair: a box')
        tree.append("stub", "\n\ndef helper():\n    return 1\n")
        assert tree.findings() == []

    def test_says_that_its_stub_is_faulty(self, tree: Tree) -> None:
        tree.edit("toml", '"implement"', '"repair"')
        text = "is faulty on purpose and does not say so; say in its docstring that it needs repair"
        assert tree.said("stub-contract") == [f"{KATA}/{SLUG}.py: {text}"]


MAIN = '''"""Read numbers, print their sum."""


def main() -> None:
    """Read sys.stdin, print one number."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
'''
RUNS = '''"""The samples."""

from graders.kit import assert_output, run_program


def test_one_two_three():
    assert_output(run_program("1 2"), "3")
'''


class TestAProgram:
    @pytest.fixture
    def program(self, tree: Tree) -> Tree:
        text = tree.path("toml").read_text(encoding="utf-8")
        text = text[: text.index("[api]")].replace('"implement"', '"program"')
        tree.write("toml", text)
        for name in ("stub", "reference", "wrong"):
            tree.write(name, MAIN)
        for name in ("suite", "hidden"):
            tree.write(name, RUNS.replace("one", name))
        return tree

    def rules(self, tree: Tree) -> list[str]:
        return [str(each) for each in tree.findings()
                if each.rule in ("program", "stub-untouched", "stub-contract", "api-names",
                                 "test-asserts", "suite-imports")]

    def test_with_a_main_and_suites_that_run_it_is_fine(self, program: Tree) -> None:
        assert self.rules(program) == []

    @pytest.mark.parametrize(("name", "old", "new", "text"), [
        ("stub", "def main", "def start", "has no function main; define it with"),
        ("stub", "main() -> None", "main(argv) -> None", "main(argv) takes arguments"),
        ("stub", "    raise NotImpl", "    print(1)\n    raise NotImpl", "main does something"),
        ("stub", '    """Read sys.stdin, print one number."""\n', "", "main has no docstring"),
        ("stub", "    main()\n", "    pass\n", "runs nothing; end with `if __name__"),
        ("stub", "def main", "def solve(): ...\n\n\ndef main", "defines solve, which [api] does"),
        ("suite", "run_program(", "str(", "never runs the program; import run_program"),
        ("hidden", "    assert_output(", "    print(", "test_hidden_two_three asserts nothing"),
        ("suite", "from graders", "import number_box\nfrom graders", "imports number_box;"),
    ])
    def test_is_held_to_its_form(
        self, program: Tree, name: str, old: str, new: str, text: str
    ) -> None:
        program.edit(name, old, new)
        if "run_program(" in old:
            program.edit(name, ", run_program", "")  # an import that is not used
        found = self.rules(program)
        assert [each for each in found if text in each], found

    def test_is_what_its_words_are_for(self, tree: Tree) -> None:
        more = "import pytest\n\nfrom graders.kit import run_program\n"
        tree.edit("suite", "import pytest\n", more)
        assert 'uses run_program; that is for kind = "program"' in tree.said("program")[0]
