"""The stages of a rehearsal after the judging: marks, exports, return, likeness, viva."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.rehearsal import checks, school
from benchmarks.rehearsal.checks import demand
from benchmarks.rehearsal.school import git

if TYPE_CHECKING:
    from benchmarks.rehearsal.run import Rehearsal

_FORMATS = ("csv", "details", "canvas", "moodle", "gradescope", "junit", "html")
_ASKED = 5  # learners of whom viva asks
_SAMPLE = "20"


def mark(it: Rehearsal) -> None:
    """Do what instructors do with marks, and judge some results again."""
    cohort = str(it.main.cohort)
    one, other = it.there[0], it.there[-1]
    runs = [it.main.run("gradebook", *words) for words in (
        ("override", cohort, one, "two_sum", "80", "explained it in person"),
        ("comment", cohort, one, "Mind the <empty> list."),
        ("comment", cohort, other, "=SUM(A1)", "--kata", "two_sum"),
        ("request", cohort, other, "two_sum", "Test 3 contradicts the statement."),
        ("answer", cohort, "1", "granted", "It does; the suite is mended."),
        ("show", cohort), ("show", cohort, one), ("audit", cohort), ("requests", cohort))]
    demand("explained it in person" in runs[-2].out, "the audit trail lacks an override")
    runs.append(it.main.run("cohort", "status", cohort))
    it.note("marks, by ten commands", runs, len(runs), "the override is in the audit trail")
    did = it.main.run("gradebook", "recheck", cohort, "--sample", _SAMPLE)
    it.note("recheck", did, int(_SAMPLE), did.out.strip())


def export(it: Rehearsal) -> None:
    """Export every format, and look for what must not be in it."""
    cohort = it.main.cohort
    runs = [it.main.run("gradebook", "export", str(cohort), "--format", each)
            for each in _FORMATS]
    out = cohort / "export"
    settled = checks.marks((out / "marks.csv").read_text(encoding="utf-8"), it.learners,
                           len(it.katas))
    names = checks.hidden_names(cohort)
    for_learners = [*out.glob("gradescope/*/results.json"), *out.glob("learners/*.html"),
                    out / "moodle.csv", out / "junit.xml"]
    told = checks.told((each.read_text(encoding="utf-8") for each in for_learners), names)
    totals = [json.loads(each.read_bytes())["score"]
              for each in out.glob("gradescope/*/results.json")]
    demand(len(totals) == it.learners, f"{len(totals)} results.json")
    it.note("export, seven formats", runs, len(runs), settled, told)


def give_back(it: Rehearsal) -> None:
    """Return the pages, killed on the way; the second time nothing is sent."""
    words = ("cohort", "return", str(it.main.cohort))
    killed = it.main.killed(
        *words, when=lambda: checks.count(it.main.cohort, "returned") >= it.learners / 3)
    again = it.main.run(*words, expected=(0, 1))
    for each in it.there:
        repository = it.repository(each)
        page = git(repository, "show", "feedback:feedback.html").decode()
        demand(each in page, f"{each}: has not got their page")
    demand(checks.count(it.main.cohort, "returned") == len(it.there), "a page was sent twice")
    it.note("return, killed once", [killed, again], len(it.there), "each has their page, once")


def compare(it: Rehearsal) -> None:
    """Find likeness; those who hand in the same text are alike."""
    out = it.scratch / "alike"
    did = it.main.run("cohort", "similarity", str(it.main.cohort), "--out", str(out))
    pages = sum(1 for _ in out.glob("pair-*.html"))
    demand(pages > 0, "no pair is alike")
    it.note("similarity", did, pages, "pages of pairs")


def ask(it: Rehearsal) -> None:
    """Ask some learners about their code."""
    ids = school.ids(it.learners)[:_ASKED]
    did = it.main.run("cohort", "viva", str(it.main.cohort), *ids)
    questions = did.out.count("Key: ")
    demand(questions > 0, "no question")
    (it.scratch / "viva.md").write_text(did.out, encoding="utf-8")
    it.note("viva", did, len(ids), f"{questions} questions with keys")
