"""What the commands on marks print: tables and lines, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from graders.cohort import markdown, pages
from graders.cohort.deliver import Delivered
from graders.cohort.fetch import State
from graders.cohort.gradebook import Gradebook
from graders.cohort.marks import Standing
from graders.cohort.notes import Act, RequestRow
from graders.cohort.regrade import Moved
from graders.cohort.run import Graded
from graders.cohort.seen import STATES
from graders.cohort.snapshots import Snapshot
from graders.cohort.viva import Viva
from graders.report.screen import Screen
from graders.words import say, say_n, tell

_SHOWN = 40  # lines of a kind; the HTML page has them all


def collected(found: Sequence[Snapshot], screen: Screen) -> str:
    """Return what one collection came to: problems, refused files, changed suites."""
    lines = []
    for each in found:
        if each.problem:
            lines.append(f"{each.learner}: {tell(each.problem)}")
        lines += [f"{each.learner}, {file.slug}: {say(STATES[file.state])}"
                  for file in each.files if file.state is not State.TAKEN]
        if each.changes:
            paths = ", ".join(change.path for change in each.changes[:4])
            more = f", … ({len(each.changes)})" if len(each.changes) > 4 else ""
            lines.append(say("{learner}: not as it was shipped: {paths}", learner=each.learner,
                             paths=paths + more))
    good = sum(not each.problem for each in found)
    told = say("{count} of {total} repositories collected.", count=good, total=len(found))
    return screen.render(*_some(lines), Text(told))


def graded(did: Graded, changed: Sequence[Moved], screen: Screen) -> str:
    """Return what one run judged, and whose mark a mended suite changed."""
    lines = [say("{learner}, {slug}: {before} -> {after}", learner=each.learner.id,
                 slug=each.after.slug, before=pages.shown(each.before.points),
                 after=pages.shown(each.after.points)) for each in changed]
    if did.anew:
        lines.append(say_n("{count} mark changed, under new suites of {slugs}.",
                           "{count} marks changed, under new suites of {slugs}.", len(changed),
                           slugs=", ".join(did.anew)))
    if did.withheld:
        lines.append(say_n("{count} submission withheld: the judge failed on it twice; run this "
                           "again.", "{count} submissions withheld: the judge failed on them "
                           "twice; run this again.", did.withheld))
    lines += [say("{address}: this worker was given nothing: {why}", address=address,
                  why=tell(why)) for address, why in did.refused]
    told = say("{judged} judged, {known} known before, {untouched} not started.",
               judged=did.judged, known=did.known, untouched=did.untouched)
    return screen.render(*map(Text, lines), Text(told))


def status(book: Gradebook, fetched: Sequence[Snapshot], look: Sequence[str],
           screen: Screen) -> str:
    """Return where a cohort stands: kata by kata, and what to look at."""
    headings = (say("kata"), say("judged"), say("accepted"), say("not started"),
                say("not judged yet"), say("mean"))
    table = screen.table(*headings, right=(1, 2, 3, 4, 5))
    for place, kata in enumerate(book.katas):
        marks = [row.marks[place] for row in book.rows]
        known = [each.points for each in marks if each.points is not None]
        table.add_row(
            kata.slug, str(sum(each.standing is Standing.JUDGED for each in marks)),
            str(sum(each.verdict == "ACCEPTED" for each in marks)),
            str(sum(each.standing is Standing.UNTOUCHED for each in marks)),
            str(sum(each.standing in (Standing.PENDING, Standing.WITHHELD) for each in marks)),
            f"{sum(known) / len(known):.1f}" if known else "")
    good = [each.fetched for each in fetched if not each.problem]
    told = say("{count} of {total} repositories collected, the last at {at}.", count=len(good),
               total=len(book.rows), at=max(good, default="–"))
    return screen.render(Text(told), Text(), table, *([Text()] if look else []), *_some(look))


def marks(book: Gradebook, screen: Screen) -> str:
    """Return the marks of a whole cohort."""
    slugs = [kata.slug for kata in book.katas]
    table = screen.table(say("learner"), *slugs, say("total"),
                         right=tuple(range(1, len(slugs) + 2)))
    for row in book.rows:
        table.add_row(row.learner.id, *(_short(each.points, each.override is not None)
                                        for each in row.marks), f"{row.total:g}")
    return screen.render(table)


def _short(points: float | None, overridden: bool) -> str:
    return pages.shown(points) + ("*" if overridden else "")


def one(book: Gradebook, learner: str, screen: Screen) -> str:
    """Return how each mark of one learner came about."""
    row = next(each for each in book.rows if each.learner.id == learner)
    table = screen.table(say("kata"), say("points"), say("earned"), say("days late"),
                         say("result"), say("why"), right=(1, 2, 3, 4))
    for each in row.marks:
        table.add_row(each.slug, pages.shown(each.points), f"{each.earned:g}",
                      str(each.days_late or ""), str(each.result or ""), pages.why(each))
    return screen.render(Text(f"{row.learner.name} ({row.learner.id})"), Text(), table)


def delivered(did: Delivered, screen: Screen) -> str:
    """Return what was delivered, and where it could not be."""
    lines = [f"{learner}: {tell(why)}" for learner, why in did.problems]
    told = say("{sent} delivered, {same} had it already, {failed} could not be reached.",
               sent=len(did.sent), same=did.same, failed=len(did.problems))
    return screen.render(*_some(lines), Text(told))


def requests(rows: Sequence[RequestRow], screen: Screen) -> str:
    """Return the requests for another look."""
    state = {"open": say("open"), "granted": say("granted"), "declined": say("declined")}
    table = screen.table("#", say("learner"), say("kata"), say("state"), say("text"), right=(0,))
    for each in rows:
        text = f"{each.text}\n{each.answer}" if each.answer else each.text
        table.add_row(str(each.id), each.learner, each.slug, state[each.stage], text)
    return screen.render(table)


def audit(acts: Sequence[Act], screen: Screen) -> str:
    """Return the audit trail."""
    table = screen.table(say("at"), say("author"), say("act"), say("learner"), say("kata"),
                         say("text"))
    for each in acts:
        table.add_row(each.at, each.author, each.act, each.learner, each.slug, each.told)
    return screen.render(table)


def vivas(every: Sequence[Viva]) -> str:
    """Return the questions and keys as Markdown, a page for each learner."""
    lines = []
    for each in every:
        lines += [f"# {markdown.plain(each.name)} ({each.learner})", ""]
        if len(each.questions) < 3:
            lines += [say("Their accepted code gives {count} of three questions.",
                          count=len(each.questions)), ""]
        for number, question in enumerate(each.questions, 1):
            lines += [f"{number}. **{question.slug}** {question.ask}", ""]
            lines += [f"   - {choice}" for choice in question.choices]
            lines += [""] if question.choices else []
            lines += ["   " + say("Key: {key}", key=question.key), ""]
    return "\n".join(lines) + "\n"


def _some(lines: Sequence[str]) -> list[Text]:
    shown = [Text(line) for line in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        shown.append(Text(say("… and {count} more; `gradebook export --format html` has them all",
                              count=len(lines) - _SHOWN)))
    return shown

