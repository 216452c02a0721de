"""A small course on disk: an instructor's repository of two katas, a cohort, learners' work.

    <tmp>/course     katas/, solutions/, graders/ (one file): what the instructor has
    <tmp>/cohort     cohort.toml, roster.csv, repos/<id>
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from graders import catalog, stubs
from graders.cohort import database, gradebook, roster
from graders.cohort.collect import Mode, Task, collect
from graders.cohort.course import Course, course
from graders.cohort.marks import Mark
from graders.cohort.run import Graded, Options, grade
from graders.cohort.shipped import shipped
from graders.model import Kata, Learner

SUM = "katas/algorithms/a01_sums/total_up/total_up.py"
STEPS = "katas/algorithms/a01_sums/two_steps/two_steps.py"
SUM_SUITE = "katas/algorithms/a01_sums/total_up/test_total_up.py"
_TOML = """\
format = 1
title = {{ en = "{slug}", zh = "{slug}" }}
kind = "implement"
difficulty = 1
minutes = 10
order = {order}
core = true
aka = []
prerequisites = []
source = "A01"
services = []
packages = []
network = false
processes = 0
threads = 0
open_files = 64
{stages}
[hints]
en = ["a", "b", "c"]
zh = ["一", "二", "三"]
[api]
functions = [{functions}]
[limits]
test_cpu_s = {limit}
"""
_STAGES = """\
[[stages]]
title = { en = "First", zh = "其一" }
points = 60
[[stages]]
title = { en = "Second", zh = "其二" }
points = 40
"""
STUB_SUM = '"""Sums."""\n\n\ndef total(numbers):\n    raise NotImplementedError\n'
STUB_STEPS = ('"""Steps."""\n\n\ndef first(number):\n    raise NotImplementedError\n\n\n'
              "def second(number):\n    raise NotImplementedError\n")
RIGHT_SUM = '"""Sums."""\n\n\ndef total(numbers):\n    return sum(numbers)\n'
WRONG_SUM = '"""Sums."""\n\n\ndef total(numbers):\n    return len(numbers)\n'
VISIBLE_ONLY = RIGHT_SUM.replace("sum(numbers)", "sum(numbers) if len(numbers) < 9 else 0")
SLOW_SUM = '"""Sums."""\n\n\ndef total(numbers):\n    while True:\n        pass\n'
RIGHT_STEPS = '"""Steps."""\n\n\ndef first(number):\n    return number + 1\n\n\n' \
              "def second(number):\n    return number * 2\n"
HALF_STEPS = '"""Steps."""\n\n\ndef first(number):\n    return number + 1\n\n\n' \
             "def second(number):\n    return number\n"
_SUITE_SUM = """\
from total_up import total


def test_nothing_is_zero():
    assert total([]) == 0


def test_some_numbers():
    assert total([3, 4]) == 7
"""
_HIDDEN_SUM = """\
from total_up import total


def test_SECRET_many_numbers(rng):
    numbers = [rng.randrange(9) for _ in range(20)]
    assert total(numbers) == sum(numbers)
"""
_SUITE_STEPS = """\
import pytest
from two_steps import first, second


@pytest.mark.stage(1)
def test_first():
    assert first(1) == 2


@pytest.mark.stage(2)
def test_second():
    assert second(3) == 6
"""
_HIDDEN_STEPS = """\
import pytest
from two_steps import first, second


@pytest.mark.stage(1)
def test_SECRET_first():
    assert first(5) == 6


@pytest.mark.stage(2)
def test_SECRET_second():
    assert second(5) == 10
"""
COHORT_TOML = """\
format = 1
title = "Algorithms, spring"
id = "spring"
template = "{course}"
version = "v1"
katas = ["total_up", "two_steps"]
deadline = 2026-03-01T12:00:00+00:00
"""
_GIT = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false",
        "-c", "init.defaultBranch=main")


def git(folder: Path, *arguments: str, **env: str) -> str:
    """Run git as a learner would."""
    done = subprocess.run(["git", "-C", str(folder), *_GIT, *arguments], check=True, text=True,
                          capture_output=True, env={**os.environ, **env})
    return done.stdout.strip()


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def course_files() -> dict[str, str]:
    base, hidden = "katas/algorithms/a01_sums", "solutions/algorithms/a01_sums"
    manifest = {"total_up": [stubs.stub_hash(STUB_SUM.encode())],
                "two_steps": [stubs.stub_hash(STUB_STEPS.encode())]}
    known = {slug: frozenset(hashes) for slug, hashes in manifest.items()}
    return {
        f"{base}/total_up/kata.toml": _TOML.format(
            slug="total_up", order=10, stages="", functions='"total"', limit=0.5),
        f"{base}/total_up/test_total_up.py": _SUITE_SUM,
        SUM: STUB_SUM,
        f"{hidden}/total_up/test_hidden_total_up.py": _HIDDEN_SUM,
        f"{hidden}/total_up/total_up.py": RIGHT_SUM,
        f"{base}/two_steps/kata.toml": _TOML.format(
            slug="two_steps", order=20, stages=_STAGES, functions='"first", "second"', limit=0.5),
        f"{base}/two_steps/test_two_steps.py": _SUITE_STEPS,
        STEPS: STUB_STEPS,
        f"{hidden}/two_steps/test_hidden_two_steps.py": _HIDDEN_STEPS,
        f"{hidden}/two_steps/two_steps.py": RIGHT_STEPS,
        "graders/__init__.py": '"""The judge."""\n',
        "noxfile.py": "# sessions\n",
        "katas/conftest.py": "# fixtures\n",
        "katas/manifest.json": stubs.render(stubs.document(known)).decode(),
    }


@dataclass(frozen=True)
class World:
    """Course and cohort of one test."""

    course: Path
    cohort: Path

    @property
    def katas(self) -> tuple[Kata, ...]:
        return catalog.load(self.course).katas

    def learners(self) -> tuple[Learner, ...]:
        return roster.read(self.cohort / "roster.csv")

    def task(self, learners: tuple[Learner, ...] | None = None) -> Task:
        return Task(self.cohort, self.course, learners or self.learners(), self.katas,
                    shipped(self.course, self.katas))

    def opened(self, *names: str) -> Course:
        return course(self.course, self.cohort, names)

    def collect(self) -> None:
        with database.opened(self.cohort) as connection:
            collect(connection, self.task(), Mode(again=True), lambda done, total, who: None)

    def grade(self, store: Path, jobs: int | None = 2) -> Graded:
        with database.opened(self.cohort) as connection:
            return grade(connection, self.opened(), Options(jobs, store),
                         lambda done, total, slug: None)

    def marks(self) -> dict[str, dict[str, Mark]]:
        with database.opened(self.cohort) as connection:
            book = gradebook.read(connection, self.opened())
        return {row.learner.id: {each.slug: each for each in row.marks} for row in book.rows}

    def repo(self, learner: str) -> Path:
        return self.cohort / "repos" / learner

    def add(self, learner: str, files: dict[str, str] | None = None) -> Path:
        """Make a learner's repository: what was shipped, and `files` instead."""
        folder = self.repo(learner)
        folder.mkdir(parents=True)
        git(folder, "init", "-q", "-b", "main")
        shipped_files = {name: text for name, text in course_files().items()
                         if not name.startswith("solutions/")}
        write(folder, {**shipped_files, **(files or {})})
        self.commit(learner)
        return folder

    def commit(self, learner: str, files: dict[str, str] | None = None, **env: str) -> str:
        folder = self.repo(learner)
        write(folder, files or {})
        git(folder, "add", "-A", "-f")
        git(folder, "commit", "-q", "--allow-empty", "-m", "work", **env)
        return git(folder, "rev-parse", "HEAD")


def world(folder: Path, learners: tuple[str, ...], toml: str = COHORT_TOML) -> World:
    """Make a course, and a cohort with these learners on its roster; nobody has a repository."""
    course, cohort = folder / "course", folder / "cohort"
    write(course, course_files())
    git(folder, "init", "-q", "-b", "main", str(course))
    git(course, "add", "-A")
    git(course, "commit", "-q", "-m", "course")
    git(course, "tag", "v1")
    rows = "".join(f"{each},{each.title()} Name,{each}@example.org,\n" for each in learners)
    write(cohort, {"cohort.toml": toml.format(course=course),
                   "roster.csv": f"id,name,email,repo\n{rows}"})
    return World(course, cohort)
