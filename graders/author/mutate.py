"""`mutate`: how much of a reference the suites of its kata hold in place, in one score per kata.

    reference ── mutants.make ── judged, visible and hidden ── less the equivalent ones ── Row

A mutant is killed when the judge refuses it for any reason but a fault of its own. One that cannot
be loaded says nothing about a suite and is not counted.

Limits: a mutant that loops for ever would cost the limit of each test that it meets. In a
correctness test it is stopped at ten times what the reference used there (at least 0.1 s): the
inputs are small, so that this is a loop and not a slower way. Performance tests keep their limits,
because a mutant that is only slow is killed exactly when a slow submission would be; few mutants
get that far. So the score is that of the suite as learners meet it.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from graders import catalog
from graders.author import equivalents, mutants
from graders.author.equivalents import Equivalent
from graders.author.finding import Finding
from graders.author.mutants import Mutant
from graders.catalog import Catalog, solutions_dir
from graders.errors import GraderError
from graders.judge.judge import Judge
from graders.judge.request import Request, read_submission
from graders.model import Group, Kata, Limits, Report, Status, Submission, Verdict

GATE = 0.9  # of the mutants that are not equivalent
CAP_TIMES = 10.0  # a correctness test may use this many times what the reference used
CAP_FLOOR_S = 0.1  # and at least this: starting a worker on a busy machine is no loop


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
        return {_base(test.name) for test in self.report.tests
                if test.status not in (Status.PASSED, Status.NOT_RUN)}


def mutate(root: Path, words: Sequence[str] = (), *, jobs: int | None = None,
           sample: int | None = None) -> Mutation:
    """Judge the mutants of the katas that `words` name (all without any).

    `sample` takes so many mutants of each kata, always the same ones of the same reference; stale
    excuses are then told only where no mutant fits them. Raises GraderError for an unknown name,
    a tree without solutions, or a mutants.toml that cannot be read.
    """
    held = catalog.load(root)
    if not (held.root / "solutions").is_dir():
        raise GraderError(f"{held.root / 'solutions'}: is not here; check out the branch that "
                          "holds the solutions into this folder")
    katas = _chosen(held, words)
    excuses = [equivalents.read(held.root, solutions_dir(held.root, kata)) for kata in katas]
    # Mutants are programs that nobody has read: never without the whole sandbox.
    with Judge(held.root, jobs=jobs, require_sandbox=True) as judge:
        return Mutation(tuple(_row(judge, kata, excuse, sample)
                              for kata, excuse in zip(katas, excuses, strict=True)))


def _chosen(held: Catalog, words: Sequence[str]) -> list[Kata]:
    if not words:
        return list(held.katas)
    named = {kata.slug for word in words for kata in held.find(word)}
    return [kata for kata in held.katas if kata.slug in named]


def _row(judge: Judge, kata: Kata, excuses: tuple[Equivalent, ...], sample: int | None) -> Row:
    reference = _request(judge.root, kata)
    path = f"{solutions_dir(judge.root, kata).relative_to(judge.root).as_posix()}/{kata.slug}.py"
    report = judge.judge(reference)
    if not report.accepted:
        what = f"gets {report.verdict}; mutants say nothing until it is ACCEPTED: run verify"
        finding = Finding(path, 0, "reference-accepted", what)
        return Row(kata.slug, path, 0, 0, (), (), (), 0.0, (finding,))
    assert reference.submission is not None  # it was accepted
    made = mutants.make(reference.submission.source.decode())
    chosen = sampled(made, sample)
    limited = replace(reference, kata=replace(kata, limits=capped(kata.limits, report)))
    tried = _try(judge, limited, chosen)
    row = score(kata.slug, path, report, tried, excuses)
    stale = stale_excuses(made, tried, excuses)
    broken = [Finding(path, each.mutant.line, "mutants-judged", f"the mutant "
                      f"{shown(each.mutant)} could not be judged: {each.report.message}")
              for each in tried if each.report.verdict is Verdict.JUDGE_ERROR]
    return replace(row, findings=(*row.findings, *stale, *broken))


def _request(root: Path, kata: Kata) -> Request:
    there = solutions_dir(root, kata)
    request = read_submission(kata, there / f"{kata.slug}.py")
    hidden = there / f"test_hidden_{kata.slug}.py"
    return replace(request, hidden=hidden) if hidden.is_file() else request


def sampled(made: list[Mutant], sample: int | None) -> list[Mutant]:
    """Return `sample` of the mutants (all if None), chosen by their contents alone."""
    if sample is None or sample >= len(made):
        return made
    seed = hashlib.sha256("".join(each.source for each in made).encode()).hexdigest()
    kept = set(random.Random(seed).sample(range(len(made)), sample))
    return [mutant for number, mutant in enumerate(made) if number in kept]


def capped(limits: Limits, reference: Report) -> Limits:
    """Return the limits for mutants: those of correctness tests near what the reference used.

    In steps of 0.1 s, so that the same reference gives the same limits, and known verdicts hold.
    """
    own = dict(limits.tests)
    used: dict[str, float] = {}
    for test in reference.tests:
        if test.group is Group.CORRECTNESS:
            name = _base(test.name)
            used[name] = max(test.cpu_s, used.get(name, 0.0))
    for name, cpu_s in used.items():
        steps = max(1, math.ceil(CAP_TIMES * cpu_s / CAP_FLOOR_S))
        own[name] = min(limits.for_test(name, Group.CORRECTNESS), steps * CAP_FLOOR_S)
    return replace(limits, tests=MappingProxyType(own))


def _try(judge: Judge, reference: Request, chosen: list[Mutant]) -> list[Tried]:
    slug = reference.kata.slug
    requests = [replace(reference, submission=Submission(slug, mutant.source.encode()))
                for mutant in chosen]
    reports = dict(judge.judge_many(requests))
    return [Tried(mutant, reports[number]) for number, mutant in enumerate(chosen)]


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
                    f"mutants ({row.score:.0%}), and must kill {GATE:.0%}; add a test for the "
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


def _tests(reference: Report, tried: list[Tried]) -> tuple[TestRow, ...]:
    names = dict.fromkeys(_base(test.name) for test in reference.tests)
    kills = Counter(name for each in tried if each.killed for name in each.failed)
    return tuple(TestRow(name, kills[name], tuple(
        each.mutant for each in tried if each.killed and each.failed == {name})) for name in names)


def _base(name: str) -> str:
    return name.split("[", 1)[0]


def shown(mutant: Mutant) -> str:
    """Return a mutant's change on one line."""
    return f"`{mutant.before}` -> `{mutant.after}`"
