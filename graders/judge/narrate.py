"""From a judge child's lines to one Narration as plain data; shared by both engines."""

from __future__ import annotations

import json
from typing import Any

from graders.judge.records import Job, Outcome
from graders.model import Failure, Group, Status
from graders.phrases import phrase
from graders.plain import to_plain

_ENDED_BY_CPU = -24  # SIGXCPU, which Windows has no name for

_ALONE = ("compile_error", "fault", "busy", "factor", "protections")  # a record each


def narration(job: Job, text: bytes, fault: str, ended: int) -> dict[str, Any]:
    """Return the fields of a Narration. Lines that break off, or no last line, are a fault.

    `ended` is the judge child's exit code, or a signal's number below zero. Ended by its CPU
    limit within a test, it was busy with what the learner returned: that test is TIME_LIMIT.
    """
    told: dict[str, Any] = {"id": job.id, "outcomes": []}
    done, cpu_s = False, 0.0
    for line in text.splitlines():
        try:
            record = json.loads(line)
            if "outcome" in record:
                cpu_s += float(record["outcome"]["cpu_s"])
                told["outcomes"].append(record["outcome"])
            elif "done" in record:
                told["growth"], told["peak_mib"] = record["growth"], record["peak_mib"]
                done = True
            elif "expected" in record:
                told["expected"] = [[name, int(stage), str(Group(group))]
                                    for name, stage, group in record["expected"]]
            else:
                told.update((key, record[key]) for key in _ALONE if key in record)
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
            told["fault"] = phrase("torn narration")
    left = told.get("expected", [])[len(told["outcomes"]):]
    if not done and not fault:
        if ended == _ENDED_BY_CPU and left:
            told["outcomes"].append(to_plain(_too_long(job, *left[0])))
        else:
            fault = phrase("the judge child ended early ({ended})", ended=ended)
    told["fault"] = told.get("fault") or fault
    told["cpu_s"] = cpu_s
    return told


def _too_long(job: Job, name: str, stage: int, group: str) -> Outcome:
    """Return the outcome of a test whose judge child could not tell it any more."""
    text = phrase("comparing or printing its results took the judge too long")
    return Outcome(name, stage, Group(group), job.hidden, (), Status.TIME_LIMIT, text, "",
                   False, "", Failure(message=text), "", 0.0,
                   job.kata.limits.for_test(name, Group(group)), 0.0, 0.0)
