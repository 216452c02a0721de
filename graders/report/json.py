"""Reports as JSON (`format: 1`), and back; docs/report.schema.json and docs/grade.schema.json.

    {"format": 1, "kata": "two_sum", "verdict": …}                      one Report: judge
    {"format": 1, "not_started": ["lcs_dp"], "reports": [{…}, {…}]}     one run of grade
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from graders.errors import GraderError
from graders.model import FORMAT, Report
from graders.plain import from_plain, to_plain
from graders.report.standing import Standing, State, judged


def report_data(report: Report) -> dict[str, Any]:
    """Return a Report as plain data."""
    return {"format": FORMAT, **to_plain(report)}


def grading_data(standings: Iterable[Standing]) -> dict[str, Any]:
    """Return one run of `grade` as plain data, katas in the order of learning."""
    listed = list(standings)
    untouched = [each.kata.slug for each in listed if each.state is State.UNTOUCHED]
    reports = [report_data(report) for report in judged(listed)]
    return {"format": FORMAT, "not_started": untouched, "reports": reports}


def text(data: dict[str, Any]) -> str:
    """Return plain data as JSON text for people and programs."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def read(written: str, where: str) -> Report:
    """Return the Report in a JSON text. `where` names it in the GraderError for a faulty one."""
    try:
        data = json.loads(written)
        version = data.pop("format")
        if type(version) is not int:
            raise ValueError("'format' is no number")
        if version == FORMAT:
            return from_plain(Report, data, "Report")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        what = "no 'format'" if isinstance(error, KeyError) else str(error)
        raise GraderError(f"{where}: no Report: {what}; judge the file again") from error
    age, remedy = (
        ("newer than", "update graders/") if version > FORMAT else ("older than", "judge again")
    )
    raise GraderError(f"{where}: format {version} is {age} {FORMAT}, the one read here; {remedy}")
