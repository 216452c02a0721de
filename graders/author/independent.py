"""Solutions that owe nothing to the reference: a blind one, and libraries behind thin adapters.

    tests/independent/<slug>.py              written from statement and stub alone
    tests/independent/<slug>__<library>.py   a library with the kata's names; says at its top
                                             PACKAGES = ("<library>", "what it needs", …)

Both must be ACCEPTED by the suites: what the statement allows and they refuse is wrong with them.
A library is asked whether the suites are right, not whether it is fast, so its limits are longer.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from pathlib import Path

from graders.author.finding import Finding
from graders.judge import packages
from graders.model import Kata

EASE = 6.0  # times the kata's limits for a library: import, general data structures, checks


@dataclass(frozen=True, slots=True)
class Independent:
    """One module to be judged with the packages that it may import."""

    path: Path
    packages: tuple[str, ...] = ()

    def kata(self, kata: Kata) -> Kata:
        """Return `kata` with the limits that hold for this module."""
        return eased(kata) if self.packages else kata


def find(root: Path, kata: Kata) -> list[Independent]:
    """Return the independent solutions of a kata: the blind one first."""
    folder = root / "tests" / "independent"
    blind = folder / f"{kata.slug}.py"
    found = [Independent(blind)] if blind.is_file() else []
    return found + [Independent(path, _declared(path)) for path in _adapters(folder, kata)]


def check(root: Path, kata: Kata) -> list[Finding]:
    """Return what keeps a library's adapter from being judged."""
    findings = []
    for path in _adapters(root / "tests" / "independent", kata):
        shown = path.relative_to(root).as_posix()
        names = _declared(path)
        library = path.stem.partition("__")[2]
        if not names:
            what = f'says no packages; write PACKAGES = ("{library}",) below its docstring'
            findings.append(Finding(shown, 0, "independent", what))
        elif library not in {name.lower().replace("-", "_") for name in names}:
            what = f"is named for {library}, which PACKAGES lacks; name both alike"
            findings.append(Finding(shown, 0, "independent", what))
        for each in names:
            if not packages.is_installed(each):
                what = f"{each} is not installed; add it to the group `independent` of " \
                       "pyproject.toml and run: python3 noxfile.py -s tests --install-only"
                findings.append(Finding(shown, 0, "independent", what))
    return findings


def eased(kata: Kata) -> Kata:
    """Return `kata` with every time limit EASE times as long."""
    return replace(kata, limits=kata.limits.times(EASE, EASE, EASE))


def _adapters(folder: Path, kata: Kata) -> list[Path]:
    return sorted(folder.glob(f"{kata.slug}__*.py"))


def _declared(path: Path) -> tuple[str, ...]:
    """Return PACKAGES of a module as its text says it; empty where it does not, plainly."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError):
        return ()  # the judge says so
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="PACKAGES")], value=ast.Tuple(elts=names)):
                words = [each.value for each in names if isinstance(each, ast.Constant)]
                return tuple(each for each in words if isinstance(each, str))
    return ()
