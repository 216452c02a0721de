"""What crosses between client, engine and judge child: one job and what was seen of it.

Frozen and plain, so that a job can be sent to another machine and its narration stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graders.model import Failure, Group, GrowthRow, Kata, Protection, Status
from graders.services.lanes import Lane

# An end of a test by which its worker may be left in any state.
ABNORMAL = (Status.TIME_LIMIT, Status.CRASHED, Status.MEMORY_LIMIT, Status.OUTPUT_LIMIT)
NOT_LOADED = ("error",)  # the phases of a test whose module could not be loaded


@dataclass(frozen=True, slots=True)
class Exit:
    """How the worker of one test ended, as the kernel tells it."""

    cpu_s: float
    peak_mib: float
    signal: int = 0
    code: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test as the judge child saw it, before the verdict: narration, facts, clocks."""

    name: str
    stage: int
    group: Group
    hidden: bool
    phases: tuple[str, ...]  # outcome of each pytest phase that was reported
    fact: Status | None  # sticky: decides whatever the suite caught
    fact_text: str
    learner_raised: str  # name of the learner's exception that left the test, or ""
    untouched: bool  # the stub's own NotImplementedError was met
    judge_fault: str  # set-up or grader code failed: text, or ""
    failure: Failure
    output: str
    cpu_s: float
    limit_s: float
    wall_s: float
    peak_mib: float
    runs: int = 1


@dataclass(frozen=True, slots=True)
class Job:
    """One run of one suite over one submission; all that an engine needs."""

    id: str
    kata: Kata
    suite: Path
    hidden: bool
    source: bytes
    seed: bytes
    alone: bool = False  # requeued from a loaded machine: nothing else runs beside it
    last: bool = True  # of the tries alone: its verdict stands
    layers_off: tuple[str, ...] = ()  # tests of the judge switch layers off
    lane: Lane = field(default_factory=Lane)  # where services come from
    packages: tuple[str, ...] = ()  # tests of suites: what else the submission may import
    factor: float = 0.0  # the machine's as the engine knows it now, where a template is told
    processor: int = -1  # what both sides keep to; see processors.py
    failed_stages: tuple[int, ...] = ()  # of which the visible suite's correctness tests failed
    abnormal: int = 0  # tests of the visible suite that ended so: counts for performance tests
    stopped: str = ""  # why no test of the hidden suite is run, where the visible one has told
    judge_cpu_s: float = 20.0  # for comparing and printing one test's results


@dataclass(frozen=True, slots=True)
class Narration:
    """What an engine brings back from one Job; a judge fault leaves `fault` not empty."""

    id: str
    expected: tuple[tuple[str, int, Group], ...] = ()  # (name, stage, group), trusted
    outcomes: tuple[Outcome, ...] = ()
    growth: tuple[GrowthRow, ...] = ()
    protections: tuple[Protection, ...] = ()
    compile_error: str = ""
    fault: str = ""
    busy: bool = False  # the machine was too loaded to say: judge again, alone
    factor: float = 0.0  # the machine's, where this job found it faster than was known
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_mib: float = 0.0
    judge_cpu_s: float = 0.0
