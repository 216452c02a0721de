"""A job: all that another machine needs to judge one submission, and what it answers. Texts.

    {"format": 1, "job": {terms, kata, suite, hidden, seed, submission, label}}
    {"format": 1, "answer": {"report": {…}, "refused": "", "fault": ""}}      one of the three

A job holds no name of a learner, no secret of the cohort and no path. An answer is read as
strictly as anything from outside: it must be about this submission, suite and seed, and have been
found in the whole sandbox, or it counts as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from graders import __version__
from graders.cohort.alike import terms
from graders.cohort.basis import Basis
from graders.judge import cache
from graders.model import FORMAT, Kata, Machine, Report, Scope, Status, Verdict
from graders.phrases import phrase
from graders.plain import from_plain, to_plain
from graders.report.html import visible

T = TypeVar("T")
_TOLD = 500  # characters of a reason
ANSWER_CAP = 16 << 20  # characters: a Report of 200 failing tests with all their output has 1 M


@dataclass(frozen=True, slots=True)
class Job:
    """One submission and what it is judged by. `hidden` None: the kata has no hidden suite."""

    terms: Mapping[str, str]
    kata: Kata
    suite: bytes
    hidden: bytes | None
    seed: bytes
    submission: bytes
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A Report; or why that machine is refused, or why it has none. Texts are empty if not so."""

    report: Report | None = None
    refused: str = ""
    fault: str = ""


def job_of(basis: Basis, data: bytes, label: str) -> Job:
    """Return the job of judging `data` under a basis."""
    held = {file.path: file.data for file in basis.files}
    hidden = held[f"test_hidden_{basis.kata.slug}.py"] if basis.hidden else None
    return Job(terms(basis.kata), basis.kata, held[basis.kata.suite.name], hidden, basis.seed,
               data, label)


def write(value: Job | Answer) -> str:
    """Return the text of a job or an answer."""
    name = "job" if isinstance(value, Job) else "answer"
    plain = to_plain(value)
    if isinstance(value, Job):
        plain["kata"]["folder"] = ""
    return json.dumps({"format": FORMAT, name: plain}, ensure_ascii=False, allow_nan=False)


def read_job(text: str) -> Job:
    """Return the job of a text. Raises ValueError."""
    return _read(Job, "job", text)


def read_answer(text: object, job: Job) -> Answer:
    """Return the answer to a job; one that cannot be it is a fault, and says why."""
    if not isinstance(text, str) or len(text) > ANSWER_CAP:
        return Answer(fault=phrase("its answer is no text, or too long"))
    try:
        found = _read(Answer, "answer", text)
    except (ValueError, RecursionError) as error:
        return Answer(fault=phrase("its answer cannot be read ({error})", error=str(error)[:200]))
    if found.report and (wrong := _wrong(found.report, job)):
        return Answer(fault=phrase("its answer is not about what was asked ({what})", what=wrong))
    told = Answer(found.report, _clean(found.refused), _clean(found.fault))
    return told if told != Answer() else Answer(fault=phrase("its answer is empty"))


def _clean(text: str) -> str:
    """Return a text of another machine as one short line that no terminal obeys."""
    return " ".join(str(visible(text)).split())[:_TOLD]


def _read(kind: type[T], name: str, text: str) -> T:
    held = json.loads(text, parse_constant=_no_number)
    if not isinstance(held, dict) or held.keys() != {"format", name} or held["format"] != FORMAT:
        raise ValueError(f"no {name} of format {FORMAT}")
    return from_plain(kind, held[name])


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _wrong(report: Report, job: Job) -> str:
    """Return the first field of a Report that cannot be of this job; "" when all may be."""
    suites = hashlib.sha256(job.suite + (job.hidden or b"")).hexdigest()
    passed = all(test.status is Status.PASSED for test in report.tests)
    fits: dict[str, Any] = {
        "kata": report.kata == job.kata.slug,
        # A file that could not even be read has no bytes in its Report.
        "submission_sha256": report.submission_sha256 in (cache.sha256(job.submission),
                                                          cache.sha256(b"")),
        "suite_sha256": report.suite_sha256 == suites,
        "seed": report.seed == job.seed.hex(),
        "scope": report.scope is (Scope.VISIBLE if job.hidden is None else Scope.FULL),
        "grader_version": report.grader_version == __version__,
        "lane": report.lane == "embedded",
        "points": 0 <= report.points <= 100 and 0 <= report.score <= 1,
        "verdict": report.verdict is not Verdict.ACCEPTED or (bool(report.tests) and passed),
        "protections": all(each.on for each in report.protections) and (
            bool(report.protections) or not report.tests),
        "machine": report.machine.factor > 0,
    }
    return next((name for name, good in fits.items() if not good), "")


def withheld(job: Job, why: str) -> Report:
    """Return the Report of a job that no machine could judge: neither zero nor full."""
    return Report(
        kata=job.kata.slug, verdict=Verdict.JUDGE_ERROR,
        scope=Scope.VISIBLE if job.hidden is None else Scope.FULL, score=0.0, points=0.0,
        stages=(), tests=(), growth=(), cpu_s=0.0, wall_s=0.0, peak_mib=0.0, protections=(),
        machine=Machine("", 1.0), engine="", lane="embedded", seed=job.seed.hex(),
        submission_sha256=cache.sha256(job.submission),
        suite_sha256=hashlib.sha256(job.suite + (job.hidden or b"")).hexdigest(),
        grader_version=__version__, message=why)


def laid_out(job: Job, folder: Path) -> Path | None:
    """Write the suites of a job into a folder; return the hidden one, None if there is none."""
    (folder / job.kata.suite.name).write_bytes(job.suite)
    if job.hidden is None:
        return None
    hidden = folder / f"test_hidden_{job.kata.slug}.py"
    hidden.write_bytes(job.hidden)
    return hidden


