"""Reports as JSON (`format: 1`), and back; docs/report.schema.json and docs/grade.schema.json.

    {"format": 1, "kata": "two_sum", "verdict": …}                      one Report: judge
    {"format": 1, "not_started": ["lcs_dp"], "questions": [{…}], "reports": [{…}, {…}]}    grade
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from graders.errors import GraderError
from graders.model import FORMAT, Report
from graders.phrases import phrase
from graders.plain import from_plain, to_plain
from graders.question.results import SheetResult
from graders.report.standing import Standing, State, judged


def report_data(report: Report) -> dict[str, Any]:
    """Return a Report as plain data."""
    return {"format": FORMAT, **to_plain(report)}


def grading_data(
    standings: Iterable[Standing], sheets: Iterable[SheetResult] = ()
) -> dict[str, Any]:
    """Return one run of `grade` as plain data, katas in the order of learning."""
    listed = list(standings)
    untouched = [each.kata.slug for each in listed if each.state is State.UNTOUCHED]
    reports = [report_data(report) for report in judged(listed)]
    questions = [to_plain(each) for each in sheets]
    return {
        "format": FORMAT, "not_started": untouched, "questions": questions, "reports": reports,
    }  # fmt: skip


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
        raise GraderError(
            phrase("{where}: no Report: {error}; judge the file again", where=where, error=what)
        ) from error
    values = {"where": where, "version": version, "known": FORMAT}
    if version > FORMAT:
        raise GraderError(
            phrase("{where}: format {version} is newer than {known}, the one read here; update "
                   "graders/", **values)
        )  # fmt: skip
    raise GraderError(
        phrase("{where}: format {version} is older than {known}, the one read here; judge again",
               **values)
    )  # fmt: skip
