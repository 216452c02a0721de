"""`mutate`: which mutants are made, how they are counted, and what mutants.toml excuses."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from graders import cli
from graders.author import equivalents, mutants
from graders.author.mutants import Mutant, make, sampled
from graders.author.mutate import capped, mutate
from graders.author.mutation import Tried, score, stale_excuses, unjudged
from graders.errors import GraderError
from graders.model import Group, Limits, Report, Status, TestResult, Verdict
from tests import one_topic
from tests.cli.reports import report

ROOT = Path(__file__).parent.parent
TOPIC = "algorithms/a01_two_sum"
KATA = f"katas/{TOPIC}/two_sum"
SOLUTIONS = f"solutions/{TOPIC}/two_sum"


def changes(text: str) -> list[tuple[int, str, str]]:
    return [(each.line, each.before, each.after) for each in make(text)]


class TestMutants:
    def test_change_one_place_and_name_its_line(self) -> None:
        text = "def least(a, b):\n    # the smaller one\n    return a if a < b else b\n"
        assert (3, "return a if a < b else b", "return a if a <= b else b") in changes(text)
        for mutant in make(text):
            assert mutant.source.splitlines()[:2] == text.splitlines()[:2]

    def test_of_several_lines_are_told_on_one(self) -> None:
        text = "def total(a, b):\n    return sum(\n        [a,\n         b], 1)\n"
        assert (4, "b], 1)", "b], 2)") in changes(text)
        assert (3, "[a, b], 1)", "[a, b], None)") in changes(text)

    def test_are_found_behind_letters_and_breaks_of_every_kind(self) -> None:
        told = changes('def f(a):\n    b = """é\x0c\u2028"""; return "日本", a + 1\n')
        assert [after for _, _, after in told if after.endswith("a - 1")]
        assert {line for line, _, _ in told} == {2}

    def test_keep_the_indentation_of_a_match(self) -> None:
        text = ("def word(n):\n    match n:\n        case 1:\n            return 'one'\n"
                "        case _:\n            return 'many'\n")
        (dropped,) = (each for each in make(text) if "many" not in each.source.lower())
        assert dropped.source == text.replace("        case _:\n            return 'many'\n", "")
        assert (dropped.before, dropped.after) == (
            "return 'one' case _: return 'many'", "return 'one'")

    def test_that_are_the_same_program_are_one(self) -> None:
        told = changes("def none(a):\n    return f(a, None) or f(None, a)\n")
        assert len(told) == len(set(told))
        sources = [each.source for each in make("def up(n):\n    n += 1\n    return n\n")]
        assert len(sources) == len(set(sources))

    def test_that_do_not_compile_are_left_out(self) -> None:
        told = changes("for x in data:\n    if x: break\n")  # `return` outside of a function
        assert not any("return" in after for _, _, after in told)

    @pytest.mark.parametrize("text", [
        'def f(a):\n    raise ValueError(f"{a} + 1 is " "too much")\n',
        "def f(a: list[1 + 1]) -> int | None: ...\n",
        "Pair = tuple[int, int] | None\ndef f(a: Pair) -> Pair: ...\n",
        "@dataclass(frozen=True, slots=True)\nclass A: ...\n",
        "import os\nfrom math import pi\n",
    ], ids=["error text", "annotation", "alias", "decorator", "import"])
    def test_leave_alone_what_no_suite_asks_for(self, text: str) -> None:
        assert changes(text) == []

    def test_change_what_an_exception_carries_beside_words(self) -> None:
        assert (2, "raise Cycle(a + b)", "raise Cycle(a - b)") in changes(
            "def f(a, b):\n    raise Cycle(a + b)\n")

    def test_change_a_constant_of_the_module_that_code_reads(self) -> None:
        assert (1, "LIMIT = 8", "LIMIT = 9") in changes("LIMIT = 8\ndef f(a): return a + LIMIT\n")

    def test_sampled_are_always_the_same(self) -> None:
        made = make((ROOT / SOLUTIONS / "two_sum.py").read_text())
        few = sampled(made, 5)
        assert few == sampled(made, 5) and len(few) == 5 and set(few) <= set(made)
        assert [each.line for each in few] == sorted(each.line for each in few)
        assert sampled(made, 10**6) == sampled(made, None) == made


FORMAT = "format = 1\n"
ENTRY = '[[equivalent]]\nbefore = "a < b"\nafter = "a <= b"\nreason = "both are the same then"\n'


class TestMutantsToml:
    def read(self, tmp_path: Path, text: str) -> tuple[equivalents.Equivalent, ...]:
        (tmp_path / "mutants.toml").write_text(text)
        return equivalents.read(tmp_path, tmp_path)

    def test_lists_what_is_equivalent_and_why(self, tmp_path: Path) -> None:
        (found,) = self.read(tmp_path, FORMAT + "\n" + ENTRY)
        assert (found.path, found.line) == ("mutants.toml", 3)
        assert found.change == ("a < b", "a <= b")
        assert found.reason == "both are the same then"

    def test_need_not_be_there(self, tmp_path: Path) -> None:
        assert equivalents.read(tmp_path, tmp_path) == ()

    @pytest.mark.parametrize("text, told", [
        ("format = 1\nequivalents = 2\n",
         "mutants.toml:2: unknown key 'equivalents'; did you mean 'equivalent'?"),
        (FORMAT + ENTRY.replace("reason", "raeson"),
         "mutants.toml:5: unknown key 'raeson' in [equivalent]; did you mean 'reason'?"),
        (ENTRY, "mutants.toml:1: 'format' is missing; add format = (a whole number)"),
        ("format = 0\n", "mutants.toml:1: format 0 is too old for these graders; write the file "
                         "anew in format 1"),
        ("format = 2\n", "mutants.toml:1: format 2 is newer than these graders, which read format "
                         "1; update the graders"),
        (FORMAT + ENTRY.replace("both are the same then", ""),
         "mutants.toml:5: 'reason' is empty; write something or leave the key out"),
        (FORMAT + ENTRY.replace("both are the same then", "equivalent"),
         "mutants.toml:5: 'reason' says too little; write why no call can tell the two apart"),
        (FORMAT + ENTRY.replace("a <= b", "a  < b"),
         "mutants.toml:4: 'after' is the same as 'before'; write what the mutant has in its place"),
        (FORMAT + '[[equivalent]]\nbefore = "a"\nafter = "b"\n',
         "mutants.toml:2: 'reason' is missing in [equivalent]; add reason = (a string)"),
        (FORMAT + "[equivalent]\n", "mutants.toml:2: 'equivalent' must be a list of tables, each "
                                    "begun by [[equivalent]], not a table"),
        ("format = \n", "mutants.toml:1: not valid TOML"),
    ])
    def test_says_what_is_wrong_and_where(self, tmp_path: Path, text: str, told: str) -> None:
        with pytest.raises(GraderError) as caught:
            self.read(tmp_path, text)
        assert str(caught.value).startswith(told)

    def test_that_is_no_text_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "mutants.toml").write_bytes(b"format = 1\n\xff")
        with pytest.raises(GraderError, match=r"mutants\.toml:2: is not UTF-8; save it"):
            equivalents.read(tmp_path, tmp_path)

    def test_takes_the_entry_that_is_printed_for_a_survivor(self, tmp_path: Path) -> None:
        mutant = Mutant(7, 'say("a\\n", \'é\')', 'say("b\\n", \'é\')', "")
        text = equivalents.entry(mutant).replace('reason = ""', 'reason = "one two three"')
        (found,) = self.read(tmp_path, FORMAT + text)
        assert found.change == mutant.change


def row(name: str, status: Status = Status.PASSED, cpu_s: float = 0.001,
        group: Group = Group.CORRECTNESS) -> TestResult:
    return TestResult(name, status, 1, group, False, cpu_s, 0.5, "")


def said(verdict: Verdict, *failed: str) -> Report:
    rows = [row(name, Status.FAILED if name in failed else Status.PASSED)
            for name in ("test_a", "test_b[1]", "test_b[2]")]
    return report(verdict, *rows)


def mutant(number: int) -> Mutant:
    return Mutant(number, f"x = {number}", f"x = {number + 1}", f"# {number}")


def excuse(number: int) -> equivalents.Equivalent:
    return equivalents.Equivalent("mutants.toml", 3, f"x  =  {number}", f"x = {number + 1}", "why")


ALIVE, KILLED = said(Verdict.ACCEPTED), said(Verdict.WRONG_ANSWER, "test_a", "test_b[1]")
LOOPS = report(Verdict.TIME_LIMIT_EXCEEDED, row("test_a", Status.TIME_LIMIT))
ONLY_B = said(Verdict.WRONG_ANSWER, "test_b[1]", "test_b[2]")
BROKEN, FAULT = said(Verdict.COMPILE_ERROR), said(Verdict.JUDGE_ERROR)


class TestScore:
    def of(self, *reports: Report, excuses: tuple[int, ...] = ()):  # type: ignore[no-untyped-def]
        tried = [Tried(mutant(number), each) for number, each in enumerate(reports, 1)]
        listed = tuple(map(excuse, excuses))
        return score("kata", "kata.py", ALIVE, tried, listed)

    def test_is_the_share_that_is_killed(self) -> None:
        found = self.of(*[KILLED] * 9, ALIVE)
        assert (found.mutants, found.killed, found.score, found.findings) == (10, 9, 0.9, ())
        assert found.survivors == (mutant(10),)

    def test_below_the_gate_is_a_finding(self) -> None:
        found = self.of(*[KILLED] * 8, ALIVE)
        (finding,) = found.findings
        assert str(finding) == (
            "kata.py: its suites kill 8 of 9 mutants (88%), and must kill 90%; add a test for the "
            "survivors, or list in mutants.toml, with a reason, those that do the same as the "
            "reference [mutants-killed]")

    def test_leaves_out_what_is_equivalent(self) -> None:
        found = self.of(KILLED, ALIVE, ALIVE, excuses=(2, 3))
        assert (found.score, found.survivors, len(found.equivalent)) == (1.0, (), 2)

    def test_an_entry_excuses_one_survivor(self) -> None:
        tried = [Tried(mutant(1), ALIVE), Tried(replace(mutant(1), line=9), ALIVE)]
        found = score("kata", "kata.py", ALIVE, tried, (excuse(1),))
        assert [each.line for each in found.survivors] == [9]

    def test_counts_a_loop_as_killed_and_leaves_out_what_cannot_be_loaded_or_judged(self) -> None:
        found = self.of(LOOPS, BROKEN, FAULT)
        assert (found.mutants, found.killed, found.survivors) == (1, 1, ())

    def test_of_no_mutants_is_full(self) -> None:
        assert self.of().score == 1.0

    def test_names_for_each_test_what_only_it_kills(self) -> None:
        found = self.of(KILLED, ONLY_B, ALIVE)
        assert [(each.name, each.kills, each.alone) for each in found.tests] == [
            ("test_a", 1, ()), ("test_b", 2, (mutant(2),))]


def test_a_mutant_that_cannot_be_judged_is_a_finding() -> None:
    (found,) = unjudged("kata.py", [Tried(mutant(1), KILLED), Tried(mutant(2), FAULT)])
    assert found.rule == "mutants-judged" and found.line == mutant(2).line
    assert "could not be judged" in found.message


class TestStaleExcuses:
    def told(self, number: int, reports: list[Report], made: int | None = None) -> list[str]:
        tried = [Tried(mutant(place), each) for place, each in enumerate(reports, 1)]
        every = [mutant(place) for place in range(1, 1 + (made or len(reports)))]
        return [str(each) for each in stale_excuses(every, tried, (excuse(number),))]

    def test_one_that_holds_is_none(self) -> None:
        assert self.told(1, [ALIVE]) == []

    def test_no_mutant_makes_the_change(self) -> None:
        assert self.told(7, [ALIVE]) == [
            "mutants.toml:3: no mutant makes this change (any more); take the entry out, or copy "
            "it anew from `mutate --toml` [mutants-stale]"]

    def test_the_suites_kill_it(self) -> None:
        assert self.told(1, [KILLED]) == [
            "mutants.toml:3: the suites kill this mutant, so it is not equivalent; take the entry "
            "out [mutants-stale]"]

    def test_an_entry_too_many_is_told(self) -> None:
        tried = [Tried(mutant(1), ALIVE)]
        assert len(stale_excuses([mutant(1)], tried, (excuse(1), excuse(1)))) == 1

    def test_a_sample_tells_only_what_no_mutant_fits(self) -> None:
        assert self.told(2, [ALIVE], made=2) == []
        assert len(self.told(7, [ALIVE], made=2)) == 1


class TestCaps:
    LIMITS = Limits(0.5, 2.0, tests=MappingProxyType({"test_own": 0.2, "test_fast": 1.5}))

    def limits(self, *rows: TestResult) -> Limits:
        return capped(self.LIMITS, report(Verdict.ACCEPTED, *rows))

    def test_correctness_tests_get_ten_times_the_reference_in_steps(self) -> None:
        found = self.limits(row("test_a", cpu_s=0.001), row("test_b[1]", cpu_s=0.021),
                            row("test_b[2]", cpu_s=0.002))
        assert found.for_test("test_a", Group.CORRECTNESS) == pytest.approx(0.1)
        assert found.for_test("test_b[2]", Group.CORRECTNESS) == pytest.approx(0.3)

    def test_never_more_than_their_own_limit(self) -> None:
        found = self.limits(row("test_a", cpu_s=0.4), row("test_own", cpu_s=0.4))
        assert found.for_test("test_a", Group.CORRECTNESS) == 0.5
        assert found.for_test("test_own", Group.CORRECTNESS) == 0.2

    def test_performance_tests_keep_theirs(self) -> None:
        found = self.limits(row("test_p", group=Group.PERF), row("test_fast", group=Group.PERF))
        assert found.for_test("test_p", Group.PERF) == 2.0
        assert found.for_test("test_fast", Group.PERF) == 1.5


SUITE = '''"""A small suite of two_sum."""

from two_sum import count_pairs, find_pair


def test_finds():
    assert find_pair([3, 3, 2, 2, 4, 9], 6) == (0, 1)
    assert find_pair([5, 2, 3, 4], 6) == (1, 3)
    assert find_pair([2, 2, 3], 5) == (0, 2)
    assert find_pair([5], 10) is None


def test_counts():
    assert count_pairs([2, 2, 2, 2, 2, 9], 4) == 10
    assert count_pairs([0, -7, 0, 7], 0) == 2
'''
SMALL = '''"""A small reference."""


def find_pair(nums, target):
    first = {}
    for j, value in enumerate(nums):
        if target - value in first:
            return first[target - value], j
        first.setdefault(value, j)
    return None


def count_pairs(nums, target):
    passed, pairs = {}, 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
'''


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep verdicts between these tests: what a change does not touch is judged once."""
    patch = pytest.MonkeyPatch()
    patch.setenv("KATA_STORE", str(tmp_path_factory.mktemp("store")))
    yield
    patch.undo()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """two_sum with a small suite, no hidden one and a small reference: 0.05 s a mutant."""
    tmp_path.chmod(0o755)
    one_topic.copy(tmp_path)
    (tmp_path / SOLUTIONS / "test_hidden_two_sum.py").unlink()
    (tmp_path / SOLUTIONS / "two_sum.py").write_text(SMALL)
    (tmp_path / SOLUTIONS / "mutants.toml").unlink(missing_ok=True)
    (tmp_path / KATA / "test_two_sum.py").write_text(SUITE)
    metadata = tmp_path / KATA / "kata.toml"
    text, own = re.subn(r"(?ms)^\[limits\.tests\].*?(?=^\[|\Z)", "", metadata.read_text())
    metadata.write_text(text)  # its tests are gone
    assert own == 1
    return tmp_path


def weaken(tree: Path) -> None:
    """Take the assertions on count_pairs out of the suite."""
    suite = tree / KATA / "test_two_sum.py"
    kept = SUITE[: SUITE.index("\n\ndef test_counts")]
    suite.write_text(kept.replace("count_pairs, ", ""))


class TestMutate:
    def test_a_suite_that_notices_every_change_is_green(self, tree: Path) -> None:
        (found,) = mutate(tree).rows
        assert (found.score, found.survivors, found.findings) == (1.0, (), ())
        assert found.mutants == found.killed >= 20
        assert [each.name for each in found.tests] == ["test_finds", "test_counts"]
        assert all(each.alone and each.kills == len(each.alone) for each in found.tests)

    def test_a_suite_weakened_on_purpose_is_caught(self, tree: Path) -> None:
        weaken(tree)
        found = mutate(tree)
        (kata,) = found.rows
        assert not found.green and kata.score < 0.9
        assert [each.rule for each in kata.findings] == ["mutants-killed"]
        first = SMALL.splitlines().index("def count_pairs(nums, target):")
        assert kata.survivors and all(each.line > first for each in kata.survivors)

    def test_an_equivalent_one_with_a_reason_is_excused(self, tree: Path) -> None:
        reference = tree / SOLUTIONS / "two_sum.py"
        reference.write_text(SMALL.replace("pairs = {}, 0\n", "pairs = {}, 0 + 0\n"))
        (before,) = mutate(tree).rows
        (mutant,) = before.survivors
        assert mutant.after == "passed, pairs = {}, 0 - 0"
        entry = equivalents.entry(mutant).replace('""', '"nothing is nothing, added or taken"')
        (tree / SOLUTIONS / "mutants.toml").write_text(FORMAT + entry)
        (after,) = mutate(tree).rows
        assert (after.survivors, len(after.equivalent), after.findings) == ((), 1, ())
        assert before.score < after.score == 1.0

    def test_a_stale_entry_is_told(self, tree: Path) -> None:
        (tree / SOLUTIONS / "mutants.toml").write_text(FORMAT + ENTRY)
        found = mutate(tree, ["two_sum"])
        assert not found.green
        assert [str(each) for each in found.rows[0].findings] == [
            f"{SOLUTIONS}/mutants.toml:2: no mutant makes this change (any more); take the entry "
            "out, or copy it anew from `mutate --toml` [mutants-stale]"]

    def test_a_mutant_that_loops_for_ever_is_killed(self, tree: Path) -> None:
        loop = "    i = 0\n    while i < len(nums):\n        i += 1\n    pairs = 0\n"
        reference = tree / SOLUTIONS / "two_sum.py"
        reference.write_text(SMALL.replace("    passed, pairs = {}, 0\n",
                                           f"    passed = {{}}\n{loop}"))
        (found,) = mutate(tree).rows
        assert not {"i = 1", "i -= 1"} & {each.after for each in found.survivors if each.line > 15}

    def test_a_reference_that_is_refused_has_no_score(self, tree: Path) -> None:
        (tree / SOLUTIONS / "two_sum.py").write_text(SMALL.replace("pairs += ", "pairs -= "))
        (found,) = mutate(tree).rows
        assert str(found.findings[0]) == (
            f"{SOLUTIONS}/two_sum.py: gets WRONG_ANSWER; mutants say nothing until it is ACCEPTED: "
            "run verify [reference-accepted]")

    def test_without_solutions_it_says_so(self, tree: Path) -> None:
        shutil.rmtree(tree / "solutions")
        with pytest.raises(GraderError, match="solutions: is not here; check out the branch"):
            mutate(tree)

    def test_an_unknown_name_is_told_with_the_nearest(self, tree: Path) -> None:
        with pytest.raises(GraderError, match="did you mean 'two_sum'"):
            mutate(tree, ["two_sums"])


class TestCommand:
    def run(self, tree: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(tree)
            code = cli.run(("mutate", "two_sum", *words))
        return code, capsys.readouterr().out

    def test_ends_in_a_table(self, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, out = self.run(tree, capsys, "--tests")
        assert code == 0 and "two_sum: test_finds: kills " in out
        heads, line = next((first, second) for first, second in zip(
            out.splitlines(), out.splitlines()[1:], strict=False) if first.startswith("kata "))
        assert heads.split()[:6] == ["kata", "mutants", "killed", "equivalent", "survivors",
                                     "score"]
        assert line.split()[0] == "two_sum" and line.split()[5] == "100%"

    def test_names_survivors_and_ends_with_1(self, tree: Path,
                                             capsys: pytest.CaptureFixture[str]) -> None:
        weaken(tree)
        code, out = self.run(tree, capsys)
        place = SMALL.splitlines().index("        pairs += passed.get(target - value, 0)") + 1
        change = "`pairs += passed.get(target - value, 0)` -> `pairs -= "
        assert code == 1
        assert f"{SOLUTIONS}/two_sum.py:{place}: survives: {change}" in out
        assert "[mutants-killed]" in out

    def test_prints_entries_that_lack_only_their_reasons(
            self, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
        weaken(tree)
        _, out = self.run(tree, capsys, "--toml")
        assert '[[equivalent]]\nbefore = "return pairs"' not in out
        assert f'{SOLUTIONS}/two_sum.py:' in out and 'reason = ""\n' in out


def test_the_words_that_people_read_are_flat() -> None:
    assert mutants.flat("  a\n   b ") == "a b"
