"""Reports built by hand, for texts that no real submission gives reliably."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graders import catalog, words
from graders.model import (
    Failure,
    Group,
    GrowthRow,
    Kata,
    Machine,
    Protection,
    Report,
    Scope,
    StageResult,
    Status,
    TestResult,
    Text,
    Verdict,
)
from graders.report.screen import Screen

ROOT = Path(__file__).resolve().parent.parent.parent
ALL = Text("All of it", "全部")


def kata(slug: str = "two_sum") -> Kata:
    """Return one of the repository's katas."""
    return catalog.load(ROOT).find(slug)[0]


def screen(language: str = "en", width: int = 100, color: bool = False) -> Screen:
    """Speak the language, in this whole process, and return a screen of the repository."""
    words.use(language)
    return Screen(ROOT, width, color)


def row(name: str, status: Status = Status.PASSED, **changes: object) -> TestResult:
    """Return one test of stage 1."""
    plain = TestResult(name, status, 1, Group.CORRECTNESS, False, 0.01, 0.5, "")
    return replace(plain, **changes)  # type: ignore[arg-type]


def failed(name: str, message: str = "", **parts: str) -> TestResult:
    """Return a test that failed with these parts of a Failure."""
    return row(name, Status.FAILED, message=message, failure=Failure(message=message, **parts))


def report(verdict: Verdict, *tests: TestResult, **changes: object) -> Report:
    """Return a Report of visible scope on two_sum."""
    passed = sum(test.status is Status.PASSED for test in tests)
    points = round(100 * passed / len(tests), 2) if tests else 0.0
    plain = Report(
        kata="two_sum", verdict=verdict, scope=Scope.VISIBLE, score=points / 100, points=points,
        stages=(StageResult(ALL, 100, points, passed, len(tests), True),), tests=tests, growth=(),
        cpu_s=0.12, wall_s=0.5, peak_mib=20.0, protections=(Protection("seccomp", True),),
        machine=Machine("abc", 1.0), engine="fork", lane="embedded", seed="00ff",
        submission_sha256="1" * 64, suite_sha256="2" * 64, grader_version="0",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def wrong() -> Report:
    """Return a wrong answer: the first of two tests fails."""
    parts = {"call": "find_pair([3, 2, 4], 6)", "expected": "(1, 2)", "got": "(2, 1)"}
    return report(Verdict.WRONG_ANSWER, failed("test_pair", **parts), row("test_none"))


def accepted() -> Report:
    """Return an accepted submission."""
    return report(Verdict.ACCEPTED, row("test_pair"), row("test_none"))


def curve(name: str, exponent: float = 1.98, label: str = "about quadratic") -> GrowthRow:
    """Return a measured curve of a growth test."""
    return GrowthRow(name, (1000, 2000, 4000, 8000), (0.01, 0.04, 0.16, 0.64), exponent, label)


def too_slow() -> Report:
    """Return a submission over its time limit, with a growth test that says why."""
    told = (
        "find_pair: grows about quadratic (exponent 1.98); the target is at most linear "
        "(exponent up to 1.45)\n        size  CPU seconds per call\n       1,000  0.010000\n"
        "  At size 1,000,000 one call would take about 2 hours; growing as the target does, about "
        "10 s."
    )
    perf = {"group": Group.PERF}
    words = "used: stopped after 0.71 s CPU; the limit is 0.5 s"
    over = row("test_large", Status.TIME_LIMIT, cpu_s=0.71, message=words,
               failure=Failure(call="find_pair([" + "1234, " * 600 + "…"), **perf)  # fmt: skip
    grown = row("test_grows", Status.TIME_LIMIT, cpu_s=0.6, message=told,
                failure=Failure(message=told), **perf)  # fmt: skip
    return report(
        Verdict.TIME_LIMIT_EXCEEDED, row("test_pair"), over, grown, growth=(curve("test_grows"),)
    )


def broken() -> Report:
    """Return a fault of the judge."""
    advice = "the engine died twice; run again, and report it if it stays"
    return report(Verdict.JUDGE_ERROR, message=advice, points=0.0, stages=())


def full() -> Report:
    """Return the instructor's Report of a submission that fails a hidden test."""
    hidden = {"hidden": True}
    secret = {"call": "find_pair([SECRET], 1)", "expected": "SECRET", "got": "None"}
    tests = (
        row("test_pair"),
        replace(row("test_hidden_random", cpu_s=0.3), **hidden),  # type: ignore[arg-type]
        replace(failed("test_hidden_SECRET", **secret), output="SECRET", cpu_s=0.4, **hidden),  # type: ignore[arg-type]
        row("test_large", group=Group.PERF),
        replace(row("test_hidden_large", Status.TIME_LIMIT, message="SECRET"), group=Group.PERF,
                **hidden),  # type: ignore[arg-type]
    )  # fmt: skip
    return report(Verdict.WRONG_ANSWER, *tests, scope=Scope.FULL,
                  growth=(curve("test_large"), curve("test_hidden_large")))  # fmt: skip
