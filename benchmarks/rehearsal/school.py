"""The instructor's side of a rehearsal: a repository at a tag, two fixes of suites, a cohort.

The repository is a clone of what git has of this one. The first fix is pushed to the learners
before they hand in; the second mends a hidden suite after it was graded by.
"""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.settings import ROOT

FIXED = "katas/algorithms/a01_two_sum/two_sum/test_two_sum.py"
PAGE = "docs/learn.md"
MENDED = "solutions/algorithms/a01_two_sum/two_sum/test_hidden_two_sum.py"
# What some modules get wrong and no suite notices before the second fix; see `learners`.
OVERLOOKED = 77
_FIX = "\n\ndef test_two_zeros_are_a_pair():\n    assert find_pair([0, 0], 0) == (0, 1)\n"
_MENDING = f"""

def test_also_lists_of_{OVERLOOKED}(rng):
    nums, target, pair = planted(rng, {OVERLOOKED})
    assert find_pair(nums, target) == pair
"""
_COHORT = """\
format = 1
id = "rehearsal"
title = "A rehearsal, 彩排 & <more>"
template = "{template}"
version = "{version}"
katas = [{katas}]
deadline = {deadline}
answers_after = "never"

[late]
percent_per_day = 10

"""
_IDENTITY = {"GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org",
             "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "ann@example.org",
             "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_NAMES = ("Ada {n}", "王小明 {n}", "O'Brien, Pat {n}", "=HYPERLINK({n})", "Zoë <b>{n}</b>",
          "Learner {n}")
_AGO = timedelta(hours=30)  # the deadline: what the second collection finds is two days late


def course(folder: Path) -> Path:
    """Return a clone of this repository, at the tag v1."""
    subprocess.run(["git", "clone", "--quiet", "--no-local", "--depth=1", ROOT.as_uri(),
                    str(folder)], check=True)
    git(folder, "tag", "v1")
    return folder


def fix(course: Path) -> None:
    """Commit and tag the first fix: a test more in a visible suite, a line more on a page."""
    _append(course / FIXED, _FIX)
    _append(course / PAGE, "\nRead this line, too.\n")
    git(course, "commit", "--quiet", "--all", "--message", "two_sum: a test for two zeros")
    git(course, "tag", "v2")


def mend(course: Path) -> None:
    """Commit the second fix: a test more in a hidden suite."""
    _append(course / MENDED, _MENDING)
    git(course, "commit", "--quiet", "--all", "--message", "two_sum: lists of some length")


def ids(learners: int) -> list[str]:
    """Return the ids of a roster of so many learners."""
    return [f"l{number:04}" for number in range(learners)]


def roster(path: Path, learners: int) -> None:
    """Write a roster with the kinds of names that there are."""
    rows = [f'{each},"{_NAMES[place % len(_NAMES)].format(n=place)}",{each}@example.org'
            for place, each in enumerate(ids(learners))]
    path.write_text("\n".join(["id,name,email", *rows, ""]), encoding="utf-8")


def settings(cohort: Path, course: Path, version: str, katas: tuple[str, ...]) -> None:
    """Write cohort.toml, for a version of the template; the deadline of the first one stays."""
    path = cohort / "cohort.toml"
    if path.exists():
        text = path.read_text(encoding="utf-8").replace('version = "v1"', f'version = "{version}"')
    else:
        cohort.mkdir(parents=True)
        deadline = (datetime.now(UTC) - _AGO).isoformat(timespec="seconds")
        text = _COHORT.format(template=course, version=version, deadline=deadline,
                              katas=", ".join(f'"{slug}"' for slug in katas))
    path.write_text(text, encoding="utf-8")


def git(folder: Path, *arguments: str, data: bytes | None = None) -> bytes:
    """Run git as the instructor, or a learner, would."""
    return subprocess.run(["git", "-C", str(folder), *arguments], check=True, input=data,
                          stdout=subprocess.PIPE, env={**os.environ, **_IDENTITY}).stdout


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
