"""What became of the answers to a question set, on the screen.

Told is which part of an answer is right. What stands in `notes` and `follow_ups` has been earned
by the answer (`question.marking`).
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from graders.question.items import Form
from graders.question.results import ItemResult, Mark, Outcome, SheetResult
from graders.report.question_page import hanging, indented
from graders.report.screen import Screen, command, named
from graders.words import language, mark, say, tell

_STYLES = {
    Mark.RIGHT: "green", Mark.SUBMITTED: "green", Mark.PARTLY: "yellow", Mark.TOO_SHORT: "yellow",
    Mark.WRONG: "red", Mark.NOT_ANSWERED: "dim",
}  # fmt: skip
_TYPED = "bold cyan"


def started(results: Sequence[SheetResult]) -> list[SheetResult]:
    """Return the sheets on which something was answered, unreadable ones too."""
    return [each for each in results if each.outcome is not Outcome.NOT_STARTED]


def failing(results: Sequence[SheetResult]) -> list[SheetResult]:
    """Return the sheets that were started and are not accepted."""
    return [each for each in started(results) if each.outcome is not Outcome.ACCEPTED]


def section(results: Sequence[SheetResult], screen: Screen, every: bool) -> list[RenderableType]:
    """Return what `grade` says of question sets; with `every`, of untouched ones and all items."""
    shown = list(results) if every else started(results)
    if not shown:
        return []
    table = screen.table(say("questions"), say("result"), say("points"), say("answered"),
                         right=(2,))  # fmt: skip
    for each in shown:
        style = "green" if each.outcome is Outcome.ACCEPTED else "yellow"
        marked = [item for item in each.items if item.mark is not Mark.NOT_ANSWERED]
        answered = f"{len(marked)}/{len(each.items)}" if each.items else ""
        points = f"{each.points:g}" if each.items else ""
        table.add_row(each.topic, Text(named(each.outcome), style=style), points, answered)
    parts: list[RenderableType] = [Text(), table]
    for each in shown:
        if each.message:
            parts += [Text(), Text(tell(each.message))]
        elif each.outcome is Outcome.NOT_STARTED:
            parts += [Text(), Text(say("The questions on {topic}:", topic=each.topic)),
                      _show(each.topic)]
        elif every or each in failing(results)[:1]:
            parts += _details(each, screen, every)
    return parts


def ending(results: Sequence[SheetResult], screen: Screen) -> list[Text]:
    """Return what to do next when nothing but questions is left; its last line is a command."""
    wrong = failing(results)
    if not wrong:
        return [Text(say("Every question set you have started is accepted.")),
                Text(command("next"), style=_TYPED)]
    first = wrong[0]
    told = say("Change {path} and have it marked again:", path=first.sheet)
    return [Text(told), Text(command("grade", _code(first.topic)), style=_TYPED)]


def _details(result: SheetResult, screen: Screen, every: bool) -> list[RenderableType]:
    """Return a line for each item; with `every`, what right answers have earned as well."""
    table = screen.table("", "", "")
    table.show_header = False
    for item in result.items:
        table.add_row(f"  {item.id}", Text(say(_MARKS[item.mark]), style=_STYLES[item.mark]),
                      _told(item))
    parts: list[RenderableType] = [Text(), table]
    for item in result.items if every else ():
        if item.notes:
            parts += _earned(item, screen)
    return parts


_MARKS = {
    Mark.RIGHT: mark("right"), Mark.PARTLY: mark("partly right"), Mark.WRONG: mark("not right"),
    Mark.NOT_ANSWERED: mark("not answered"), Mark.SUBMITTED: mark("handed in"),
    Mark.TOO_SHORT: mark("too short"),
}  # fmt: skip


def told_mark(given: Mark) -> str:
    """Return what became of an item, in the language of the terminal."""
    return say(_MARKS[given])


def _told(item: ItemResult) -> str:
    """Return which part of an answer is right."""
    if item.mark is Mark.TOO_SHORT:
        return say("write 30 words or 60 Chinese characters; then you see the model's points")
    if item.mark is Mark.SUBMITTED:
        return say("you ticked {count} of {total} points; no marks for this one",
                    count=len(item.ticks), total=len(item.notes))
    if item.mark is Mark.RIGHT or item.mark is Mark.NOT_ANSWERED:
        return ""
    if item.form is Form.SPOT:
        return _spotted(item)
    if item.agrees == ("option",):
        return say("the option is right; another constraint decides it")
    if item.agrees == ("because",):
        return say("the constraint is the one that decides; it leads to another option")
    return ""


def _spotted(item: ItemResult) -> str:
    told = [say("{found} of {of} lines found", found=item.found, of=item.of)]
    if item.extra:
        told.append(say("named, but not wrong: {count}", count=item.extra))
    if item.differs:
        lines = ", ".join(map(str, item.differs))
        told.append(say("the reason differs at line {lines}", lines=lines))
    return say("; ").join(told)


def _earned(item: ItemResult, screen: Screen) -> list[RenderableType]:
    spoken = language()
    if item.form is not Form.EXPLAIN:
        return [Text(), Text(f"  {item.id}", style="bold"),
                *(indented(Text(each.get(spoken)), 2) for each in item.notes)]
    head = say("{item}: which of these does your text say? Write their numbers into ticks.",
                item=item.id)  # fmt: skip
    parts: list[RenderableType] = [Text(), Text(f"  {head}", style="bold")]
    for number, each in enumerate(item.notes, 1):
        box = "[x]" if number in item.ticks else "[ ]"
        parts.append(hanging(f"{box} {number}  {each.get(spoken)}", 2, 7))
    parts += [Text(), Text("  " + say("And then you are asked:"), style="bold")]
    return parts + [hanging(f"- {each.get(spoken)}", 2, 2) for each in item.follow_ups]


def _show(topic: str) -> Text:
    return Text(command("show", _code(topic), "--question"), style=_TYPED)


def _code(topic_folder: str) -> str:
    return topic_folder.partition("_")[0]
