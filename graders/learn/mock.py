"""`mock`: a timed interview of a warm-up, a kata, a question with follow-ups, and a debrief.

    begin ── Sitting ── say(line) … ── debrief
               │ paused: Ctrl-C, end of input, "pause"         resumed by the next Sitting

One sitting answers lines of text with text, so a terminal, a pipe and a test are alike to it.
Katas are done in place and judged as `grade` does. Time is told and ends nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from graders import catalog_paths
from graders.catalog import Catalog
from graders.errors import GraderError
from graders.learn import (
    grade,
    interview,
    interview_choice,
    memory,
    module_file,
    pages,
    paths,
    question,
    review,
    rounds,
)
from graders.learn import interview_pages as words_of
from graders.learn.interview import Interview, Kind, Part
from graders.learn.progress import survey
from graders.model import Kata
from graders.phrases import phrase
from graders.question import lock, marking, paper, sheet
from graders.question.items import Explained, Item, Sheet
from graders.question.place import places
from graders.question.results import ItemResult, Mark
from graders.report.detail import detail, headline
from graders.report.screen import Screen, command
from graders.report.standing import State
from graders.words import say

_MOST = 20_000  # characters of an answer, as on a sheet


def begin(catalog: Catalog, minutes: int, seed: int, path: str) -> Interview:
    """Choose and store an interview; solved katas in it have their stub back, safely.

    Raises GraderError when one is under way, and where nothing can be chosen.
    """
    held = interview.read(catalog.root)
    if held and not held.over:
        raise GraderError(phrase("mock: an interview is under way; go on with it, or drop it: "
                                 "{command}", command=command("mock", "--drop")))
    name = catalog_paths.find(catalog_paths.load(catalog.root), path).name if path else ""
    course = paths.course(catalog, name)
    katas = [each.kata for each in course.standings]
    parts = interview_choice.parts(catalog, katas, minutes, Random(seed))
    for each in parts:
        if each.kind is not Kind.QUESTION:
            _from_stub(catalog.root, catalog.find(each.name)[0])
    at = rounds.now().isoformat(timespec="minutes")
    made = Interview(minutes, seed, at, parts)
    interview.write(catalog.root, made)
    return made


def _from_stub(root: Path, kata: Kata) -> None:
    """Put the stub back where a round of the kata has ended."""
    known = memory.read(root).get(kata.slug, memory.Memory())
    if known.rated:
        review.prepare(root, kata, module_file.read(root, kata))


class Sitting:
    """One stretch of an interview, from begin or resumption to pause or end."""

    def __init__(
        self, catalog: Catalog, screen: Screen, held: Interview,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.catalog, self.screen, self.held = catalog, screen, held
        self.paused = False
        self._clock, self._since = clock, clock()
        self._warned = held.spent_s >= held.minutes * 60
        self._told_short = False

    @property
    def ended(self) -> bool:
        """Whether no further line is wanted."""
        return self.paused or self.held.over

    def opening(self) -> str:
        """Return what the part under way is about."""
        part = self.held.part
        if part.hints_before < 0:
            hints = interview.hints_of(self.catalog.root, part.name)
            self._change(hints_before=hints)
            if part.kind is not Kind.QUESTION:
                rounds.begin(self.catalog.root, part.name, rounds.now())
        if part.kind is Kind.QUESTION:
            return words_of.question(self.held, self._item(), self._result(), self.screen)
        return words_of.kata(self.held, self._kata(), self.screen)

    def prompt(self) -> str:
        """Return the time, of the part and of the whole."""
        self.tick()
        return words_of.clock(self.held)

    def say(self, line: str) -> str:
        """Return the answer to a line that the learner typed."""
        self.tick()
        shown = "".join(each for each in line if each.isprintable())  # no keys that move a cursor
        told = self._answer(shown.strip())
        self.tick()
        if not self._warned and self.held.spent_s >= self.held.minutes * 60:
            self._warned = True
            told += words_of.time_is_up(self.held, self.screen)
        return told

    def tick(self) -> None:
        """Count the time that went by, and store all there is."""
        now = self._clock()
        self.held, self._since = self.held.spending(now - self._since), now
        interview.write(self.catalog.root, self.held)

    def _answer(self, line: str) -> str:
        asked = words_of.command_of(line)
        if asked == "pause":
            self.paused = True
            return words_of.paused(self.screen)
        if self.held.part.kind is Kind.QUESTION:
            return self._talk(line, asked)
        kata = self._kata()
        match asked:
            case "show":
                return pages.statement(kata, self.screen)
            case "hint":
                return pages.hint(self.catalog.root, kata, None, self.screen)
            case "grade":
                return self._judge(kata)
            case "next":
                return self._judge(kata) + self._go_on()
            case "time":
                return ""
            case _:
                return words_of.help_text(self.screen)

    def _judge(self, kata: Kata) -> str:
        """Judge the module as it stands; untouched ones are not run."""
        standing = grade.grade(self.catalog, [kata], grade.Options(jobs=1), lambda *_: None)[0]
        used = interview.hints_of(self.catalog.root, kata.slug) - max(self.held.part.hints_before,
                                                                      0)
        report = standing.report
        self._change(hints=max(used, 0), verdict=report.verdict if report else None,
                     points=report.points if report else 0.0)
        if report is None:
            told = say("{path} is untouched.", path=self.screen.path(kata.stub))
            return f"{told}\n"
        if report.accepted:
            told = say("Type `next` to go on.")
            return self.screen.render(headline(report, self.screen), told)
        return self.screen.render(*detail(kata, report, self.screen))

    def _talk(self, line: str, asked: str) -> str:
        """Take a line in the question: of the answer, ticks, or a reply to a follow-up."""
        part, result = self.held.part, self._result()
        if part.mark is None:
            if asked == "show":
                return self.opening()
            if line in (".", "。") or asked == "next":
                return self._hand_in(result)
            if asked == "time":
                return ""
            self._change(text=f"{part.text}\n{line}".strip("\n")[:_MOST])
            return ""
        if not part.ticked:
            ticks = words_of.numbers(line, len(result.notes))
            if ticks is None:
                return words_of.no_ticks(len(result.notes), self.screen)
            self._change(ticked=True, ticks=ticks)
        else:
            said = "" if asked in ("next", "time") else line[:_MOST]
            self._change(replies=(*part.replies, said))
        if len(self.held.part.replies) < len(result.follow_ups):
            return words_of.follow_up(self.held, result, self.screen)
        return self._go_on()

    def _hand_in(self, result: ItemResult) -> str:
        """Show the checklist when the answer is long enough to have earned it."""
        if result.mark is Mark.SUBMITTED:
            self._change(mark=result.mark)
            return words_of.checklist(result, self.screen)
        if not self._told_short:
            self._told_short = True
            return words_of.too_short(self.screen)
        self._change(mark=result.mark)
        return self._go_on()

    def _go_on(self) -> str:
        self.tick()
        self.held = replace(self.held, at=self.held.at + 1)
        interview.write(self.catalog.root, self.held)
        return "" if self.held.over else self.opening()

    def _change(self, **fields: object) -> None:
        self.held = self.held.changed(replace(self.held.part, **fields))  # type: ignore[arg-type]
        interview.write(self.catalog.root, self.held)

    def _kata(self) -> Kata:
        return self.catalog.find(self.held.part.name)[0]

    def _item(self) -> Item:
        return explained(self.catalog, self.held.part)[0]

    def _result(self) -> ItemResult:
        return explained(self.catalog, self.held.part)[1]


def explained(catalog: Catalog, part: Part) -> tuple[Item, ItemResult]:
    """Return a question, and what became of the answer typed to it, or else of the sheet's.

    Raises GraderError when the topic's set has it no more.
    """
    found = places(catalog.root, catalog.find(part.name))
    asked = paper.read(found[0]) if found else None
    item = asked.item(part.item) if asked else None
    if not asked or item is None:
        raise GraderError(phrase(
            "mock: the question {item} of {topic} is gone; drop the interview: {command}",
            item=part.item, topic=part.name, command=command("mock", "--drop")))
    if part.text:
        answers = Sheet({item.id: Explained(part.text, part.ticks)})
    else:
        answers = sheet.read(found[0], asked)
    locks = lock.read(found[0].folder, found[0].shown)
    learner = question.identify(os.environ, catalog.root)
    marked = marking.mark(asked, locks, answers, learner)
    return item, next(each for each in marked.items if each.id == item.id)


def debrief(catalog: Catalog, held: Interview, screen: Screen) -> str:
    """Return what became of it: verdicts, hints, minutes, the question's points, what is next."""
    titles, results = {}, {}
    for each in held.parts:
        if each.kind is Kind.QUESTION:
            item, results[each.name] = explained(catalog, each)
            titles[each.name] = item.id
        else:
            titles[each.name] = screen.title(catalog.find(each.name)[0])
    standings = {each.kata.slug: each for each in survey(catalog)}
    open_katas = [each.name for each in held.parts if each.kind is not Kind.QUESTION
                  and standings[each.name].state is not State.SOLVED]
    due = [each.kata.slug for each in review.planned(catalog, rounds.now().date())
           if each.days <= 0 and not each.known.redoing]
    facts = words_of.Facts(titles, results, tuple(open_katas), tuple(due))
    return words_of.debrief(held, facts, screen)
