"""The removals as data: what is taken out of which file, and which tests must notice.

    tests/removals/<part>.toml   format = 1
        [[removal]]
        rule = "…"          the rule's name, as docs/security.md has it
        file = "judge/…"    below graders/; "/copier.yml" is the template's, at the top of the tree
        old = '''…'''       occurs there exactly once
        new = '''…'''       what is left without the rule; "" where that is nothing
        also = [{file, old, new}]   further places where two of them keep the same rule
        tests = ["tests/…::…"]      all of them fail without it
        control = false     the removal stops the judge altogether (it fails closed), or its tests
                            need no judge: that one works all the same need not be shown
        hang = true         without the rule a test does not end, and that is how it fails
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"


@dataclass(frozen=True, slots=True)
class Edit:
    """One place in one file, of the graders or of the template."""

    file: str
    old: str
    new: str

    def within(self, tree: Path) -> Path:
        """Return the file in a tree: below graders/, or with a slash in front below the top."""
        return tree / self.file[1:] if self.file.startswith("/") else tree / "graders" / self.file


@dataclass(frozen=True, slots=True)
class Removal:
    """One rule taken out. `name` is unique: part.number."""

    name: str
    rule: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    control: bool = True
    hang: bool = False


def read() -> list[Removal]:
    """Return all removals, in the order of the files."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        assert held.pop("format") == 1, path.name
        for number, entry in enumerate(held["removal"], 1):
            edits = [Edit(**{key: entry.pop(key) for key in ("file", "old", "new")})]
            edits += [Edit(**each) for each in entry.pop("also", [])]
            found.append(Removal(f"{path.stem}.{number}", entry.pop("rule"), tuple(edits),
                                 tuple(entry.pop("tests")), **entry))
    return found


def rules() -> dict[str, str]:
    """Return {name: last cell} of the table under `## Rules` of the page."""
    section = PAGE.read_text(encoding="utf-8").split("\n## Rules\n", 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in section.splitlines() if line.startswith("| ")]
    return {row[0].strip("*"): row[-1] for row in rows if row[0] != "rule"}
