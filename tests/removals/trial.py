"""One removal tried out in a copy of the tree: applied, its tests run, taken back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

from tests.removals.entries import ROOT, Removal

PARTS = ("graders", "tests", "katas", "solutions", "docs", "pyproject.toml", "noxfile.py",
         # the template's own
         "copier", "copier.yml", ".copier-answers.yml.jinja", "README.md", "README.md.jinja",
         ".gitattributes", ".github", ".gitignore", "LICENSE")
# Judges one right and one wrong submission: a removal that breaks the judge shows nothing.
CONTROL = "tests/removals/test_removals.py::test_a_right_and_a_wrong_submission_are_told_apart"
LONGEST_S = 400
# What fails like this fails for another reason than that the rule is gone.
VACUOUS = ("ImportError", "ModuleNotFoundError", "SyntaxError", "NameError", "Timeout >",
           "IndentationError")
_serial = count(1)


@dataclass(frozen=True, slots=True)
class Place:
    """A copy of the tree, and a store beside it."""

    tree: Path
    store: Path


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one removal; `wrong` is "" when all its tests noticed."""

    removal: Removal
    noticed: tuple[str, ...]
    wall_s: float
    wrong: str = ""

    def row(self) -> str:
        """Return the row of the table."""
        files = ", ".join(dict.fromkeys(each.file for each in self.removal.edits))
        tests = "<br>".join(self.noticed) if not self.wrong else "**NOT NOTICED**"
        return f"| {self.removal.rule} | {files} | {tests} | {self.wall_s:.1f} |"


def prepare(folder: Path) -> Place:
    """Copy what the tests need, by hard links where the file system has them."""
    tree = folder / "tree"
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, tree / part, copy_function=_link, symlinks=True,
                            ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy2(source, tree / part)
    for each in (folder, tree):
        each.chmod(0o755)
    # The tests of the template ask git which files there are.
    subprocess.run(["git", "init", "--quiet", str(tree)], check=True)
    return Place(tree, folder / "store")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def baseline(place: Place, removals: Sequence[Removal]) -> str:
    """Run every test once with all rules in force; return what fails then."""
    tests = sorted({test for each in removals for test in each.tests})
    ran = run(place, [*tests, CONTROL])
    return ran.told if ran.code else ""


def try_out(place: Place, removal: Removal) -> Trial:
    """Apply, run, restore."""
    began_s = time.monotonic()
    kept: dict[Path, Path] = {}
    try:
        for edit in removal.edits:
            path = edit.within(place.tree)
            text = path.read_text(encoding="utf-8")
            if text.count(edit.old) != 1:
                return Trial(removal, (), 0.0, f"`old` occurs {text.count(edit.old)} times in "
                                               f"{edit.file}")
            if path not in kept:
                kept[path] = path.with_suffix(".kept")
                path.rename(kept[path])  # the link itself: its content is the real tree's
            path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")
            # Compiled files are told apart by seconds: no two versions may share one.
            stamp = time.time() - 1_000_000 + 10 * next(_serial)
            os.utime(path, (stamp, stamp))
        tests = [*removal.tests, *([CONTROL] if removal.control else [])]
        wrong, noticed = _judge(removal, run(place, tests, 40 if removal.hang else 120))
    finally:
        for path, original in kept.items():
            original.replace(path)
    return Trial(removal, noticed, time.monotonic() - began_s, wrong)


@dataclass(frozen=True, slots=True)
class Ran:
    """What pytest said: exit code, {test id: its failure's text or ""}, the end of its output."""

    code: int
    outcomes: dict[str, str]
    told: str


def run(place: Place, tests: Sequence[str], timeout_s: int = 120) -> Ran:
    """Run tests in the copy, with its own store; one that takes longer than `timeout_s` fails."""
    results = place.store.parent / "results.xml"
    results.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider",
               f"--timeout={timeout_s}", f"--junitxml={results}", "-o", "junit_family=xunit1",
               *tests]
    environment = {**os.environ, "KATA_STORE": str(place.store)}
    try:
        done = subprocess.run(command, cwd=place.tree, env=environment, capture_output=True,
                              text=True, errors="replace", timeout=LONGEST_S + 60 * len(tests),
                              check=False)
    except subprocess.TimeoutExpired:
        return Ran(-1, {}, "took too long")
    outcomes = {}
    if results.is_file():
        for case in ElementTree.parse(results).iter("testcase"):
            bad = [each for each in case if each.tag in ("failure", "error")]
            skipped = any(each.tag == "skipped" for each in case)
            text = "\n".join(f"{each.tag} {each.get('message')}\n{each.text}" for each in bad)
            outcomes[_id(case)] = "skipped" if skipped else text
    return Ran(done.returncode, outcomes, done.stdout[-6000:])


def _id(case: ElementTree.Element) -> str:
    file, name = case.get("file") or "", case.get("name") or ""
    inside = (case.get("classname") or "").removeprefix(file.removesuffix(".py").replace("/", "."))
    return "::".join([file, *inside.strip(".").split("."), name] if inside else [file, name])


def _judge(removal: Removal, ran: Ran) -> tuple[str, tuple[str, ...]]:
    """Return what is wrong with the run, and the tests that noticed."""
    if ran.code != 1:
        return f"pytest ended with {ran.code}, not with failed tests: {ran.told[-1500:]}", ()
    noticed = []
    for test in removal.tests:
        texts = {name: text for name, text in ran.outcomes.items()
                 if name == test or name.startswith((f"{test}[", f"{test}::"))}
        failed = {name: text for name, text in texts.items() if text and text != "skipped"}
        if not failed:
            return f"{test} passes (or is skipped) without the rule", ()
        for name, text in failed.items():
            first = text.split("\n", 1)[0]
            if removal.hang and "Timeout >" in first:
                continue
            if first.startswith("error ") or any(word in first for word in VACUOUS):
                return f"{name} fails for another reason: {text[:600]}", ()
        noticed.append(next(iter(failed)))
    if removal.control and ran.outcomes.get(CONTROL, "missing"):
        return f"the judge does not work at all: {ran.outcomes.get(CONTROL)}"[:900], ()
    return "", tuple(noticed)
