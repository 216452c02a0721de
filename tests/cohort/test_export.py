"""Exports against what their readers accept, and against what a learner may have written."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from junitparser import Failure, JUnitXml, Skipped

from graders.cohort import cells, database, gradebook, notes
from graders.cohort.export import FORMATS, export
from graders.cohort.marks import Override
from graders.cohort.seen import seen
from tests.cohort.world import RIGHT_STEPS, RIGHT_SUM, STEPS, SUM, VISIBLE_ONLY, World, world

EVIL = '''"""Sums."""


def total(numbers):
    raise ValueError("<script>alert(1)</script> ]]> =1+1 \\x1b[31m \\u202e \\x00")
'''
NAME = "=cmd|'/c calc'!A1"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("export")
    made = world(folder, ("ada", "bob", "cy", "eve"))
    roster = made.cohort / "roster.csv"
    roster.write_text(roster.read_text().replace("Eve Name", f'"{NAME}"'))
    made.add("ada", {SUM: RIGHT_SUM, STEPS: RIGHT_STEPS})
    made.add("bob", {SUM: VISIBLE_ONLY})
    made.add("eve", {SUM: EVIL})
    made.collect()
    made.grade(folder / "store")
    with database.opened(made.cohort) as connection:
        notes.comment(connection, "Ann", "bob", "total_up", "=Look & <see> at 9 numbers")
        notes.comment(connection, "Ann", "bob", "", "Well done")
        notes.override(connection, "Ann", Override("cy", "total_up", 40.0, "on paper", "Ann", ""))
    yield made


def written(here: World, form: str) -> dict[str, str]:
    out = here.cohort / f"out-{form}"
    with database.opened(here.cohort) as connection:
        paths = export(connection, here.opened(), form, out)
    assert not list(out.rglob(".*"))  # nothing half-written beside
    return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("form", FORMATS)
def test_a_hidden_test_is_nowhere_but_as_an_ordinal(here: World, form: str) -> None:
    for text in written(here, form).values():
        assert "SECRET" not in text and "rng" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_marks_give_the_same_bytes(here: World, form: str) -> None:
    assert written(here, form) == written(here, form)


def test_plain_csv_has_marks_and_totals(here: World) -> None:
    rows = table(written(here, "csv")["marks.csv"])
    assert [(row["id"], row["total_up"], row["two_steps"], row["total"], row["settled"])
            for row in rows] == [
        ("ada", "100", "100", "200", "yes"), ("bob", "66.67", "0", "66.67", "yes"),
        ("cy", "40", "0", "40", "yes"), ("eve", "0", "0", "0", "yes")]


def test_no_cell_is_a_formula(here: World) -> None:
    for form in ("csv", "details", "canvas", "moodle"):
        (text,) = written(here, form).values()
        cellsread = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert any(cell.startswith("'=") for cell in cellsread) or form == "details"
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cellsread)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_each_way_to_begin_a_formula_is_defused(text: str) -> None:
    assert not cells.cell(text).startswith(text[0])
    assert cells.cell(-1) == "-1"  # a number is one


def test_details_say_how_each_mark_came_about(here: World) -> None:
    rows = table(written(here, "details")["details.csv"])
    own = {(row["id"], row["kata"]): row for row in rows}
    assert own["cy", "total_up"]["override"] == "40"
    assert own["cy", "total_up"]["reason"] == "on paper"
    assert own["cy", "total_up"]["author"] == "Ann"
    assert re.fullmatch("[0-9a-f]{64}", own["ada", "total_up"]["submission_sha256"])
    assert own["bob", "two_steps"]["verdict"] == "NOT_STARTED"


def test_canvas_reads_what_its_importer_asks_for(here: World) -> None:
    """The checks of lib/gradebook_importer.rb: header, student columns, points, students."""
    rows = list(csv.reader(io.StringIO(written(here, "canvas")["canvas.csv"], newline="")))
    head, possible, *students = rows
    assert "Student" in head[0] and "ID" in head[1]
    assert re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3])
    assert "Section" in head[4]  # the last column about the student
    assert head[5:] == ["total_up", "two_steps"]
    assert not any(re.fullmatch(r".*\(\d+\)", title) for title in head[5:])  # would be an id
    assert "Points Possible" in possible[0] and possible[5:] == ["100", "100"]
    assert [(row[2], row[3], row[5:]) for row in students] == [
        ("ada", "ada", ["100", "100"]), ("bob", "bob", ["66.67", "0"]),
        ("cy", "cy", ["40", "0"]), ("eve", "eve", ["0", "0"])]
    assert all(re.fullmatch(r"[0-9.]*", cell) for row in students for cell in row[5:])
    assert len({len(row) for row in rows}) == 1  # as its guess of the separator wants


def test_moodle_gets_grade_and_feedback_together(here: World) -> None:
    rows = table(written(here, "moodle")["moodle.csv"])
    bob = rows[1]
    assert (bob["ID number"], bob["Email address"], bob["total_up"]) == (
        "bob", "bob@example.org", "66.67")
    # Moodle takes feedback for its mixture of text and HTML: FORMAT_MOODLE.
    assert bob["total_up (feedback)"] == "WRONG_ANSWER\n=Look &amp; &lt;see&gt; at 9 numbers"
    assert all(row["two_steps (feedback)"] for row in rows)


# https://gradescope-autograders.readthedocs.io/en/latest/specs/, “Output format”
_VISIBILITY = {"enum": ["visible", "hidden", "after_due_date", "after_published"]}
_TEXT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
GRADESCOPE = {
    "type": "object", "additionalProperties": False, "required": ["score", "tests"],
    "properties": {
        "score": {"type": "number"}, "execution_time": {"type": "number"},
        "output": {"type": "string"}, "output_format": _TEXT, "test_output_format": _TEXT,
        "test_name_format": _TEXT, "visibility": _VISIBILITY, "stdout_visibility": _VISIBILITY,
        "extra_data": {"type": "object"}, "leaderboard": {"type": "array", "items": {
            "type": "object", "required": ["name", "value"], "properties": {
                "name": {"type": "string"}, "value": {"type": ["number", "string"]},
                "order": {"enum": ["asc", "desc"]}}}},
        "tests": {"type": "array", "items": {
            "type": "object", "additionalProperties": False, "properties": {
                "score": {"type": "number"}, "max_score": {"type": "number"},
                "status": {"enum": ["passed", "failed"]}, "name": {"type": "string"},
                "name_format": _TEXT, "number": {"type": "string"}, "output": {"type": "string"},
                "output_format": _TEXT, "tags": {"type": "array"}, "visibility": _VISIBILITY,
                "extra_data": {"type": "object"}}}}},
}


def test_gradescope_gets_a_results_json_for_each_learner(here: World) -> None:
    files = written(here, "gradescope")
    assert sorted(files) == [f"gradescope/{each}/results.json"
                             for each in ("ada", "bob", "cy", "eve")]
    for text in files.values():
        jsonschema.validate(json.loads(text), GRADESCOPE)
    bob = json.loads(files["gradescope/bob/results.json"])
    assert bob["score"] == 66.67 == sum(each["score"] for each in bob["tests"])
    assert bob["tests"][0]["output"] == (
        "WRONG_ANSWER\nFAILED hidden 1\n=Look & <see> at 9 numbers")
    assert bob["output"] == "Well done"


def test_junit_is_read_by_junitparser_and_counts_agree(here: World, tmp_path: Path) -> None:
    text = written(here, "junit")["junit.xml"]
    path = tmp_path / "junit.xml"
    path.write_text(text, encoding="utf-8")
    suites = {suite.name: suite for suite in JUnitXml.fromfile(str(path))}
    assert set(suites) == {f"{learner}.{slug}" for learner in ("ada", "bob", "cy", "eve")
                           for slug in ("total_up", "two_steps")}
    for suite in suites.values():
        cases = list(suite)
        assert suite.tests == len(cases)
        results = [result for case in cases for result in case.result]
        assert suite.failures == sum(isinstance(each, Failure) for each in results)
        assert suite.skipped == sum(isinstance(each, Skipped) for each in results)
    assert [case.name for case in suites["bob.total_up"] if case.result] == ["hidden 1"]
    assert isinstance(next(iter(suites["cy.total_up"])).result[0], Skipped)


def test_junit_keeps_to_the_schema_of_jenkins(here: World) -> None:
    """Elements, attributes and their forms as in xunit-plugin's junit-10.xsd."""
    root = ET.fromstring(written(here, "junit")["junit.xml"])
    may = {"testsuites": {"name", "time", "tests", "failures", "errors"},
           "testsuite": {"name", "tests", "failures", "errors", "group", "time", "skipped",
                         "timestamp", "hostname", "id", "package", "file", "log", "url",
                         "version"},
           "testcase": {"name", "time", "classname", "group"},
           "failure": {"type", "message"}, "skipped": {"type", "message"}}
    inner = {"testsuites": {"testsuite"}, "testsuite": {"testcase"},
             "testcase": {"failure", "skipped"}, "failure": set(), "skipped": set()}
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= may[element.tag]
        assert {child.tag for child in element} <= inner[element.tag]
        if element.tag == "testsuite":
            assert {"name", "tests", "failures", "errors"} <= set(element.attrib)
        if "time" in element.attrib:
            assert re.fullmatch(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?",
                                element.attrib["time"])


@pytest.mark.parametrize("text", ["\x00", "\x1b", "\ud800", "\ufffe", "]]>", "a\u202eb"])
def test_no_text_breaks_xml(text: str) -> None:
    element = ET.Element("a", b=cells.xml(text))
    element.text = cells.xml(text)
    read = ET.fromstring(ET.tostring(element, "utf-8"))
    assert read.text == read.attrib["b"] and "\u202e" not in read.text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(text)
    return parser.found


class TestPages:
    def test_stand_alone_and_run_nothing(self, here: World) -> None:
        for text in written(here, "html").values():
            found = tags(text)
            assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in found}
            assert not any(name.startswith("on") for _, own in found for name in own)
            assert "default-src 'none'" in text

    def test_what_a_learner_wrote_is_shown_and_nothing_of_it_is_markup(self, here: World) -> None:
        text = written(here, "html")["learners/eve.html"]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "\u202e" not in text and "\x1b" not in text

    def test_of_the_cohort_has_a_row_for_each_that_leads_to_their_page(self, here: World) -> None:
        files = written(here, "html")
        links = [own["href"] for tag, own in tags(files["index.html"]) if tag == "a"]
        assert links == [f"learners/{each}.html" for each in ("ada", "bob", "cy", "eve")]
        assert set(links) < set(files)
        assert "cy: repository: " in files["index.html"]  # to look at: it is missing
        assert "bob" in files["learners/bob.html"] and "Well done" in files["learners/bob.html"]
        assert "hidden 1" in files["learners/bob.html"]
        assert "on paper" in files["learners/cy.html"]
        assert "Ann" not in files["learners/cy.html"]  # who gave it stays with the audit trail


def test_who_gave_a_mark_is_not_in_what_a_learner_may_see(here: World) -> None:
    """Whatever a page or an export shows of it: the name is the audit trail's."""
    with database.opened(here.cohort) as connection:
        book = gradebook.read(connection, here.opened())
        shown = {row.learner.id: seen(connection, book.katas, row) for row in book.rows}
    given = shown["cy"].katas[0].mark.override
    assert given is not None
    assert (given.reason, given.author) == ("on paper", "")


def test_what_cannot_be_written_is_one_clear_error(here: World, tmp_path: Path) -> None:
    from graders.errors import GraderError

    (tmp_path / "file").write_text("")
    with database.opened(here.cohort) as connection, \
            pytest.raises(GraderError, match=r"marks\.csv: cannot be written"):
        export(connection, here.opened(), "csv", tmp_path / "file")
