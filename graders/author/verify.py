"""`verify`: the law of the tree and of every suite, ending in one table.

Reads what can be read (law.py), judges every kept submission (proof.py) in the warm engine and
the references again in the portable one; with `full`, the mutants of each reference as well
(mutate.py). Solutions come from the working tree or from a branch.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graders import catalog
from graders.author import independent, law, proof, recompute
from graders.author.finding import Finding
from graders.author.material import gather
from graders.author.mutate import mutate
from graders.author.proof import Judged, Role, Trial
from graders.author.publish import extract, manifest_for
from graders.catalog import Catalog
from graders.errors import GraderError
from graders.judge.judge import Judge, proving_lanes
from graders.judge.request import takes_turns
from graders.model import Group, Kata
from graders.question.place import places
from graders.scratch import scratch
from graders.stubs import document, known_stubs

_CALM_RUNS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One kata in the table of `verify`."""

    slug: str
    visible: int
    hidden: int
    wrong: int
    slow: int
    hungry: int
    reference_share: float  # the largest part of a performance limit that the reference uses
    gap: float  # the smallest multiple of a limit at which a slow_ was stopped; 0: no slow_
    nearest: float  # the largest part of a limit that any submission must stay under
    cpu_s: float
    findings: tuple[Finding, ...]
    mutants: float | None = None  # the share of its mutants that are killed; None: not judged
    lanes: tuple[str, ...] = ("embedded",)  # where it was judged


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found. `findings` are those of the tree that belong to no kata."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    engines: tuple[str, ...]

    @property
    def green(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings and not any(row.findings for row in self.rows)

    @property
    def lanes(self) -> dict[str, tuple[str, ...]]:
        """Which katas were judged in each lane."""
        names = dict.fromkeys(["embedded", *(lane for row in self.rows for lane in row.lanes)])
        return {name: tuple(row.slug for row in self.rows if name in row.lanes) for name in names}


def verify(root: Path, words: Sequence[str] = (), *,  # noqa: PLR0913 - a command's options
           full: bool = False, ref: str = "", jobs: int | None = None,
           lane: str = "embedded", every_lane: bool = False) -> Verification:
    """Prove the katas that `words` name (all without any).

    What needs services is judged in the `lane` as well, with `full` in every real lane where its
    servers answer; with `every_lane` there too, but the references alone, which is cheap. `ref`
    reads the solutions from that branch. Raises GraderError for an unknown name, a tree without
    solutions, or a metadata file that cannot be read.
    """
    if sys.platform != "linux":
        raise GraderError("verify: proves suites in the full sandbox, which only Linux has; run "
                          "it there")
    with _tree(root, ref) as where:
        held = catalog.load(where)
        katas = _chosen(held, words)
        if not (where / "solutions").is_dir():
            raise GraderError(f"{root / 'solutions'}: is not here; name the branch that holds the "
                              "solutions: verify --ref reference-solutions")
        findings = law.check(held, katas)
        for place in places(where, katas):
            of_topic = [kata for kata in held.katas if kata.topic == place.topic]
            findings += recompute.check(place, of_topic)
        if len(katas) == len(held.katas):
            findings += _manifest(where)
        if full:
            findings += [each for kata in katas for each in independent.check(where, kata)]
        real = _real_lanes(katas, "every" if full or every_lane else lane)
        roles = {Role.REFERENCE} if every_lane and not full else {Role.REFERENCE, Role.WRONG}
        judged = [*_judge(where, katas, full, jobs), *_judge_real(where, real, roles, jobs)]
        rows = tuple(_row(where, kata, judged, findings, full) for kata in katas)
        if full and katas:
            rows = _with_mutants(where, rows, jobs)
        told = {finding for row in rows for finding in row.findings}
        rest = tuple(finding for finding in findings if finding not in told)
        return Verification(rows, rest, ("fork", "subprocess"))


def _chosen(held: Catalog, words: Sequence[str]) -> list[Kata]:
    if not words:
        return list(held.katas)
    named = {kata.slug for word in words for kata in held.find(word)}
    return [kata for kata in held.katas if kata.slug in named]


@contextmanager
def _tree(root: Path, ref: str) -> Iterator[Path]:
    """Yield the root, or a copy of its katas beside the solutions of a branch."""
    if not ref:
        yield root
        return
    with scratch(0o755) as folder:
        where = Path(folder)
        shutil.copytree(root / "katas", where / "katas", symlinks=True,
                        ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
        extract(root, ref, where)
        yield where


def _manifest(root: Path) -> list[Finding]:
    if manifest_for(root) == document(known_stubs(root / "katas")):
        return []
    return [Finding("katas/manifest.json", 0, "stub-listed", "does not list every stub as it is; "
                    "run: python3 noxfile.py -s publish -- --manifest")]


def _judge(root: Path, katas: list[Kata], full: bool, jobs: int | None) -> list[Judged]:
    """Judge everything in the warm engine, the references in the portable one as well."""
    every = [trial for kata in katas for trial in proof.trials(root, kata, full)]
    present = [trial for trial in every if not trial.request.compile_error.endswith("anew")]
    references = [trial for trial in present if trial.role is Role.REFERENCE]
    return [*_run(root, present, "fork", jobs), *_run(root, references, "subprocess", jobs)]


def _real_lanes(katas: list[Kata], lane: str) -> dict[str, list[Kata]]:
    """Return which katas to judge in which real lane.

    In a lane that is named all that need services, whether its servers answer or not; in "every"
    lane those whose servers answer.
    """
    needy = [kata for kata in katas if kata.services]
    if lane != "every":
        return {} if lane == "embedded" else {lane: needy}
    found: dict[str, list[Kata]] = {}
    for kata in needy:
        for each in proving_lanes(kata):
            found.setdefault(each, []).append(kata)
    return dict(sorted(found.items()))


def _judge_real(root: Path, real: dict[str, list[Kata]], roles: set[Role],
                jobs: int | None) -> list[Judged]:
    """Judge the submissions of these roles in real lanes."""
    return [each for lane, katas in real.items() for each in _run(
        root, [trial for kata in katas for trial in proof.trials(root, kata, False)
               if trial.role in roles], "fork", jobs, lane)]


def _run(root: Path, trials: list[Trial], engine: str, jobs: int | None,
         lane: str = "embedded") -> list[Judged]:
    if not trials:
        return []
    with Judge(root, jobs=jobs or _jobs(trials), engine=engine, require_sandbox=engine == "fork",
               lane=lane) as judge:
        reports = dict(judge.judge_many([trial.request for trial in trials]))
        judged = [Judged(trial, reports[index]) for index, trial in enumerate(trials)]
    if engine == "fork" and lane == "embedded":
        judged = [_calmly(root, each) if proof.is_doubtful(each) else each for each in judged]
    return judged


def _jobs(trials: list[Trial]) -> int:
    """Return how many to judge at once: twice as many as cores where half of them wait.

    Submissions with threads, processes, network or services sleep and block, wrong ones above all:
    on two cores those of S05 to S07 kept 48 % busy with two jobs, 63 % with four.
    """
    cores = os.cpu_count() or 1
    return cores if all(takes_turns(each.request.kata) for each in trials) else 2 * cores


def _calmly(root: Path, each: Judged) -> Judged:
    """Judge again, alone, what may only seem too slow or not slow enough.

    Each engine measures the machine's speed anew when it starts.
    """
    for _ in range(_CALM_RUNS):
        with Judge(root, jobs=1, require_sandbox=True, use_cache=False) as judge:
            each = proof.calmer(each, Judged(each.trial, judge.judge(each.trial.request)))
        if not proof.is_doubtful(each):
            break
    return each


def _with_mutants(root: Path, rows: tuple[Row, ...], jobs: int | None) -> tuple[Row, ...]:
    """Hold each kata to the gate of `mutate` as well."""
    held = {each.slug: each for each in mutate(root, [row.slug for row in rows], jobs=jobs).rows}
    return tuple(replace(
        row, mutants=held[row.slug].score,
        findings=tuple(sorted({*row.findings, *held[row.slug].findings}))) for row in rows)


def _row(root: Path, kata: Kata, judged: list[Judged], findings: list[Finding],
         full: bool) -> Row:
    material, _ = gather(root, kata)
    own = [each for each in judged if each.trial.kata == kata]
    real = [each for each in own if each.report.lane != "embedded"]
    warm = [each for each in own if each.report.engine == "fork" and each not in real]
    portable = [each for each in own if each.report.engine != "fork"]
    here, there = f"{material.here}/", f"{material.there}/"
    mine = [finding for finding in findings if f"{finding.path}/".startswith((here, there))]
    mine += proof.check(material, warm, full)
    mine += [replace(finding, message=f"in the subprocess engine: {finding.message}")
             for each in portable for finding in proof.accepted(each)]
    mine += [replace(finding, message=f"in the lane {each.report.lane}: {finding.message}")
             for each in real for finding in (
                 proof.accepted(each) if each.trial.role is Role.REFERENCE
                 else proof.rejected(each))]
    reference = next((each.report for each in warm if each.trial.role is Role.REFERENCE), None)
    tests = reference.tests if reference else ()
    fast = [test for test in tests if test.group is Group.PERF and test.limit_s]
    gaps = [proof.gap(each) for each in warm if each.trial.role is Role.SLOW]
    count = {role: sum(each.trial.role is role for each in warm) for role in Role}
    return Row(
        kata.slug, sum(not test.hidden for test in tests), sum(test.hidden for test in tests),
        count[Role.WRONG] + count[Role.HANG], count[Role.SLOW], count[Role.HUNGRY],
        max((test.cpu_s / test.limit_s for test in fast), default=0.0), min(gaps, default=0.0),
        max((proof.nearest(each)[0] for each in warm), default=0.0),
        sum(each.report.cpu_s for each in warm), tuple(sorted(set(mine))),
        lanes=tuple(dict.fromkeys(["embedded", *(each.report.lane for each in real)])))
