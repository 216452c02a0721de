"""A cohort as JUnit XML, for the test pages of a CI server.

There is no official description; this keeps to what Jenkins publishes as its schema (xunit-plugin,
`junit-10.xsd`): testsuites, testsuite with name, tests, failures, errors, skipped; testcase with
name, classname, time; failure and skipped with message and type. A suite is one learner's kata.
What was not judged is skipped, never failed. Hidden tests are told by ordinal.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from graders.cohort.cells import xml
from graders.cohort.seen import TOLD, Seen, SeenKata
from graders.model import Status, TestResult

_SKIPPED = (Status.NOT_RUN, Status.NOT_STARTED, Status.JUDGE_ERROR)


def document(every: Iterable[Seen], name: str) -> str:
    """Return the XML of a cohort called `name`."""
    root = ET.Element("testsuites", name=xml(name))
    for seen in every:
        for each in seen.katas:
            root.append(_suite(seen.learner.id, each))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _suite(learner: str, each: SeenKata) -> ET.Element:
    place = xml(f"{learner}.{each.kata.slug}")
    tests = each.report.tests if each.report else ()
    cases = [_case(place, test) for test in tests]
    if each.report is None or not cases:
        cases = [_whole(place, each)]
    failures = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    suite = ET.Element("testsuite", {
        "name": place, "tests": str(len(cases)), "failures": str(failures), "errors": "0",
        "skipped": str(skipped), "time": _time(sum(test.cpu_s for test in tests)),
        **({"timestamp": each.mark.found.rstrip("Z")} if each.mark.found else {})})
    suite.extend(cases)
    return suite


def _case(place: str, test: TestResult) -> ET.Element:
    case = ET.Element("testcase", {"name": xml(test.name), "classname": place,
                                   "time": _time(test.cpu_s)})
    if test.status is not Status.PASSED:
        kind = "skipped" if test.status in _SKIPPED else "failure"
        inner = ET.SubElement(case, kind, {"message": xml(test.message[:400]),
                                           "type": str(test.status)})
        inner.text = xml(test.message)
    return case


def _whole(place: str, each: SeenKata) -> ET.Element:
    """Return the one case of a kata without tests: it could not be loaded, or was not judged."""
    case = ET.Element("testcase", {"name": xml(each.kata.slug), "classname": place, "time": "0"})
    if each.report is not None:  # it could not be loaded
        ET.SubElement(case, "failure", {"message": xml(each.report.message[:400]),
                                        "type": str(each.report.verdict)})
    else:
        ET.SubElement(case, "skipped", {"message": TOLD[each.mark.standing],
                                        "type": str(each.mark.standing)})
    return case


def _time(seconds: float) -> str:
    return f"{seconds:.3f}"
