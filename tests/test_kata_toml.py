"""kata.toml: what it may say, and what its author reads when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.catalog import load
from graders.errors import GraderError
from graders.model import Group, Kind
from tests.trees import KATA, SLUG, Tree, finished


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return finished(tmp_path)


def refusal(tree: Tree) -> str:
    """Return what `load` says against the sample's kata.toml, from the line number on."""
    with pytest.raises(GraderError) as caught:
        load(tree.root)
    path, _, text = str(caught.value).partition(":")
    assert path == f"{KATA}/kata.toml"
    return text


class TestAFinishedKata:
    def test_is_read_whole(self, tree: Tree) -> None:
        (kata,) = load(tree.root).katas
        assert (kata.slug, kata.topic, kata.topic_folder) == (SLUG, "s03", "s03_cache")
        assert (kata.track, kata.kind, kata.core) == ("systems", Kind.IMPLEMENT, True)
        assert (kata.title.en, kata.title.zh) == ("Number box", "数字盒子")
        assert kata.folder == tree.root.resolve() / KATA
        assert kata.api.names() == ("count_even", "Box", "BoxEmpty")
        assert kata.api.classes[0].methods == ("put", "take")
        assert kata.api.exceptions == (("BoxEmpty", "LookupError"),)
        assert [hint.en for hint in kata.hints][1] == "Which end is the oldest?"

    def test_has_one_stage_of_its_own_title_without_stages(self, tree: Tree) -> None:
        (kata,) = load(tree.root).katas
        assert [(stage.title, stage.points) for stage in kata.stages] == [(kata.title, 100)]

    def test_has_the_stages_it_declares(self, tree: Tree) -> None:
        stage = '[[stages]]\ntitle = {{ en = "{}", zh = "段" }}\npoints = {}\n'
        tree.append("toml", stage.format("First", 60) + stage.format("Second", 40))
        (kata,) = load(tree.root).katas
        found = [(stage.title.en, stage.points) for stage in kata.stages]
        assert found == [("First", 60), ("Second", 40)]

    def test_limits_a_test_by_its_own_number_before_the_group(self, tree: Tree) -> None:
        limits = load(tree.root).katas[0].limits
        assert limits.for_test("test_many_numbers_come_back_in_order", Group.PERF) == 1.4
        assert limits.for_test("test_other[1]", Group.CORRECTNESS) == 0.5

    def test_needs_only_the_keys_without_a_default(self, tree: Tree) -> None:
        tree.write(
            "toml",
            'format = 1\ntitle = { en = "A", zh = "甲" }\nkind = "implement"\ndifficulty = 1\n'
            'minutes = 5\norder = 10\nsource = "S03"\n[hints]\nen = ["a", "b", "c"]\n'
            'zh = ["a", "b", "c"]\n[api]\nfunctions = ["solve"]\n',
        )
        (kata,) = load(tree.root).katas
        assert (kata.core, kata.threads, kata.open_files, kata.network) == (False, 0, 64, False)
        assert (kata.limits.perf_cpu_s, kata.limits.memory_mib) == (1.0, 512)

    def test_may_derive_an_exception_from_one_declared_above(self, tree: Tree) -> None:
        tree.edit("toml", 'BoxEmpty = "LookupError"', 'BoxEmpty = "LookupError"\nGone = "BoxEmpty"')
        assert load(tree.root).katas[0].api.exceptions[1] == ("Gone", "BoxEmpty")


# What to replace in the sample's kata.toml, and the complaint: line, what is wrong, what to do.
WRONG_VALUES = {
    "unknown key": (
        "memory_mib = 512",
        "memroy_mib = 512",
        "38: unknown key 'memroy_mib' in [limits]; did you mean 'memory_mib'?",
    ),
    "unknown key without a neighbour": (
        'zh = "数字盒子" }',
        'zh = "数字盒子", xx = "x" }',
        "2: unknown key 'xx' in [title]; choose one of: en, zh",
    ),
    "missing key": (
        "minutes = 45\n",
        "",
        "1: 'minutes' is missing; add minutes = (a whole number)",
    ),
    "missing language": (
        ', zh = "数字盒子" }',
        " }",
        "2: 'zh' is missing in [title]; add zh = (a string)",
    ),
    "format too old": (
        "format = 1",
        "format = 0",
        "1: format 0 is too old for these graders; write the file anew in format 1",
    ),
    "format too new": (
        "format = 1",
        "format = 2",
        "1: format 2 is newer than these graders, which read format 1; update the graders",
    ),
    "not TOML": (
        "difficulty = 2",
        "difficulty = = 2",
        "4: not valid TOML: Invalid value at column 14; mend this line",
    ),
    "TOML that ends too early": (
        "test_many_numbers_come_back_in_order = 1.4\n",
        '"""',
        "41: not valid TOML: ",
    ),
    "kind": (
        'kind = "implement"',
        'kind = "implment"',
        "3: unknown kind 'implment'; did you mean 'implement'?",
    ),
    "kind like none": (
        'kind = "implement"',
        'kind = "x"',
        "3: unknown kind 'x'; choose one of: implement, repair, program",
    ),
    "text for a number": (
        "difficulty = 2",
        'difficulty = "2"',
        "4: 'difficulty' must be a whole number, not '2'",
    ),
    "truth for a number": (
        "difficulty = 2",
        "difficulty = true",
        "4: 'difficulty' must be a whole number, not true",
    ),
    "number for truth": ("core = true", "core = 1", "7: 'core' must be true or false, not 1"),
    "list for a text": (
        'source = "S03"',
        'source = ["S03"]',
        "10: 'source' must be a string, not a list",
    ),
    "table for a text": (
        'source = "S03"',
        "source = { a = 1 }",
        "10: 'source' must be a string, not a table",
    ),
    "date for a text": (
        'source = "S03"',
        "source = 2026-01-01",
        "10: 'source' must be a string, not a date or time",
    ),
    "empty text": (
        'source = "S03"',
        'source = " "',
        "10: 'source' is empty; write something or leave the key out",
    ),
    "difficulty": (
        "difficulty = 2",
        "difficulty = 6",
        "4: 'difficulty' is 6; it must be from 1",
    ),
    "not a list": (
        'aka = ["example:1"]',
        'aka = "example:1"',
        "8: 'aka' must be a list of strings, not 'example:1'",
    ),
    "list of other things": (
        'aka = ["example:1"]',
        "aka = [1]",
        '8: \'aka\' must be a list of strings, and 1 is not one; write aka = ["…", "…"]',
    ),
    "list that repeats": (
        'aka = ["example:1"]',
        'aka = ["a:1", "a:1"]',
        "8: 'a:1' stands twice in 'aka'; name it once",
    ),
    "aka": (
        'aka = ["example:1"]',
        'aka = ["two sum"]',
        "8: 'two sum' cannot stand in 'aka'; write it as \"leetcode:146\"",
    ),
    "service": (
        "services = []",
        'services = ["reddis"]',
        "11: 'reddis' cannot stand in 'services'; did you mean 'redis'?",
    ),
    "package": (
        "packages = []",
        'packages = ["numpy>=2"]',
        "12: 'numpy>=2' cannot stand in 'packages'; name a distribution without a version",
    ),
    "own prerequisite": (
        "prerequisites = []",
        'prerequisites = ["number_box"]',
        "9: 'number_box' is its own prerequisite; remove it",
    ),
    "hints": (
        '"从一端放入，从另一端取出。"]',
        "]",
        "20: 2 hints in 'zh'; write three, from a nudge to an outline",
    ),
    "name that is none": (
        '"take"]',
        '"take it"]',
        "27: 'take it' is no Python name; write the name as the stub defines it",
    ),
    "keyword": (
        '"take"]',
        '"del"]',
        "27: 'del' is no Python name; write the name as the stub defines it",
    ),
    "special method": (
        '"take"]',
        '"__len__"]',
        "27: '__len__' is a special method; declare it under 'protocols'",
    ),
    "private name": (
        '["count_even"]',
        '["_count"]',
        "23: '_count' is private; a suite may only use public names",
    ),
    "class that is no name": (
        "[api.classes.Box]",
        '[api.classes."a box"]',
        "26: 'a box' is no Python name; write the name as the stub defines it",
    ),
    "name for two things": (
        '["count_even"]',
        '["Box"]',
        "23: 'Box' stands twice in [api]; name it once",
    ),
    "protocol": (
        'protocols = ["len"]',
        'protocols = ["contain"]',
        "29: 'contain' cannot stand in 'protocols'; did you mean 'contains'?",
    ),
    "result type": (
        "iterators = []",
        'result_types = ["decimal"]',
        "24: 'decimal' cannot stand in 'result_types'; did you mean 'Decimal'?",
    ),
    "forbidden name": (
        "iterators = []",
        'forbid = ["list.sort()"]',
        "24: 'list.sort()' cannot stand in 'forbid'; write a name, \".method\" or \"module.name\"",
    ),
    "exception base": (
        '"LookupError"',
        '"LokupError"',
        "32: 'LokupError' is no builtin exception and none declared above 'BoxEmpty'; "
        "did you mean 'LookupError'?",
    ),
    "exception base like none": (
        '"LookupError"',
        '"Q"',
        "32: 'Q' is no builtin exception and none declared above 'BoxEmpty'; "
        "name another or declare it first",
    ),
    "exception that no kata can raise": (
        '"LookupError"',
        '"SystemExit"',
        "32: 'SystemExit' is no builtin exception and none declared above 'BoxEmpty'; ",
    ),
    "exception that hides a builtin": (
        'BoxEmpty = "LookupError"',
        'TimeoutError = "OSError"',
        "32: 'TimeoutError' hides a builtin; choose another name",
    ),
    "limit of nothing": (
        "perf_cpu_s = 1.0",
        "perf_cpu_s = 0",
        "36: 'perf_cpu_s' is 0; it must be above 0 and at most 600 seconds",
    ),
    "limit that is no number": (
        "perf_cpu_s = 1.0",
        'perf_cpu_s = "1"',
        "36: 'perf_cpu_s' must be a number of seconds, not '1'",
    ),
    "memory": (
        "memory_mib = 512",
        "memory_mib = 1",
        "38: 'memory_mib' is 1; it must be from 32",
    ),
    "limit of an unknown test": (
        "test_many_numbers_come_back_in_order = 1.4",
        "test_many_numbers_come_in_order = 1.4",
        "41: no test 'test_many_numbers_come_in_order' in test_number_box.py or "
        "test_hidden_number_box.py; did you mean 'test_many_numbers_come_back_in_order'?",
    ),
    "limit of a test like none": (
        "test_many_numbers_come_back_in_order = 1.4",
        "x = 1.4",
        "41: no test 'x' in test_number_box.py or test_hidden_number_box.py; remove this limit",
    ),
}


class TestAWrongValue:
    @pytest.mark.parametrize(("old", "new", "text"), WRONG_VALUES.values(), ids=list(WRONG_VALUES))
    def test_is_refused_with_line_and_advice(
        self, tree: Tree, old: str, new: str, text: str
    ) -> None:
        tree.edit("toml", old, new)
        assert refusal(tree).startswith(text)

    def test_in_stages_that_add_up_to_less_is_refused(self, tree: Tree) -> None:
        tree.append("toml", '[[stages]]\ntitle = { en = "A", zh = "甲" }\npoints = 60\n')
        assert refusal(tree) == "42: the points of the stages add up to 60; make it 100"

    def test_in_a_later_stage_names_that_stage(self, tree: Tree) -> None:
        stage = '[[stages]]\ntitle = {{ en = "A", zh = "甲" }}\npoints = {}\n'
        tree.append("toml", stage.format(60) + stage.format(0))
        assert refusal(tree) == "47: 'points' is 0; it must be from 1 to 100"

    def test_that_is_no_list_of_tables_is_refused(self, tree: Tree) -> None:
        tree.edit("toml", "[hints]", "stages = [1]\n[hints]")
        assert refusal(tree) == "18: 'stages' must be a list of tables; begin each with [[stages]]"

    def test_of_an_api_without_names_is_refused(self, tree: Tree) -> None:
        text = tree.path("toml").read_text(encoding="utf-8")
        tree.write("toml", text[: text.index("[api]")] + "[api]\n")
        wanted = (
            "22: [api] names nothing, so the suite could call nothing; list functions or classes"
        )
        assert refusal(tree) == wanted

    def test_of_a_program_names_nothing_to_call(self, tree: Tree) -> None:
        text = tree.path("toml").read_text(encoding="utf-8")
        tree.write("toml", text.replace('"implement"', '"program"'))
        assert refusal(tree) == (
            "22: a program is judged by what it prints, so [api] can name only what it "
            "forbids; remove the rest"
        )

    def test_of_a_program_without_api_is_fine(self, tree: Tree) -> None:
        text = tree.path("toml").read_text(encoding="utf-8")
        tree.write("toml", text[: text.index("[api]")].replace('"implement"', '"program"'))
        assert load(tree.root).katas[0].kind is Kind.PROGRAM

    def test_of_a_hidden_tests_limit_is_not_seen_in_a_learners_copy(self, tree: Tree) -> None:
        tree.edit("toml", "test_many_numbers_come_back_in_order", "test_of_the_hidden_suite")
        (tree.root / "solutions").rename(tree.root / "elsewhere")
        assert load(tree.root).katas[0].limits.tests == {"test_of_the_hidden_suite": 1.4}
