"""A cohort's repositories: `cohort create` and `cohort update`, against copier for each learner.

The template is what git has of this repository, at a tag; the second tag fixes one stub, one suite
and one page. One learner in three has solved that kata by then. Rendering the master happens once
whatever the size of a cohort is, so it is told apart. copier is run as an instructor's loop would
run it: its command, once a learner, as many at a time as there are jobs, and for fewer learners,
since each takes seconds.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import accounting, pool
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import ROOT, Settings
from graders.cohort import create as creation
from graders.cohort import update as updating
from graders.cohort.choose import remote

_KATA = "katas/algorithms/a01_two_sum/two_sum"
_COHORT = """\
format = 1
id = "bench"
title = "Bench"
template = "{template}"
version = "{version}"
deadline = 2030-01-01T00:00:00Z
"""
_IDENTITY = {"GIT_AUTHOR_NAME": "b", "GIT_AUTHOR_EMAIL": "b@x", "GIT_COMMITTER_NAME": "b",
             "GIT_COMMITTER_EMAIL": "b@x", "GIT_CONFIG_GLOBAL": os.devnull}


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return repositories a second of each contender, and the ratios."""
    template = _template(scratch / "starter")
    folder = scratch / "cohort"
    folder.mkdir()
    _settings(folder, template, "v1")
    learners = [f"l{number:04}" for number in range(settings.repositories)]
    first_s = _create(folder, learners[:1], settings.jobs)
    began = _cpu_s()
    create_s = _create(folder, learners, settings.jobs) / max(len(learners) - 1, 1)
    cpu_s = (_cpu_s() - began) / max(len(learners) - 1, 1)
    copies = [scratch / f"copy{number}" for number in range(settings.jobs)]
    copy_s = _copier(settings.jobs, [["copy", "--vcs-ref", "v1", str(template), str(each)]
                                     for each in copies])
    _release(template)
    _work([folder / "repos" / each for each in learners[::3]])
    _work(copies)
    _settings(folder, template, "v2")
    began_s = time.perf_counter()
    updating.update(folder, learners[:1], (1, _quiet), deliver=False)  # renders the new master
    render_s = time.perf_counter() - began_s
    began_s = time.perf_counter()
    updated = updating.update(folder, (), (settings.jobs, _quiet))
    whole_s = time.perf_counter() - began_s
    if not all(each.decision and each.settled for each in updated):
        raise RuntimeError("not every repository was updated")
    plain_s = _copier(settings.jobs, [["update", "--vcs-ref", "v2", str(each)] for each in copies])
    return Finding((
        Line("repositories a second, cohort create", "/s", (1 / create_s,),
             Reach(15, at_most=False)),
        Line("CPU of one repository, cohort create", "s", (cpu_s,)),
        Line("seconds a repository, copier copy", "s", (copy_s,)),
        Line("speed, create / copier copy", "x", (copy_s / create_s,), Reach(50, at_most=False)),
        Line(f"seconds for {len(learners)} repositories, cohort update", "s", (whole_s,),
             Reach(60)),
        Line("seconds a repository, copier update", "s", (plain_s,)),
        Line("speed, cohort update / copier update", "x",
             (plain_s * len(learners) / whole_s,), Reach(50, at_most=False)),
    ), (f"{len(learners)} learners, {len(_files(folder / 'repos' / learners[0]))} files each, "
        f"{settings.jobs} at a time; with the first rendering, which is not counted, one "
        f"repository took {first_s:.1f} s, rendering the update {render_s:.1f} s; update: either "
        "reach will do",))


def made(scratch: Path, count: int, jobs: int, modules: list[str]) -> Path:
    """Return a cohort's folder with this many repositories, made from what git has here.

    Each learner has put a line of their own into `modules`.
    """
    folder = scratch / "cohort"
    folder.mkdir(parents=True)
    _settings(folder, _template(scratch / "starter"), "v1")
    learners = [f"l{number:04}" for number in range(count)]
    _create(folder, learners, jobs)
    for learner in learners:
        for name in modules:
            with (folder / "repos" / learner / name).open("a", encoding="utf-8") as file:
                file.write(f"\n# the work of {learner}\n")
        _git(folder / "repos" / learner, "commit", "--quiet", "--all", "--message", "work")
    return folder


def _cpu_s() -> float:
    """Return the CPU seconds of this process and of all that it has reaped."""
    return sum(os.times()[:4])


def _quiet(done: int, total: int, label: str) -> None:
    """Tell nothing of the progress."""


def _create(folder: Path, learners: list[str], jobs: int) -> float:
    listed = folder.with_name("roster.csv")
    listed.write_text("id,name,email\n" + "".join(
        f"{each},Learner {each},{each}@example.org\n" for each in learners), encoding="utf-8")
    planned = creation.plan(folder, listed, remote)
    began_s = time.perf_counter()
    created = creation.create(planned, jobs, _quiet)
    wall_s = time.perf_counter() - began_s
    if created.failed:
        raise RuntimeError(f"not created: {created.failed[0]}")
    return wall_s


def _copier(jobs: int, commands: list[list[str]]) -> float:
    """Return the wall seconds that each of the commands took, run side by side."""
    whole = [[sys.executable, "-m", "copier", each[0], "--defaults", "--quiet", *each[1:]]
             for each in commands]
    environment = {**os.environ, **_IDENTITY}
    return pool.wall_s(jobs, [functools.partial(accounting.run, command, ROOT, environment)
                              for command in whole]) / len(whole)


def _template(folder: Path) -> Path:
    """Return a clone of what git has here, at the tag v1."""
    _git(ROOT, "clone", "--quiet", "--no-local", "--depth=1", ROOT.as_uri(), str(folder))
    _git(folder, "tag", "v1")
    return folder


def _release(template: Path) -> None:
    for name in (f"{_KATA}/two_sum.py", f"{_KATA}/test_two_sum.py", "docs/learn.md"):
        with (template / name).open("a", encoding="utf-8") as file:
            file.write("\n# a fix\n")
    _git(template, "commit", "--quiet", "--all", "--message", "a fix")
    _git(template, "tag", "v2")


def _work(repositories: list[Path]) -> None:
    for each in repositories:
        if not (each / ".git").exists():
            _git(each, "init", "--quiet", "--initial-branch=main")
        else:
            shutil.copyfile(ROOT / "LICENSE", each / "katas/algorithms/a01_two_sum/notes.txt")
            with (each / f"{_KATA}/two_sum.py").open("a", encoding="utf-8") as file:
                file.write("\n# solved\n")
        _git(each, "add", "--all")
        _git(each, "commit", "--quiet", "--message", "work")


def _settings(folder: Path, template: Path, version: str) -> None:
    text = _COHORT.format(template=template, version=version)
    (folder / "cohort.toml").write_text(text, encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True,
                   env={**os.environ, **_IDENTITY})
