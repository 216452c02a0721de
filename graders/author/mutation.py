"""The score of a kata's mutants, and what is wrong with it: pure, from the judge's Reports.

A mutant is killed when the judge refuses it for any reason but a fault of its own. One that cannot
be loaded says nothing about a suite and is not counted.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace

from graders.author.equivalents import Equivalent
from graders.author.finding import Finding
from graders.author.mutants import Mutant
from graders.model import Report, Status, Verdict

GATE = 0.9  # of the mutants that are not equivalent


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test of both suites: how many mutants fail it, and those that nothing else kills."""

    __test__ = False  # pytest: not a test class

    name: str
    kills: int
    alone: tuple[Mutant, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One kata. `mutants` are those that were judged and could be loaded."""

    slug: str
    path: str  # of the reference, relative to the root
    mutants: int
    killed: int
    equivalent: tuple[Equivalent, ...]  # entries that excused a survivor
    survivors: tuple[Mutant, ...]  # the others
    tests: tuple[TestRow, ...]
    cpu_s: float  # of the mutants' own code, in reference seconds
    findings: tuple[Finding, ...]

    @property
    def score(self) -> float:
        """The share of the mutants that are killed, equivalent ones left out; 1 without any."""
        counted = self.mutants - len(self.equivalent)
        return self.killed / counted if counted else 1.0


@dataclass(frozen=True, slots=True)
class Mutation:
    """What `mutate` found, kata by kata."""

    rows: tuple[Row, ...]

    @property
    def green(self) -> bool:
        """Whether every kata is at the gate or above it and every excuse holds."""
        return not any(row.findings for row in self.rows)


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and what the judge said."""

    mutant: Mutant
    report: Report

    @property
    def counts(self) -> bool:
        """Whether it could be loaded and judged."""
        return self.report.verdict not in (Verdict.COMPILE_ERROR, Verdict.JUDGE_ERROR)

    @property
    def killed(self) -> bool:
        """Whether the suites refuse it."""
        return self.counts and not self.report.accepted

    @property
    def failed(self) -> set[str]:
        """The tests that it fails, parameters left out."""
        return {base(test.name) for test in self.report.tests
                if test.status not in (Status.PASSED, Status.NOT_RUN)}


def score(slug: str, path: str, reference: Report, tried: list[Tried],
          excuses: tuple[Equivalent, ...]) -> Row:
    """Return the row of one kata: excuses used up by survivors, then the gate."""
    left = list(excuses)
    used: list[Equivalent] = []
    survivors: list[Mutant] = []
    for each in tried:
        if not each.counts or each.killed:
            continue
        excuse = next((one for one in left if one.change == each.mutant.change), None)
        if excuse is None:
            survivors.append(each.mutant)
        else:
            left.remove(excuse)
            used.append(excuse)
    killed = sum(each.killed for each in tried)
    cpu_s = sum(each.report.cpu_s for each in tried)
    row = Row(slug, path, sum(each.counts for each in tried), killed, tuple(used),
              tuple(survivors), _tests(reference, tried), cpu_s, ())
    return replace(row, findings=tuple(_gate(row)))


def _gate(row: Row) -> list[Finding]:
    if row.score >= GATE:
        return []
    counted = row.mutants - len(row.equivalent)
    return [Finding(row.path, 0, "mutants-killed", f"its suites kill {row.killed} of {counted} "
                    f"mutants ({percent(row.score)}), and must kill {GATE:.0%}; add a test for the "
                    "survivors, or list in mutants.toml, with a reason, those that do the same "
                    "as the reference")]


def stale_excuses(made: list[Mutant], tried: list[Tried],
                  excuses: tuple[Equivalent, ...]) -> list[Finding]:
    """Return a finding for each excuse that excuses nothing (any more)."""
    known = {mutant.change for mutant in made}
    survived = Counter(each.mutant.change for each in tried if each.counts and not each.killed)
    findings = []
    for each in excuses:
        if each.change not in known:
            what = "no mutant makes this change (any more); take the entry out, or copy it anew " \
                   "from `mutate --toml`"
        elif survived[each.change] or len(tried) < len(made):
            survived[each.change] -= 1
            continue
        else:
            what = "the suites kill this mutant, so it is not equivalent; take the entry out"
        findings.append(Finding(each.path, each.line, "mutants-stale", what))
    return findings


def unjudged(path: str, tried: list[Tried]) -> list[Finding]:
    """Return a finding for each mutant that the judge could not judge."""
    return [Finding(path, each.mutant.line, "mutants-judged", f"the mutant {shown(each.mutant)} "
                    f"could not be judged: {each.report.message}")
            for each in tried if each.report.verdict is Verdict.JUDGE_ERROR]


def _tests(reference: Report, tried: list[Tried]) -> tuple[TestRow, ...]:
    names = dict.fromkeys(base(test.name) for test in reference.tests)
    kills = Counter(name for each in tried if each.killed for name in each.failed)
    return tuple(TestRow(name, kills[name], tuple(
        each.mutant for each in tried if each.killed and each.failed == {name})) for name in names)


def base(name: str) -> str:
    """Return the name of a test without its parameters."""
    return name.split("[", 1)[0]


def percent(score: float) -> str:
    """Return a score in percent, never rounded up to the gate."""
    return f"{math.floor(100 * score)}%"


def shown(mutant: Mutant) -> str:
    """Return a mutant's change on one line."""
    return f"`{mutant.before}` -> `{mutant.after}`"
