"""A Report as JSON: its schema, its way back, and that it says what the text says."""

from __future__ import annotations

import json as stdlib
from typing import Any

import jsonschema
import pytest

from graders.errors import GraderError
from graders.model import Report
from graders.report import json, schema, text
from graders.report.standing import Standing, State
from tests.cli.reports import (
    ROOT,
    accepted,
    broken,
    full,
    kata,
    screen,
    too_slow,
    wrong,
)

EVERY = (wrong(), too_slow(), accepted(), broken(), full())


def check(data: Any, which: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(which)
    jsonschema.validate(data, which, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", [schema.REPORT, schema.GRADE])
def test_the_published_schemas_are_those_of_the_code(name: str) -> None:
    published = (ROOT / "docs" / name).read_text(encoding="utf-8")
    remedy = "python -c \"from graders.report import schema; schema.write('docs')\""
    assert published == schema.files()[name], f"docs/{name} is out of date: {remedy}"


def test_the_schemas_are_written_into_a_folder(tmp_path: Any) -> None:
    schema.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [schema.GRADE, schema.REPORT]


@pytest.mark.parametrize("report", EVERY, ids=lambda report: str(report.verdict))
def test_every_report_is_valid_and_reads_back_as_it_was(report: Report) -> None:
    written = json.text(json.report_data(report))
    check(stdlib.loads(written), schema.report_schema())
    assert json.read(written, "here") == report


def test_a_run_of_grade_lists_what_is_not_started_and_the_reports() -> None:
    standings = [
        Standing(kata(), State.ATTEMPTED, wrong()),
        Standing(kata("lcs_dp"), State.UNTOUCHED),
    ]
    data = json.grading_data(standings)
    check(data, schema.grade_schema())
    assert data["format"] == 1 and data["not_started"] == ["lcs_dp"]
    assert [each["kata"] for each in data["reports"]] == ["two_sum"]


@pytest.mark.parametrize("change", [{"extra": 1}, {"format": 2}, {"verdict": "FINE"}])
def test_the_schema_refuses_anything_else(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check({**json.report_data(wrong()), **change}, schema.report_schema())


def test_the_text_says_what_the_json_says() -> None:
    data = json.report_data(wrong())
    shown = text.submission(kata(), wrong(), "mine.py", screen())
    failure = next(test["failure"] for test in data["tests"] if test["status"] == "FAILED")
    for fact in (data["verdict"], data["kata"], f"{data['points']:g} of 100", *failure.values()):
        assert fact in shown
    for test in data["tests"]:
        assert test["name"] in shown and test["status"] in shown


class TestReading:
    def refusal(self, written: str) -> str:
        with pytest.raises(GraderError) as caught:
            json.read(written, "old.json")
        return str(caught.value)

    def changed(self, **changes: Any) -> str:
        return json.text({**json.report_data(wrong()), **changes})

    def test_refuses_what_is_no_json(self) -> None:
        assert self.refusal("{").startswith("old.json: no Report: ")
        assert self.refusal("[]").startswith("old.json: no Report: ")

    def test_refuses_what_has_no_format(self) -> None:
        assert self.refusal("{}") == "old.json: no Report: no 'format'; judge the file again"
        assert "'format' is no number" in self.refusal(self.changed(format="1"))

    def test_tells_too_old_from_too_new(self) -> None:
        newer = "old.json: format 2 is newer than 1, the one read here; update graders/"
        assert self.refusal(self.changed(format=2)) == newer
        older = "old.json: format 0 is older than 1, the one read here; judge again"
        assert self.refusal(self.changed(format=0)) == older

    def test_names_the_place_of_a_wrong_value(self) -> None:
        assert "Report.points: expected float" in self.refusal(self.changed(points="all"))
