"""What `grade` and `judge` print: tables, the first failing case, the next command.

The ends of a text always come in this order: verdict, first failing case, next command; the last
line is what to type.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from graders.model import Kata, Report, Status, Verdict
from graders.question.results import SheetResult
from graders.report import question, stages
from graders.report.detail import detail, headline
from graders.report.listing import STATES
from graders.report.screen import Screen, command, named
from graders.report.standing import Standing, State, count, failing, faulty, judged
from graders.report.topics import topic_title
from graders.words import language, say, tell


def grading(
    standings: Sequence[Standing],
    screen: Screen,
    every: bool = False,
    sheets: Sequence[SheetResult] = (),
    whole: bool = False,
) -> str:
    """Return the text of one run of `grade`.

    Details are of the first failing kata, with `every` of all; with `whole` of all, with all of
    their stages.
    """
    every = every or whole
    reports = judged(standings)
    parts: list[RenderableType] = [_by_topic(standings, screen)]
    if reports:
        parts += [Text(), _verdicts(standings, screen)]
    katas = {each.kata.slug: each.kata for each in standings}
    wrong, faults = failing(reports), faulty(reports)
    for each in [*wrong[: None if every else 1], *faults[: None if every else 1]]:
        parts += [Text(), *detail(katas[each.kata], each, screen, whole)]
    parts += [*question.section(sheets, screen, every), Text(), *layers_off(reports, screen)]
    only_sheets = question.failing(sheets) or (question.started(sheets) and not reports)
    if only_sheets and not wrong and not faults:
        parts += question.ending(sheets, screen)
    else:
        parts += _ending(standings, wrong, faults, screen)
    return screen.render(*parts)


def submission(kata: Kata, report: Report, file: str, screen: Screen, whole: bool = False) -> str:
    """Return the text of one judged file; with `whole` also of stages after an unfinished one."""
    parts: list[RenderableType] = []
    if report.tests:
        parts += [_tests(report, screen, 0 if whole else stages.unfinished(report)), Text()]
    told = [headline(report, screen)] if report.accepted else detail(kata, report, screen, whole)
    parts += told
    off = layers_off([report], screen)
    follow, typed = say("Judge it again:"), command("judge", kata.slug, file)
    if report.accepted:
        follow, typed = say("The next kata:"), command("next")
    return screen.render(*parts, Text(), *off, Text(follow), _typed(typed))


def _by_topic(standings: Sequence[Standing], screen: Screen) -> Table:
    """Return progress by topic, and in all when there is more than one."""
    states = (say(STATES[state]) for state in State)
    table = screen.table(say("topic"), "", *states, right=(2, 3, 4))
    topics: dict[str, list[Standing]] = {}
    for each in standings:
        topics.setdefault(each.kata.topic if each.kata.track else "", []).append(each)
    for topic, members in topics.items():  # the tour has no code
        title = topic_title(members[0].kata, language())
        table.add_row(topic, title, *_counts(members))
    if len(topics) > 1:
        table.add_row("", say("total"), *_counts(standings), style="bold")
    return table


def _counts(standings: Sequence[Standing]) -> list[str]:
    return [str(count(standings, state)) for state in State]


def _verdicts(standings: Sequence[Standing], screen: Screen) -> Table:
    table = screen.table(say("verdict"), say("kata"), say("points"), say("CPU s"),
                         right=(2, 3))  # fmt: skip
    for report in judged(standings):
        withheld = report.verdict is Verdict.JUDGE_ERROR
        points = "" if withheld else f"{report.points:g}"
        table.add_row(screen.verdict(report), report.kata, points, f"{report.cpu_s:.2f}")
    return table


def _tests(report: Report, screen: Screen, last: int) -> Table:
    """Return the tests by stage, up to stage `last`; 0: all."""
    table = screen.table(say("test"), say("verdict"), say("CPU s"), say("limit"), right=(2, 3))
    for test in sorted(report.tests, key=lambda test: test.stage):
        if last and test.stage > last:
            break
        style = "green" if test.status is Status.PASSED else "red"
        style = "dim" if test.status is Status.NOT_RUN else style
        cpu = f"{test.cpu_s:.2f}" if test.limit_s else ""
        limit = f"{test.limit_s:g}" if test.limit_s else ""
        table.add_row(test.name, Text(named(test.status), style=style), cpu, limit)
    return table


def layers_off(reports: Sequence[Report], screen: Screen) -> list[Text]:
    """Return a line for each layer of the sandbox that was missing."""
    off = {p.name: p.why for report in reports for p in report.protections if not p.on}
    return [
        Text(say("sandbox: {name} is off ({why})", name=name, why=tell(why)), style="yellow")
        for name, why in off.items()
    ]


def _ending(
    standings: Sequence[Standing], wrong: list[Report], faults: list[Report], screen: Screen
) -> list[Text]:
    """Return what to do next; its last line is a command."""
    if wrong:
        kata = next(each.kata for each in standings if each.kata.slug == wrong[0].kata)
        path, hint = screen.path(kata.stub), command("hint", kata.slug)
        return [
            Text(say("A hint, if you are stuck: {hint}", hint=hint)),
            Text(say("Change {path} and judge it again:", path=path)),
            _typed(command("grade", kata.slug)),
        ]
    if faults:
        return [Text(say("Judge it again:")), _typed(command("grade", faults[0].kata))]
    reports = judged(standings)
    if not reports:
        first = standings[0].kata
        start = say(
            "Start with {slug} ({title}, about {minutes} minutes). Its module: {path}",
            slug=first.slug,
            title=screen.title(first),
            minutes=first.minutes,
            path=screen.path(first.stub),
        )
        return [
            Text(say("Nothing to judge yet: no kata here has been changed.")),
            Text(start),
            _typed(command("show", first.slug)),
        ]
    solved, total = count(standings, State.SOLVED), len(standings)
    told = say(
        "Everything you have started is accepted ({count} of {total}).", count=solved, total=total
    )
    opened = command("answer", reports[0].kata)
    answer = say("The analysis, now that you have solved it: {command}", command=opened)
    one = [Text(answer)] if len(reports) == 1 else []
    return [*one, Text(told), _typed(command("next"))]


def _typed(line: str) -> Text:
    return Text(line, style="bold cyan")
