"""The block of docs/security.md that is made from a run of all attacks at every level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tests.attacks.battle import LEVELS, Result
from tests.attacks.corpus import Attack

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "security.md"
BEGIN, END = "<!-- attacks:begin -->", "<!-- attacks:end -->"
_HEAD = "What remains with layers missing"


def block(results: Sequence[Result]) -> str:
    """Return the table of kinds, and a line for each attack that got through at some level."""
    plain = [each for each in results if not each.attack.guard]
    guards = [each for each in results if each.attack.guard]
    lines = [
        f"`tests/attacks/` holds {len({r.attack.id for r in results})} submissions, each wrong "
        "unless its trick works; `python -m tests.attacks --write` judges them at four levels, "
        "as an ordinary user, whose worker is the same user (as root it is `nobody`), and "
        "writes this table. A number is how many got neither a point nor did harm.",
        "",
        "| kind | attacks | " + " | ".join(level.name for level in LEVELS) + " |",
        "|---|---|" + "---|" * len(LEVELS)]
    for kind, group in groupby(sorted(plain, key=_kind), key=_kind):
        rows = list(group)
        count = len({r.attack.id for r in rows})
        held = " | ".join(_held(rows, level.name, count) for level in LEVELS)
        lines.append(f"| {kind} | {count} | {held} |")
    lines += ["", "What got through:", ""]
    lines += _through(plain) or ["- nothing"]
    lines += ["", "Beaten wherever a suite rests on them alone, at every level (what is measured "
              "inside the worker is the learner's word; see above):", ""]
    lines += [f"- `{each.id}`: {each.tries}"
              for each in sorted({r.attack for r in guards}, key=lambda attack: attack.id)]
    return "\n".join(lines)


def _kind(result: Result) -> str:
    return result.attack.kind


def _held(rows: Sequence[Result], level: str, count: int) -> str:
    """Return how many were held; of how many, where a run was broken off."""
    judged = [row.held for row in rows if row.level == level]
    return f"{sum(judged)}" if len(judged) == count else f"{sum(judged)} of {len(judged)} judged"


def _through(results: Sequence[Result]) -> list[str]:
    lines = []
    for level in LEVELS:
        for each in results:
            if each.level == level.name and not each.held:
                what = [*(["earned points"] if each.credit else []), *each.harms]
                lines.append(f"- {level.name}: `{each.attack.id}` {', '.join(what)}")
    return lines


def write(results: Sequence[Result]) -> None:
    """Put the block between its markers; without markers, at the end of its section."""
    text = DOCUMENT.read_text(encoding="utf-8")
    if BEGIN not in text:
        head, _, rest = text.partition(f"## {_HEAD}\n")
        section, mark, after = rest.partition("\n## ")
        text = f"{head}## {_HEAD}\n{section.rstrip()}\n\n{BEGIN}\n{END}\n{mark}{after}"
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{block(results)}\n{END}{after}", encoding="utf-8")


def committed() -> str:
    """Return the block as it stands in the document."""
    return DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip("\n")


def stale(attacks: Sequence[Attack]) -> list[str]:
    """Return what the committed table says otherwise than the corpus does."""
    text, wrong = committed(), []
    if f"holds {len(attacks)} submissions" not in text:
        wrong.append(f"the table does not count {len(attacks)} attacks")
    plain = [each for each in attacks if not each.guard]
    for kind, group in groupby(sorted(plain, key=lambda a: a.kind), key=lambda a: a.kind):
        count = len(list(group))
        if f"\n| {kind} | {count} | {count} | " not in text:  # with every layer all hold
            wrong.append(f"no row says that all {count} of {kind} are held by every layer")
    wrong += [f"{each.id} is not listed as a beaten guard" for each in attacks
              if each.guard and f"- `{each.id}`: {each.tries}" not in text]
    return wrong
