"""`mutate`: how much of a reference the suites of its kata hold in place, in one score per kata.

    reference ── mutants.make ── judged, visible and hidden ── less the equivalent ones ── Row

Limits: a mutant that loops for ever would cost the limit of each test that it meets. In a
correctness test it is stopped at ten times what the reference used there (at least 0.1 s): the
inputs are small, so that this is a loop and not a slower way. Performance tests keep their limits,
because a mutant that is only slow is killed exactly when a slow submission would be; few mutants
get that far. So the score is that of the suite as learners meet it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from graders import catalog
from graders.author import equivalents, mutants
from graders.author.equivalents import Equivalent
from graders.author.finding import Finding
from graders.author.mutants import Mutant
from graders.author.mutation import (
    Mutation,
    Row,
    Tried,
    base,
    score,
    stale_excuses,
    unjudged,
)
from graders.catalog import Catalog, solutions_dir
from graders.errors import GraderError
from graders.judge.judge import Judge
from graders.judge.request import Request, read_submission
from graders.model import Group, Kata, Limits, Report, Submission

CAP_TIMES = 10.0  # a correctness test may use this many times what the reference used
CAP_FLOOR_S = 0.1  # and at least this: starting a worker on a busy machine is no loop


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
    chosen = mutants.sampled(made, sample)
    limited = replace(reference, kata=replace(kata, limits=capped(kata.limits, report)))
    tried = _try(judge, limited, chosen)
    row = score(kata.slug, path, report, tried, excuses)
    stale = stale_excuses(made, tried, excuses)
    return replace(row, findings=(*row.findings, *stale, *unjudged(path, tried)))


def _request(root: Path, kata: Kata) -> Request:
    there = solutions_dir(root, kata)
    request = read_submission(kata, there / f"{kata.slug}.py")
    hidden = there / f"test_hidden_{kata.slug}.py"
    return replace(request, hidden=hidden) if hidden.is_file() else request


def capped(limits: Limits, reference: Report) -> Limits:
    """Return the limits for mutants: those of correctness tests near what the reference used.

    In steps of 0.1 s, so that the same reference gives the same limits, and known verdicts hold.
    """
    own = dict(limits.tests)
    used: dict[str, float] = {}
    for test in reference.tests:
        if test.group is Group.CORRECTNESS:
            name = base(test.name)
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
