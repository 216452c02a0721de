"""`progress`: where progress is kept, as the learner chooses, and how much of it there is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from rich.text import Text

from graders.catalog import Catalog
from graders.errors import GraderError
from graders.learn import memory, memory_files, review
from graders.learn.progress import survey
from graders.phrases import phrase
from graders.report.screen import Screen, command
from graders.report.standing import State, count
from graders.words import say

_TYPED = "bold cyan"
_MERGED = f"{memory_files.COMMITTED} merge=union"
_ATTRIBUTES = ".gitattributes"


def page(catalog: Catalog, today: date, screen: Screen) -> str:
    """Return how much is remembered, and where."""
    standings = survey(catalog)
    solved = count(standings, State.SOLVED)
    redoing = [slug for slug, each in memory.read(catalog.root).items() if each.redoing]
    due = [each for each in review.planned(catalog, today)
           if each.days <= 0 and not each.known.redoing]
    told = say("{solved} of {total} katas are accepted as they stand, {begun} begun, {again} begun "
               "again, {due} due for a review.", solved=solved, total=len(standings),
               begun=count(standings, State.ATTEMPTED), again=len(redoing), due=len(due))
    lines = [Text(told)]
    if memory.is_committed(catalog.root):
        lines += [Text(say("Progress is kept in {file}, to be committed with your work. Keep it on "
                           "this machine instead:", file=memory_files.COMMITTED)),
                  Text(command("progress", "--keep", "local"), style=_TYPED)]
    else:
        lines += [Text(say("Progress is kept on this machine, in .kata40/. Keep it in a file that "
                           "you commit instead:")),
                  Text(command("progress", "--keep", "committed"), style=_TYPED)]
    return screen.render(*lines)


def keep(root: Path, committed: bool, screen: Screen) -> str:
    """Keep progress in progress.jsonl, or on this machine; return what to say.

    What is known moves along. Raises GraderError, with nothing moved.
    """
    was = memory.is_committed(root)
    changed = [memory_files.COMMITTED] if was or committed else []
    if committed and _attribute(root):
        changed.append(_ATTRIBUTES)
    if not memory.keep(root, committed):
        raise GraderError(phrase(
            "{file}: cannot be moved; it or .kata40/ cannot be written, or newer graders wrote it: "
            "update graders/", file=memory_files.COMMITTED))
    if committed:
        told = say("Progress is kept in {file} from now on. Commit it with your work:",
                   file=memory_files.COMMITTED)
    else:
        told = say("Progress is kept on this machine from now on, in .kata40/.")
    return screen.render(Text(told), *_commit(changed))


def _attribute(root: Path) -> bool:
    """Have git merge the file by union; return whether .gitattributes was written for that."""
    path = root / _ATTRIBUTES
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if _MERGED in (" ".join(line.split()) for line in text.splitlines()):
            return False
        end = "" if not text or text.endswith("\n") else "\n"
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{end}{_MERGED}\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise GraderError(phrase("{file}: cannot be written ({error}); add the line '{line}' to it "
                                 "yourself", file=_ATTRIBUTES, error=why, line=_MERGED)) from error
    return True


def _commit(changed: Collection[str]) -> list[Text]:
    if not changed:
        return []
    files = " ".join(changed)
    return [Text(f"git add --all {files}", style=_TYPED),
            Text(f'git commit -m "Progress" {files}', style=_TYPED)]
