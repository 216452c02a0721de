"""What a mock interview says: its parts, the clock, the checklist, the debrief."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from graders.learn.interview import Interview, Kind, Part
from graders.model import Kata, Verdict
from graders.question.items import Item
from graders.question.results import ItemResult, Mark
from graders.report.question import told_mark
from graders.report.question_page import hanging, indented
from graders.report.screen import Screen, command, meaning
from graders.words import language, mark, say

_TYPED = "bold cyan"
KINDS = {
    Kind.WARM_UP: mark("warm-up"), Kind.KATA: mark("kata"), Kind.QUESTION: mark("question"),
}  # fmt: skip
# What may be typed, in either language; an empty line asks for the time.
_COMMANDS = {
    "show": ("show", "s", "题面"), "hint": ("hint", "h", "提示"), "grade": ("grade", "g", "评测"),
    "next": ("next", "n", "下一个"), "time": ("time", "t", "时间", ""),
    "pause": ("pause", "q", "quit", "exit", "暂停"),
}  # fmt: skip
_HELP = {
    "show": mark("the statement"), "hint": mark("the next hint; it is counted"),
    "grade": mark("judge your module as it stands"),
    "next": mark("judge it and go on to the next part"), "time": mark("the time"),
    "pause": mark("stop the clock and leave; `mock` goes on"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the debrief needs beside the interview, by the names of parts."""

    titles: Mapping[str, str]
    results: Mapping[str, ItemResult]
    open_katas: tuple[str, ...]
    due: tuple[str, ...]


def command_of(line: str) -> str:
    """Return the command that a line is, or ""."""
    word = line.strip().lower()
    return next((name for name, words in _COMMANDS.items() if word in words), "")


def numbers(line: str, most: int) -> tuple[int, ...] | None:
    """Return the numbers in a line, none where it is empty; None where it is anything else."""
    if not re.fullmatch(r"[\d\s,，、;；.]*", line):
        return None
    found = {int(each) for each in re.findall(r"\d{1,4}", line)}
    return tuple(sorted(found)) if all(1 <= each <= most for each in found) else None


def welcome(held: Interview, resumed: bool, screen: Screen) -> str:
    """Return the plan of the interview."""
    table = screen.table("", "", say("minutes"), right=(2,))
    for number, each in enumerate(held.parts):
        style = "bold" if number == held.at else "dim"
        name = each.name if each.kind is not Kind.QUESTION else f"{each.name} {each.item}"
        table.add_row(say(KINDS[each.kind]), name, str(each.minutes), style=style)
    told = say("A mock interview of {minutes} minutes (seed {seed}).", minutes=held.minutes,
               seed=held.seed)
    if resumed:
        told = say("The interview goes on, at {used} of {minutes} minutes.",
                   used=_clock(held.spent_s), minutes=held.minutes)
    return screen.render(Text(told, style="bold"), table, Text())


def kata(held: Interview, asked: Kata, screen: Screen) -> str:
    """Return what a kata's part is about."""
    about = say("{slug}: {title}. About {minutes} minutes.", slug=asked.slug,
                title=screen.title(asked), minutes=held.part.minutes)
    module = say("Module: {path}", path=screen.path(asked.stub))
    return screen.render(*_head(held), Text(about), Text(module), Text(), *_help(screen))


def question(held: Interview, item: Item, result: ItemResult, screen: Screen) -> str:
    """Return the question, and how it is answered; or where one was in it."""
    parts: list[RenderableType] = [*_head(held), Text(item.ask.get(language())), Text()]
    if held.part.mark is None:
        told = say("Type your answer, in as many lines as you like; a line with a dot alone hands "
                   "it in. Speak it aloud as you go.")
        if held.part.text:
            parts += [Text(say("So far:")), *_quoted(held.part.text), Text()]
        return screen.render(*parts, Text(told))
    if not held.part.ticked:
        return screen.render(*parts) + checklist(result, screen)
    return screen.render(*parts) + follow_up(held, result, screen)


def clock(held: Interview) -> str:
    """Return the time of the whole, and of the part under way."""
    if held.over:
        return ""
    whole = f"{_clock(held.spent_s)}/{held.minutes}:00"
    part = f"{_clock(held.part.spent_s)}/{held.part.minutes}:00"
    return f"[{whole} · {held.at + 1} {part}] "


def time_is_up(held: Interview, screen: Screen) -> str:
    """Return that the minutes are over; nothing else happens then."""
    told = say("The {minutes} minutes are over. Go on as long as you like; the debrief tells how "
               "long it took.", minutes=held.minutes)
    return screen.render(Text(), Text(told, style="bold yellow"))


def paused(screen: Screen) -> str:
    """Return how to go on."""
    return screen.render(
        Text(say("The clock stands still. Go on, or drop it:")),
        Text(command("mock"), style=_TYPED), Text(command("mock", "--drop"), style=_TYPED))


def help_text(screen: Screen) -> str:
    """Return what may be typed."""
    return screen.render(*_help(screen))


def too_short(screen: Screen) -> str:
    """Return what an answer lacks."""
    told = say("Too short to open the checklist: write 30 words or 60 Chinese characters. Go on, "
               "or hand it in as it is by another dot.")
    return screen.render(Text(told))


def checklist(result: ItemResult, screen: Screen) -> str:
    """Return the points of the model answer, to be ticked."""
    rows = [hanging(f"{number:>2}  {each.get(language())}", 2, 4)
            for number, each in enumerate(result.notes, 1)]
    told = say("Which of these did you say? Type their numbers, like 1 3; nothing for none.")
    return screen.render(Text(), *rows, Text(), Text(told))


def no_ticks(most: int, screen: Screen) -> str:
    """Return how ticks are typed."""
    return screen.render(Text(say("Type numbers from 1 to {most}, like 1 3; nothing for none.",
                                  most=most)))


def follow_up(held: Interview, result: ItemResult, screen: Screen) -> str:
    """Return the next follow-up question."""
    number = len(held.part.replies)
    asked = result.follow_ups[number].get(language())
    head = say("Follow-up {number} of {total}:", number=number + 1, total=len(result.follow_ups))
    told = say("Answer aloud or in a line, then Enter.")
    return screen.render(Text(), Text(head, style="bold"), indented(Text(asked), 2), Text(told))


def debrief(held: Interview, facts: Facts, screen: Screen) -> str:
    """Return how it went, part by part, and what to do about it."""
    table = screen.table(say("part"), "", say("result"), say("points"), say("hints"),
                         say("minutes"), right=(3, 4, 5))  # fmt: skip
    for each in held.parts:
        is_kata = each.kind is not Kind.QUESTION
        table.add_row(
            say(KINDS[each.kind]), f"{each.name}  {facts.titles[each.name]}", *_became(each),
            f"{each.points:g}" if is_kata else "", str(each.hints) if is_kata else "",
            say("{minutes} of {budget}", minutes=_clock(each.spent_s), budget=each.minutes))
    total = say("In all {used} of {minutes} minutes.", used=_clock(held.spent_s),
                minutes=held.minutes)
    parts: list[RenderableType] = [Text(say("Debrief"), style="bold"), table, Text(), Text(total)]
    for each in held.parts:
        if each.name in facts.results and each.ticked:
            parts += _talked(each, facts.results[each.name])
    return screen.render(*parts, Text(), *_onward(held, facts))


def _became(part: Part) -> list[Text]:
    if part.mark is not None:
        style = "green" if part.mark is Mark.SUBMITTED else "yellow"
        return [Text(told_mark(part.mark), style=style)]
    if part.verdict is not None:
        style = "green" if part.verdict is Verdict.ACCEPTED else "red"
        return [Text(meaning(part.verdict), style=style)]
    return [Text(say("not begun"), style="dim")]


def _talked(part: Part, result: ItemResult) -> list[RenderableType]:
    """Return the checklist as it was ticked, and what was said to the follow-ups."""
    told = say("{item}: you said {count} of {total} points.", item=part.item,
               count=len(part.ticks), total=len(result.notes))
    rows: list[RenderableType] = [Text(), Text(told, style="bold")]
    for number, each in enumerate(result.notes, 1):
        box = "[x]" if number in part.ticks else "[ ]"
        rows.append(hanging(f"{box} {each.get(language())}", 2, 4))
    for each, reply in zip(result.follow_ups, part.replies, strict=False):
        rows += [Text(), hanging(f"- {each.get(language())}", 2, 2), *_quoted(reply or "…")]
    return rows


def _onward(held: Interview, facts: Facts) -> list[Text]:
    lines = []
    if facts.due:
        lines += [Text(say("Due for a review: {slugs}.", slugs=", ".join(facts.due))),
                  Text(command("review"), style=_TYPED)]
    if facts.open_katas:
        begun = {each.name for each in held.parts if each.verdict is not None}
        lines.append(Text(say("Not accepted yet; go on with:")))
        lines += [Text(command("grade" if slug in begun else "show", slug), style=_TYPED)
                  for slug in facts.open_katas]
    if not lines:
        lines = [Text(say("The next kata:")), Text(command("next"), style=_TYPED)]
    return lines


def _head(held: Interview) -> list[RenderableType]:
    told = say("Part {number} of {total}: {kind}", number=held.at + 1, total=len(held.parts),
               kind=say(KINDS[held.part.kind]))
    return [Text(told, style="bold"), Text()]


def _help(screen: Screen) -> list[RenderableType]:
    return list(screen.rows([(name, say(about)) for name, about in _HELP.items()]))


def _quoted(text: str) -> list[RenderableType]:
    return [indented(Text(line, style="dim"), 4) for line in text.splitlines()]


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
