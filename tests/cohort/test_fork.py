"""A fork of `starter`, outside any cohort: it gets a new version by plain `git merge`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from graders.author.publish import STARTER, publish
from tests.cohort.small import CACHE, FIRST, TWO_SUM, Template, git

SOLVED = "def solve():\n    return 42\n"


def module(kata: str) -> str:
    return f"{kata}/{kata.rpartition('/')[2]}.py"


@pytest.fixture
def main(tmp_path: Path) -> Template:
    template = Template(tmp_path / "main")
    template.tag("v1")
    publish(template.folder)
    return template


@pytest.fixture
def fork(tmp_path: Path, main: Template) -> Path:
    git(tmp_path, "clone", "--quiet", "--branch", STARTER, "--single-branch",
        main.folder.as_uri(), "fork")
    fork = tmp_path / "fork"
    (fork / module(TWO_SUM)).write_text(SOLVED)
    (fork / "notes.md").write_text("mine\n")
    git(fork, "add", "--all")
    git(fork, "commit", "--quiet", "--message", "solved")
    return fork


def release(main: Template, fork: Path) -> None:
    main.tag("v2")
    publish(main.folder)
    git(fork, "fetch", "--quiet", "origin")


def test_a_merge_brings_the_new_version_and_leaves_the_work(main: Template, fork: Path) -> None:
    main.write(f"{TWO_SUM}/test_two_sum.py", "def test_two_sum():\n    assert 2\n")
    main.write("graders/judge.py", "VERSION = 2\n")
    main.kata(FIRST, "def solve(items):\n    raise NotImplementedError\n")
    main.kata("katas/algorithms/a01_two_sum/three_sum")
    main.remove(CACHE)
    release(main, fork)
    git(fork, "merge", "--quiet", "--no-edit", f"origin/{STARTER}")
    assert git(fork, "status", "--porcelain") == ""
    assert (fork / module(TWO_SUM)).read_text() == SOLVED
    assert (fork / "notes.md").read_text() == "mine\n"
    assert "assert 2" in (fork / f"{TWO_SUM}/test_two_sum.py").read_text()
    assert (fork / "graders/judge.py").read_text() == "VERSION = 2\n"
    assert "def solve(items)" in (fork / module(FIRST)).read_text()
    assert (fork / module("katas/algorithms/a01_two_sum/three_sum")).is_file()
    assert not (fork / CACHE).exists() and not (fork / "solutions").exists()


@pytest.mark.parametrize("change", ["another stub", "no kata any more"])
def test_a_merge_that_would_touch_work_stops_and_says_so(
    main: Template, fork: Path, change: str
) -> None:
    if change == "another stub":
        main.kata(TWO_SUM, "def solve(items):\n    raise NotImplementedError\n")
    else:
        main.remove(TWO_SUM)
    release(main, fork)
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(fork, "merge", "--quiet", "--no-edit", f"origin/{STARTER}")
    assert "CONFLICT" in stopped.value.stdout + stopped.value.stderr
    git(fork, "checkout", "--ours", "--", module(TWO_SUM))
    assert (fork / module(TWO_SUM)).read_text() == SOLVED
