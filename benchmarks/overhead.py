"""What a command costs beyond the judging: `grade` and `list` on a copy nobody has worked in.

The copy holds the katas, the graders and a manifest of untouched stubs, like a fresh clone.
`python -c pass` shows what of it is Python's own start.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from benchmarks import accounting
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import ROOT, Settings

_COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "grade, nothing started": ["-m", "graders", "grade"],
    "list": ["-m", "graders", "list"],
}
_REACH = {"grade, nothing started": Reach(0.5), "list": Reach(0.5)}


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return the wall and CPU seconds of each command; a note for one that does not work yet."""
    if not (ROOT / "graders" / "__main__.py").is_file():
        return Finding((), ("skipped: there is no command line yet (graders/__main__.py)",))
    tree = _untouched(scratch / "tree")
    environment = {**os.environ, "KATA_STORE": str(scratch / "store")}
    lines: list[Line] = []
    notes: list[str] = []
    costs: dict[str, list[accounting.Cost]] = {name: [] for name in _COMMANDS}
    for turn in range(settings.rounds + 1):
        for name, words in _COMMANDS.items():
            try:
                cost = accounting.run([sys.executable, *words], tree, environment)
            except RuntimeError as error:
                notes += [f"skipped: {error}"] if not turn else []
                continue
            if turn:  # the first one wrote bytecode
                costs[name].append(cost)
    for name, measured in costs.items():
        if measured:
            lines.append(Line(f"wall, {name}", "s", tuple(cost.wall_s for cost in measured),
                              _REACH.get(name)))
            lines.append(Line(f"CPU, {name}", "s", tuple(cost.cpu_s for cost in measured)))
    return Finding(tuple(lines), tuple(notes))


def _untouched(tree: Path) -> Path:
    """Copy what a learner has into `tree`; the stubs count as shipped."""
    from graders.author.publish import write_manifest

    leave = shutil.ignore_patterns("__pycache__", ".*")
    for name in ("katas", "graders", "solutions"):
        shutil.copytree(ROOT / name, tree / name, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tree)
    write_manifest(tree)
    shutil.rmtree(tree / "solutions")
    return tree
