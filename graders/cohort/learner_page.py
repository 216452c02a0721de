"""The page of one learner: marks, what did not pass, and what the instructor said."""

from __future__ import annotations

from typing import Any

from graders.cohort.pages import colour, render, shown, why
from graders.cohort.seen import Seen, SeenKata
from graders.model import Report, Status, TestResult
from graders.report.screen import MEANINGS
from graders.words import language, say, tell


def page(seen: Seen, title: str, answers: str) -> str:
    """Return a learner's page; `answers` says when analyses open, "" says nothing of it.

    It holds no time of its making, so that the same marks give the same bytes.
    """
    full = sum(each.mark.points == 100 for each in seen.katas)
    return render("learner.html", {
        "title": f"{seen.learner.name} · {title}", "about": seen.learner.id,
        "tiles": [
            {"value": f"{seen.total:g}/{seen.possible}", "label": say("points")},
            {"value": f"{full}/{len(seen.katas)}", "label": say("katas with all points")}],
        "notes": _notes(seen), "katas": [_kata(each) for each in seen.katas], "answers": answers,
    })


def _notes(seen: Seen) -> list[str]:
    told = [] if seen.settled else [say("Some marks are not settled yet; they count nothing here.")]
    told += [_signed(each.text, each.author, each.at) for each in seen.comments]
    told += [say("{topic}, {item}: {count} model points found in your answer ({ticks})",
                 topic=each.topic, item=each.item, count=len(each.ticks),
                 ticks=", ".join(map(str, each.ticks)) or "–") for each in seen.rubrics]
    for each in seen.requests:
        state = {"open": say("open"), "granted": say("granted"), "declined": say("declined")}
        told.append(say("Your request {number} ({slug}): {state}. {answer}", number=each.id,
                        slug=each.slug, state=state[each.stage], answer=each.answer).strip())
    return told


def _signed(text: str, author: str, at: str) -> str:
    return f"{text}\n— {author}, {at[:10]}"


def _kata(each: SeenKata) -> dict[str, Any]:
    mark, report = each.mark, each.report
    tests = report.tests if report else ()
    passed = sum(test.status is Status.PASSED for test in tests)
    given = mark.override
    return {
        "title": each.kata.title.get(language()), "slug": each.kata.slug,
        "points": shown(mark.points), "class": colour(mark.points), "late": "",
        "verdict": why(mark), "message": tell(report.message) if report else "",
        "given": "" if not given or not mark.verdict else say(
            "The judge gave {points} points.", points=f"{mark.earned:g}"),
        "stages": _stages(report) if report else [], "tests": [_test(test) for test in tests],
        "summary": say("{passed} of {tests} tests passed", passed=passed, tests=len(tests)),
        "passed": passed == len(tests),
        "comments": [_signed(said.text, said.author, said.at) for said in each.comments],
    }


def _stages(report: Report) -> list[str]:
    if len(report.stages) < 2:
        return []
    return [_pair(stage.title.get(language()), f"{stage.earned:g}/{stage.points}")
            for stage in report.stages]


def _pair(name: str, value: str) -> str:
    return say("{name}: {value}", name=name, value=value)


def _test(test: TestResult) -> dict[str, str]:
    passed = test.status is Status.PASSED
    failure = test.failure
    message = failure.message or test.message
    rows = [(say("call"), failure.call), (say("expected"), tell(failure.expected)),
            (say("got"), failure.got),
            (say("message"), tell(message) if message != failure.got else "")]
    told = "" if passed else "\n".join(_pair(name, text) for name, text in rows if text)
    return {"class": "full" if passed else "none", "word": say(MEANINGS[str(test.status)]),
            "name": _name(test), "told": told}


def _name(test: TestResult) -> str:
    """Return a test's name; `report.learner` calls the hidden ones "hidden 1" and so on."""
    if not test.hidden:
        return test.name
    return say("hidden {number}", number=test.name.rpartition(" ")[2])
