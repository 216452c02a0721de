"""`review`: which katas to do again, and the stub put back in the place of an old solution.

    solution ── kept by git, read back ── stub in its place ── a further round begins
                                          └── --restore: the solution again

In this order: whatever ends the command half-way, the solution is in the work tree or kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.text import Text

from graders import stubs
from graders.catalog import Catalog
from graders.errors import GraderError, Withheld
from graders.learn import kept, memory, module_file, pristine, rounds, schedule
from graders.learn.memory import Memory, Rating
from graders.model import Kata
from graders.phrases import phrase
from graders.report.screen import Screen, command
from graders.words import mark, say, say_n

_TYPED = "bold cyan"
RATINGS = {
    Rating.AGAIN: mark("given up"), Rating.HARD: mark("with effort"), Rating.GOOD: mark("well"),
    Rating.EASY: mark("at once"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A kata that was solved or given up, and in how many days it comes back; negative: overdue."""

    kata: Kata
    days: int
    known: Memory


def planned(catalog: Catalog, today: date) -> tuple[Due, ...]:
    """Return the katas that come back, the most urgent first."""
    remembered = memory.read(catalog.root)
    found = []
    for kata in catalog.katas:
        known = remembered.get(kata.slug, Memory())
        days = days_left(kata, known, today)
        if days is not None:
            found.append(Due(kata, days, known))
    return tuple(sorted(found, key=lambda each: each.days))


def days_left(kata: Kata, known: Memory, today: date) -> int | None:
    """Return in how many days a kata comes back; None where it does not, as the tour."""
    return schedule.days_left(known, today) if kata.track else None


def page(catalog: Catalog, today: date, screen: Screen) -> str:
    """Return what comes back and when."""
    every = planned(catalog, today)
    if not every:
        told = say("Nothing to review yet: katas come back after you have solved or given them up.")
        return screen.render(Text(told), Text(command("next"), style=_TYPED))
    headings = (say("kata"), say("title"), say("minutes"), say("last time"), say("went"))
    table = screen.table(*headings, say("review"), right=(2,))
    for each in every:
        last = rounds.latest(each.known)
        went = say(RATINGS[last.rating]) if last else ""
        style = "bold" if each.days <= 0 else "dim"
        table.add_row(each.kata.slug, screen.title(each.kata), str(each.kata.minutes),
                      last.day if last else "", went, when(each), style=style)  # fmt: skip
    now = [each for each in every if each.days <= 0 and not each.known.redoing]
    if now:
        told = say_n("{count} kata is due. Begin it again from its stub; your solution is kept:",
                     "{count} katas are due. Begin one again from its stub; your solution is kept:",
                     len(now))
        typed = command("review", now[0].kata.slug)
    else:
        told, typed = say("Nothing else is due today. The next kata:"), command("next")
    return screen.render(table, Text(), Text(told), Text(typed, style=_TYPED))


def when(due: Due) -> str:
    """Return when a kata comes back, in words."""
    if due.known.redoing:
        return say("begun again")
    if due.days == 0:
        return say("today")
    if due.days < 0:
        return say_n("due for {count} day", "due for {count} days", -due.days)
    return say_n("in {count} day", "in {count} days", due.days)


def start(catalog: Catalog, kata: Kata, screen: Screen) -> str:
    """Put the stub of a kata in the place of its solution; return what to say.

    Raises GraderError, and changes nothing, where the solution would not be safe.
    """
    root = catalog.root
    known = memory.read(root).get(kata.slug, Memory())
    if not known.reviews:
        raise Withheld(phrase("{slug}: is not known here as solved or given up; judge it first: "
                              "{command}", slug=kata.slug, command=command("grade", kata.slug)))
    data = module_file.read(root, kata)
    if _is_stub(root, kata, data):
        noted = _note(root, kata) if known.rated else True
        lines = [Text(say("{path} is the stub already. Read the statement:",
                          path=screen.path(kata.stub)))]
        return screen.render(*lines, *_unnoted(noted), Text(command("show", kata.slug), _TYPED))
    if known.redoing and not _was_accepted(known, data):
        lines = [Text(say("You are doing it again already, and {path} is left as it stands. Judge "
                          "it:", path=screen.path(kata.stub))),
                 Text(command("grade", kata.slug), style=_TYPED),
                 Text(say("Or take back the solution you had:"))]
        return screen.render(*lines, Text(command("review", kata.slug, "--restore"), _TYPED))
    number, noted = redo(root, kata, data)
    ref = kept.ref(kata.slug, number)
    lines = [Text(say("{path} is the stub again, about {minutes} minutes.",
                      path=screen.path(kata.stub), minutes=kata.minutes), style="bold"),
             Text(say("Git keeps your solution as {ref}. Get it back any time:", ref=ref)),
             Text(command("review", kata.slug, "--restore"), style=_TYPED),
             *_unnoted(noted), Text(say("Read the statement:"))]
    return screen.render(*lines, Text(command("show", kata.slug), style=_TYPED))


def prepare(root: Path, kata: Kata, data: bytes) -> None:
    """Have a further round begin from the stub, whatever the module, `data`, is now.

    Raises GraderError, with the module as it was.
    """
    if _is_stub(root, kata, data):
        _note(root, kata)
    else:
        redo(root, kata, data)


def redo(root: Path, kata: Kata, data: bytes) -> tuple[int, bool]:
    """Keep the module, `data`, and put the stub there; return its number, and if that was noted.

    Raises GraderError, with the module as it was.
    """
    fresh = pristine.stub(root, kata)
    if b"\r\n" in data:  # an editor or git wants it so; hashes do not mind
        fresh = fresh.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    number = kept.keep(root, kata.slug, data)
    module_file.replace(root, kata, fresh, data)
    return number, _note(root, kata)


def restore(catalog: Catalog, kata: Kata, number: int | None, screen: Screen) -> str:
    """Put a kept solution back: that of a number, else the newest; return what to say.

    What stands there now is kept first, unless it is the stub. Raises GraderError.
    """
    root = catalog.root
    data = module_file.read(root, kata)
    every = kept.versions(root, kata.slug)
    others = {n: each for n, each in every.items() if each != data}
    wanted = number or next(iter(others), 0)
    if wanted not in every:
        if number:
            raise GraderError(phrase("{slug}: no solution {number} is kept; there are: {known}",
                                     slug=kata.slug, number=number,
                                     known=", ".join(map(str, sorted(every))) or "-"))
        raise Withheld(phrase("{slug}: no other solution is kept than the one that stands there",
                              slug=kata.slug))
    stub = _is_stub(root, kata, data)
    own = 0 if stub or data == every[wanted] else kept.keep(root, kata.slug, data)
    module_file.replace(root, kata, every[wanted], data)
    lines = [Text(say("{path} is solution {number} again.", path=screen.path(kata.stub),
                      number=wanted), style="bold")]
    if own:
        lines.append(Text(say("What stood there is kept as number {number}: --restore --number "
                              "{number}", number=own)))
    lines.append(Text(say("Judge it:")))
    return screen.render(*lines, Text(command("grade", kata.slug), style=_TYPED))


def _was_accepted(known: Memory, data: bytes) -> bool:
    """Whether a module is the solution of an earlier round."""
    digest = stubs.stub_hash(data)
    return any(each.sha256 and digest.startswith(each.sha256) for each in known.reviews)


def _is_stub(root: Path, kata: Kata, data: bytes) -> bool:
    shipped = stubs.known_stubs(root / "katas").get(kata.slug, frozenset())
    return stubs.stub_hash(data) in shipped


def _note(root: Path, kata: Kata) -> bool:
    at = rounds.now()
    return memory.change(root, kata.slug, lambda known: rounds.anew(known, at))


def _unnoted(noted: bool) -> list[Text]:
    told = say("It cannot be noted that you begin again (.kata40/ cannot be written).")
    return [] if noted else [Text(told)]
