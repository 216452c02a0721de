"""Rules about size: what a difficulty allows, warm-ups, stages, how many submissions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graders.author import definitions
from graders.author.finding import Finding
from graders.author.material import Material
from graders.author.suite import tests_in
from graders.catalog import WARM_UP
from graders.catalog_toml import line_of

LEAST_WRONG, MOST_WRONG, MOST_SLOW = 4, 8, 2


@dataclass(frozen=True, slots=True)
class Allowance:
    """The most that a kata of one difficulty may have."""

    minutes: int
    reference_lines: int
    names: int
    visible_tests: int


ALLOWANCES = {
    1: Allowance(minutes=20, reference_lines=20, names=3, visible_tests=8),
    2: Allowance(minutes=45, reference_lines=45, names=4, visible_tests=14),
    3: Allowance(minutes=90, reference_lines=90, names=6, visible_tests=20),
    4: Allowance(minutes=150, reference_lines=160, names=8, visible_tests=28),
    5: Allowance(minutes=300, reference_lines=260, names=10, visible_tests=36),
}


def check(material: Material) -> Iterator[Finding]:
    """Yield where one kata is larger or smaller than it may be."""
    yield from _size(material)
    yield from _stages(material)
    yield from _warm_up(material)
    yield from _submissions(material)


def _metadata(material: Material, key: str, rule: str, message: str) -> Finding:
    path = material.kata.folder / "kata.toml"
    line = line_of(path.read_text(encoding="utf-8"), (key,))
    return Finding(f"{material.here}/kata.toml", line, rule, message)


def _size(material: Material) -> Iterator[Finding]:
    kata = material.kata
    most = ALLOWANCES[kata.difficulty]
    advice = f"more than difficulty {kata.difficulty} allows ({{}}); cut it or raise the difficulty"
    if kata.minutes > most.minutes:
        what = f"{kata.minutes} minutes are {advice.format(most.minutes)}"
        yield _metadata(material, "minutes", "size", what)
    if (names := len(kata.api.names())) > most.names:
        what = f"{names} names are {advice.format(most.names)}"
        yield _metadata(material, "api", "size", what)
    if material.reference:
        lines = definitions.code_lines(material.reference)
        if lines > most.reference_lines:
            what = f"{lines} lines of code are {advice.format(most.reference_lines)}"
            yield material.reference.finding(None, "size", what)
    if material.visible:
        tests = sum(test.cases for test in tests_in(material.visible))
        if tests > most.visible_tests:
            what = f"{tests} visible tests are {advice.format(most.visible_tests)}"
            yield material.visible.finding(None, "size", what)


def _stages(material: Material) -> Iterator[Finding]:
    kata = material.kata
    stages, functions = len(kata.stages), len({*kata.api.functions, *kata.api.iterators})
    why = f"difficulty {kata.difficulty}" if kata.difficulty >= 4 else ""
    if functions >= 3:
        why = f"{functions} functions"
    if why and stages < 2:
        what = f"a kata of {why} has stages; write two to five [[stages]]"
        yield _metadata(material, "stages", "stages", what)
    if stages > 5:
        what = f"{stages} stages are more than five; join some"
        yield _metadata(material, "stages", "stages", what)


def _warm_up(material: Material) -> Iterator[Finding]:
    kata = material.kata
    if kata.order != WARM_UP:
        return
    if kata.difficulty != 1:
        what = f"a warm-up (order {WARM_UP}) has difficulty 1, not {kata.difficulty}; make it one"
        yield _metadata(material, "difficulty", "warm-up", what)
    functions = len({*kata.api.functions, *kata.api.iterators})
    methods = sum(len(each.methods) + len(each.properties) for each in kata.api.classes)
    if functions + len(kata.api.classes) > 1 or methods > 3:
        what = "a warm-up has one function, or one class of at most three methods; ask for less"
        yield _metadata(material, "api", "warm-up", what)


def _submissions(material: Material) -> Iterator[Finding]:
    for module in material.submissions():
        text = definitions.docstring(module)
        if not text.split("\n")[0].strip():
            what = "has no docstring; name the misconception in its first line"
            yield module.finding(None, "submission-docstring", what)
    wrong, slow = (len(list(material.submissions(each))) for each in ("wrong_", "slow_"))
    what = ""
    if wrong > MOST_WRONG:
        what = f"{wrong} wrong_ submissions are more than {MOST_WRONG}; keep those that teach most"
    elif wrong < LEAST_WRONG and not material.is_warm_up:
        what = f"{wrong} wrong_ submissions are fewer than {LEAST_WRONG}; add plausible mistakes"
    if what:
        yield Finding(material.there, 0, "submission-counts", what)
    if slow > MOST_SLOW:
        what = f"{slow} slow_ submissions are more than {MOST_SLOW}; keep the likeliest"
        yield Finding(material.there, 0, "submission-counts", what)
