"""The frozen types that every part of the graders speaks in.

Owns no behaviour beyond small derived facts; reads no file, runs no code.
Units are in the names: `_s` seconds (reference seconds for limits, see docs/judge.md),
`_mib` mebibytes, `_kib` kibibytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

FORMAT = 1


class Status(StrEnum):
    """What became of one test."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    RUNTIME_ERROR = "RUNTIME_ERROR"
    TIME_LIMIT = "TIME_LIMIT"
    MEMORY_LIMIT = "MEMORY_LIMIT"
    OUTPUT_LIMIT = "OUTPUT_LIMIT"
    CRASHED = "CRASHED"
    NOT_STARTED = "NOT_STARTED"
    NOT_RUN = "NOT_RUN"
    JUDGE_ERROR = "JUDGE_ERROR"


class Verdict(StrEnum):
    """What became of a submission."""

    ACCEPTED = "ACCEPTED"
    WRONG_ANSWER = "WRONG_ANSWER"
    RUNTIME_ERROR = "RUNTIME_ERROR"
    TIME_LIMIT_EXCEEDED = "TIME_LIMIT_EXCEEDED"
    MEMORY_LIMIT_EXCEEDED = "MEMORY_LIMIT_EXCEEDED"
    OUTPUT_LIMIT_EXCEEDED = "OUTPUT_LIMIT_EXCEEDED"
    COMPILE_ERROR = "COMPILE_ERROR"
    NOT_STARTED = "NOT_STARTED"
    JUDGE_ERROR = "JUDGE_ERROR"


class Group(StrEnum):
    """Correctness tests come first; performance tests run only when their stage is right."""

    CORRECTNESS = "correctness"
    PERF = "perf"


class Scope(StrEnum):
    """Which suites stand behind a Report."""

    VISIBLE = "visible"
    FULL = "full"


class Kind(StrEnum):
    """How a kata is solved."""

    IMPLEMENT = "implement"
    REPAIR = "repair"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    en: str
    zh: str

    def get(self, language: str) -> str:
        """Return the words in `language` ("en" or "zh"); English for any other."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one kata, in reference seconds and mebibytes."""

    test_cpu_s: float = 0.5
    perf_cpu_s: float = 1.0
    load_cpu_s: float = 1.0
    memory_mib: int = 512
    tests: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def for_test(self, name: str, group: Group) -> float:
        """Return the CPU limit of one test in reference seconds; parameters in [] are ignored."""
        own = self.tests.get(name.split("[", 1)[0].rsplit("::", 1)[-1])
        if own is not None:
            return own
        return self.perf_cpu_s if group is Group.PERF else self.test_cpu_s

    def times(self, perf: float, test: float = 1.0, load: float = 1.0) -> Limits:
        """Return limits of so many times the CPU; those of single tests count as perf's."""
        own = {name: limit * perf for name, limit in self.tests.items()}
        return replace(self, test_cpu_s=self.test_cpu_s * test,
                       perf_cpu_s=self.perf_cpu_s * perf, load_cpu_s=self.load_cpu_s * load,
                       tests=MappingProxyType(own))


@dataclass(frozen=True, slots=True)
class ApiClass:
    """A class the learner declares: what of it the suite may use."""

    name: str
    methods: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    protocols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Api:
    """Everything of the learner's module that a suite can reach."""

    functions: tuple[str, ...] = ()
    iterators: tuple[str, ...] = ()
    result_types: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    classes: tuple[ApiClass, ...] = ()
    exceptions: tuple[tuple[str, str], ...] = ()  # (name, base)

    def names(self) -> tuple[str, ...]:
        """Return every name that the learner's module must define."""
        return (
            *self.functions,
            *(name for name in self.iterators if name not in self.functions),
            *(each.name for each in self.classes),
            *(name for name, _ in self.exceptions),
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a kata that is worth having alone."""

    title: Text
    points: int


@dataclass(frozen=True, slots=True)
class Kata:
    """One exercise: kata.toml and where it stands. `folder` is absolute."""

    slug: str
    topic: str  # "s03"
    topic_folder: str  # "s03_cache"
    track: str  # "systems" or "algorithms"
    folder: Path
    title: Text
    kind: Kind
    difficulty: int
    minutes: int
    order: int
    core: bool
    aka: tuple[str, ...]
    prerequisites: tuple[str, ...]
    source: str
    services: tuple[str, ...]
    packages: tuple[str, ...]
    network: bool
    processes: int
    threads: int
    open_files: int
    hints: tuple[Text, ...]
    stages: tuple[Stage, ...]
    api: Api
    limits: Limits

    @property
    def stub(self) -> Path:
        """The module the learner fills in."""
        return self.folder / f"{self.slug}.py"

    @property
    def suite(self) -> Path:
        """The visible tests."""
        return self.folder / f"test_{self.slug}.py"


@dataclass(frozen=True, slots=True)
class Submission:
    """One learner's module as bytes; what it is called never matters to the judge."""

    slug: str
    source: bytes
    label: str = ""  # shown in tables: a path, a learner's id


@dataclass(frozen=True, slots=True)
class Learner:
    """One row of a roster, checked. `repo` is a path or a git URL, or empty.

    `account` is their name on the forge; empty: the same as the id.
    """

    id: str
    name: str
    email: str
    repo: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Protection:
    """One layer of the sandbox, on or off, and why it is off."""

    name: str
    on: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One measured growth curve."""

    name: str
    sizes: tuple[int, ...]
    cpu_s: tuple[float, ...]
    exponent: float
    label: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing that went wrong in a test, in the learner's terms.

    Empty strings mean that the part does not apply.
    """

    call: str = ""
    expected: str = ""
    got: str = ""
    message: str = ""
    where: str = ""  # "two_sum.py:12 in find_pair"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One row of a Report."""

    __test__ = False  # pytest: not a test class

    name: str
    status: Status
    stage: int
    group: Group
    hidden: bool
    cpu_s: float
    limit_s: float
    message: str
    failure: Failure = Failure()
    output: str = ""


@dataclass(frozen=True, slots=True)
class StageResult:
    """One stage's share: points earned of points possible."""

    title: Text
    points: int
    earned: float
    passed: int
    tests: int
    started: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a Report was made: id and speed against the reference machine (1.0 = as fast)."""

    id: str
    factor: float


@dataclass(frozen=True, slots=True)
class Report:
    """The judge's word on one submission. Nothing derived is stored twice."""

    kata: str
    verdict: Verdict
    scope: Scope
    score: float
    points: float
    stages: tuple[StageResult, ...]
    tests: tuple[TestResult, ...]
    growth: tuple[GrowthRow, ...]
    cpu_s: float
    wall_s: float
    peak_mib: float
    protections: tuple[Protection, ...]
    machine: Machine
    engine: str
    lane: str
    seed: str
    submission_sha256: str
    suite_sha256: str
    grader_version: str
    message: str = ""  # compile errors and judge faults: where, what, what to do

    @property
    def accepted(self) -> bool:
        """Whether every test that the scope holds has passed."""
        return self.verdict is Verdict.ACCEPTED

    @property
    def first_failure(self) -> TestResult | None:
        """The failing test that decided the verdict; None when no test failed."""
        return first_failure(self.tests)


def first_failure(tests: Iterable[TestResult]) -> TestResult | None:
    """Return the first failing test, in suite order, of the first stage that has one.

    What was not run has not failed. A later stage may have been started without an earlier one.
    """
    failing = [t for t in tests if t.status not in (Status.PASSED, Status.NOT_RUN)]
    return min(failing, key=lambda test: test.stage, default=None)
