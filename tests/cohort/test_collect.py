"""collect: what is taken of learners' repositories, and that nothing of theirs is ever run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from graders.cohort import bounded_git, database, fetch, keep, snapshots
from graders.cohort.collect import Mode, collect
from graders.cohort.fetch import State, Wanted, located
from graders.cohort.lock import locked
from graders.cohort.snapshots import Collection, Snapshot
from graders.errors import GraderError
from graders.model import Learner
from tests.cohort.world import (
    RIGHT_STEPS,
    RIGHT_SUM,
    STEPS,
    STUB_STEPS,
    SUM,
    SUM_SUITE,
    World,
    git,
    world,
)


def run(here: World, mode: Mode | None = None,
        learners: tuple[Learner, ...] | None = None) -> dict[str, Snapshot]:
    with database.opened(here.cohort) as connection:
        found = collect(connection, here.task(learners), mode or Mode(jobs=3),
                        lambda done, total, who: None)
        return {each.learner: each for each in snapshots.of_collection(connection, found.id)}


def locked_out() -> pytest.RaisesExc[GraderError]:
    return pytest.raises(GraderError, match="another command is at work in this cohort")


def states(snapshot: Snapshot) -> dict[str, State]:
    return {each.slug: each.state for each in snapshot.files}


def test_takes_each_katas_module_with_its_hashes(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada", {SUM: RIGHT_SUM})
    head = git(here.repo("ada"), "rev-parse", "HEAD")
    found = run(here)["ada"]
    assert (found.object, found.problem, found.ref) == (head, "", "HEAD")
    assert states(found) == {"total_up": State.TAKEN, "two_steps": State.TAKEN}
    blob = git(here.repo("ada"), "rev-parse", f"HEAD:{SUM}")
    assert found.files[0].blob == blob
    store = here.cohort / keep.NAME
    assert keep.read(store, [blob], 1000)[blob] == RIGHT_SUM.encode()
    kept = git(store, "ls-tree", "-r", "--name-only", keep.ref_of("ada", 1)).splitlines()
    assert kept == [SUM, STEPS]  # and nothing else of the learner's
    assert git(store, "rev-parse", keep.ref_of("ada", 1)) == found.kept
    assert found.changes == ()
    for name in (database.NAME, keep.NAME):
        assert (here.cohort / name).stat().st_mode & 0o077 == 0, name


def test_work_that_was_not_committed_is_not_there(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada")
    (here.repo("ada") / STEPS).write_text(RIGHT_STEPS)
    found = run(here)["ada"]
    assert found.files[1].size == len(STUB_STEPS)


def test_missing_repositories_and_modules_are_listed(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada", "bob", "cy"))
    here.add("ada")
    (here.repo("ada") / SUM).unlink()
    here.commit("ada")
    here.repo("cy").mkdir()
    git(here.repo("cy"), "init", "-q")  # without a commit
    found = run(here)
    assert states(found["ada"])["total_up"] is State.MISSING
    assert "no such repository" in found["bob"].problem
    assert found["cy"].problem.startswith("fatal: couldn't find remote ref HEAD")


def test_links_folders_submodules_and_large_files_are_refused(tmp_path: Path) -> None:
    here = world(tmp_path, ("link", "folder", "sub", "large", "up"))
    for each in ("link", "folder", "sub", "large", "up"):
        here.add(each)
        (here.repo(each) / SUM).unlink()
    os.symlink("/etc/passwd", here.repo("link") / SUM)
    (here.repo("folder") / SUM).mkdir()
    (here.repo("folder") / SUM / "x.py").write_text("")
    commit = git(here.repo("sub"), "rev-parse", "HEAD")
    git(here.repo("sub"), "update-index", "--add", "--cacheinfo", f"160000,{commit},{SUM}")
    git(here.repo("sub"), "commit", "-q", "-m", "submodule")
    (here.repo("large") / SUM).write_bytes(b"#" * (1 << 21))
    away = here.repo("up") / "katas"  # the whole folder is a link out of the repository
    git(here.repo("up"), "rm", "-rq", "--cached", "katas")
    subprocess.run(["rm", "-rf", str(away)], check=True)
    os.symlink(here.course / "katas", away)
    for each in ("link", "folder", "large", "up"):
        here.commit(each)
    found = run(here)
    assert {each: states(found[each])["total_up"] for each in found} == {
        "link": State.LINK, "folder": State.FOLDER, "sub": State.SUBMODULE,
        "large": State.TOO_LARGE, "up": State.LINK}
    assert all(states(found[each])["two_steps"] is State.TAKEN
               for each in ("link", "folder", "sub", "large"))


def test_names_that_differ_by_case_are_no_trouble(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada", {SUM: RIGHT_SUM, SUM.replace("total_up.py", "Total_Up.py"): "evil\n",
                     SUM.replace("katas/", "KATAS/"): "evil\n"})
    assert run(here)["ada"].files[0].size == len(RIGHT_SUM)


def test_changed_suites_and_graders_are_reported(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada", "bob"))
    conftest = SUM.replace("total_up.py", "conftest.py")
    here.add("ada", {SUM_SUITE: "def test(): pass\n", "graders/judge/engine.py": "x\n",
                     conftest: "x\n", "notes.md": "mine\n"})
    (here.repo("ada") / "noxfile.py").unlink()
    here.commit("ada")
    here.add("bob")
    told = {each.path: each.what for each in run(here)["ada"].changes}
    assert told == {SUM_SUITE: "changed", "graders/judge/engine.py": "added",
                    conftest: "added", "noxfile.py": "removed"}


def test_a_suite_of_an_earlier_version_is_not_called_changed(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada")
    (here.course / SUM_SUITE).write_text("# mended\n")
    git(here.course, "commit", "-qam", "mend")
    assert run(here)["ada"].changes == ()


def test_dates_of_commits_decide_nothing(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada")
    old = "2001-01-01T00:00:00+00:00"
    here.commit("ada", {SUM: RIGHT_SUM}, GIT_COMMITTER_DATE=old, GIT_AUTHOR_DATE=old)
    before = database.now()
    found = run(here)["ada"]
    assert found.written == "2001-01-01T00:00:00+00:00"  # shown
    assert before <= found.fetched <= database.now()


class TestNothingIsRun:
    def traps(self, here: World, canary: Path) -> None:
        """Set every trap that the settings of a learner's repository can hold."""
        repo = here.repo("eve")
        trap = repo / ".git" / "trap.sh"
        trap.write_text(f"#!/bin/sh\necho run >> {canary}\n")
        trap.chmod(0o755)
        for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor",
                     "core.gitProxy", "core.alternateRefsCommand", "diff.external",
                     "uploadpack.packObjectsHook", "credential.helper", "gpg.program",
                     "filter.x.clean", "filter.x.smudge", "filter.x.process",
                     "merge.x.driver", "remote.origin.uploadpack", "remote.origin.vcs"):
            git(repo, "config", name, str(trap))
        git(repo, "config", "remote.origin.url", f"ext::{trap}")
        git(repo, "config", "protocol.ext.allow", "always")
        git(repo, "config", "core.hooksPath", str(trap.parent))
        for name in ("post-checkout", "pre-receive", "post-update", "reference-transaction",
                     "pre-auto-gc", "post-index-change", "fsmonitor-watchman", "update"):
            hook = repo / ".git" / "hooks" / name
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(trap.read_text())
            hook.chmod(0o755)
            (trap.parent / name).write_text(trap.read_text())
            (trap.parent / name).chmod(0o755)

    def test_not_by_settings_hooks_or_filters(self, tmp_path: Path) -> None:
        here = world(tmp_path, ("eve",))
        here.add("eve", {SUM: RIGHT_SUM, ".gitattributes": "* filter=x diff=x merge=x\n"})
        canary = tmp_path / "canary"
        self.traps(here, canary)
        found = run(here)["eve"]
        assert found.problem == "" and found.files[0].size == len(RIGHT_SUM)
        assert not canary.exists()
        with suppress(subprocess.CalledProcessError):
            git(here.repo("eve"), "status")  # as a careless command would
        assert canary.exists()  # the traps do work

    def test_not_by_what_a_partial_clone_would_fetch(self, tmp_path: Path) -> None:
        """An object is missing, and the settings name a program to fetch it with."""
        here = world(tmp_path, ("eve",))
        here.add("eve", {SUM: RIGHT_SUM})
        canary = tmp_path / "canary"
        self.traps(here, canary)
        repo = here.repo("eve")
        blob = git(repo, "rev-parse", f"HEAD:{SUM}")
        (repo / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        git(repo, "config", "core.repositoryFormatVersion", "1")
        git(repo, "config", "extensions.partialClone", "origin")
        git(repo, "config", "remote.origin.promisor", "true")
        git(repo, "config", "remote.origin.url", f"file://{here.course}")
        found = run(here)["eve"]
        assert found.problem and not canary.exists()

    @pytest.mark.parametrize("address", [
        "--upload-pack=touch {canary}", "ext::sh -c 'touch {canary}'", "fd::17/foo",
        "http://example.org/x.git", "git://example.org/x.git", "transport::address",
    ])
    def test_not_by_an_address(self, tmp_path: Path, address: str) -> None:
        here = world(tmp_path, ("eve",))
        canary = tmp_path / "canary"
        asked = Learner("eve", "Eve", "eve@example.org", address.format(canary=canary))
        assert "is no address that is fetched from" in run(here, None, (asked,))["eve"].problem
        assert not canary.exists()

    def test_not_by_a_submodules_address(self, tmp_path: Path) -> None:
        here = world(tmp_path, ("eve",))
        canary = tmp_path / "canary"
        here.add("eve", {".gitmodules": '[submodule "x"]\n\tpath = x\n'
                                        f"\turl = ext::sh -c 'touch {canary}'\n"})
        run(here)
        assert not canary.exists()


def test_a_huge_tree_is_read_by_its_paths_only(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada", "bob"))
    here.add("ada", {SUM: RIGHT_SUM})
    blob = git(here.repo("ada"), "hash-object", "-w", "--stdin", "--path=x")
    names = "".join(f"100644 blob {blob}\tn{number}\n" for number in range(30_000))
    trees = {}
    for place in ("wide", "graders"):
        done = subprocess.run(["git", "-C", str(here.repo("ada")), "mktree"], input=names,
                              text=True, capture_output=True, check=True)
        trees[place] = done.stdout.strip()
    git(here.repo("ada"), "read-tree", "--prefix=wide/", trees["wide"])
    git(here.repo("ada"), "commit", "-qm", "wide")
    found = run(here)
    assert found["ada"].problem == "" and states(found["ada"])["total_up"] is State.TAKEN
    git(here.repo("ada"), "rm", "-rq", "--cached", "graders")
    git(here.repo("ada"), "read-tree", "--prefix=graders/", trees["graders"])
    git(here.repo("ada"), "commit", "-qm", "graders")
    assert "more than 20000 files" in run(here, Mode(again=True))["ada"].problem


def test_a_repository_that_is_too_large_is_told_and_leaves_nothing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "FETCH", bounded_git.Bounds(file_mib=1))
    here = world(tmp_path, ("ada", "bob"))
    here.add("ada")
    (here.repo("ada") / "noise").write_bytes(os.urandom(3 << 20))
    here.commit("ada")
    here.add("bob")
    found = run(here)
    assert "git: more than 1 MiB" in found["ada"].problem
    assert found["bob"].problem == ""
    assert not (here.cohort / ".quarantine").exists()


def test_one_that_hangs_stops_nobody_else(tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload-pack that waits for ever: a pipe stands in the place of a ref."""
    monkeypatch.setattr(fetch, "FETCH", bounded_git.Bounds(wall_s=1.5))
    here = world(tmp_path, ("ada", "bob", "cy"))
    for each in ("ada", "bob", "cy"):
        here.add(each)
    os.mkfifo(here.repo("bob") / ".git" / "refs" / "heads" / "wait")
    found = run(here)
    assert "no answer in 1.5 s" in found["bob"].problem
    assert found["ada"].problem == found["cy"].problem == ""


class TestAgain:
    def test_a_run_that_was_broken_off_goes_on_where_it_stopped(self, tmp_path: Path) -> None:
        here = world(tmp_path, ("ada", "bob", "cy"))
        for each in ("ada", "bob", "cy"):
            here.add(each)

        def stop(done: int, total: int, who: str) -> None:
            if who:
                raise KeyboardInterrupt

        with database.opened(here.cohort) as connection:
            with pytest.raises(KeyboardInterrupt):
                collect(connection, here.task(), Mode(jobs=1), stop)
            have = snapshots.fetched_of(connection, 1)
            assert len(have) == 1
            told: list[str] = []
            found = collect(connection, here.task(), Mode(jobs=1),
                            lambda done, total, who: told.append(who))
            assert found == Collection(1, found.began, found.ended) and found.ended
            assert set(told) == {"", "ada", "bob", "cy"} - have
            assert len(snapshots.of_collection(connection, 1)) == 3

    @pytest.mark.parametrize(("began", "deadline", "goes_on"), [
        (timedelta(minutes=5), timedelta(minutes=9), True),  # both ago
        (timedelta(minutes=5), timedelta(minutes=-9), True),  # the deadline is to come
        (timedelta(minutes=5), timedelta(minutes=1), False),  # it came in between
        (timedelta(hours=7), timedelta(days=9), False),
    ])
    def test_not_when_a_deadline_came_since_or_it_is_long_ago(
            self, tmp_path: Path, began: timedelta, deadline: timedelta, goes_on: bool) -> None:
        here = world(tmp_path, ("ada",))
        here.add("ada")
        now = datetime.now(UTC)
        with database.opened(here.cohort) as connection:
            connection.execute("INSERT INTO collections(began) VALUES(?)",
                               ((now - began).strftime("%Y-%m-%dT%H:%M:%SZ"),))
            task = replace(here.task(), deadlines=(now - deadline,))
            found = collect(connection, task, Mode(), lambda done, total, who: None)
        assert (found.id == 1) is goes_on

    def test_a_finished_one_is_followed_by_another(self, tmp_path: Path) -> None:
        here = world(tmp_path, ("ada",))
        here.add("ada")
        first = run(here)["ada"]
        here.commit("ada", {SUM: RIGHT_SUM})
        second = run(here)["ada"]
        assert first.object != second.object
        assert git(here.cohort / keep.NAME, "for-each-ref", "--format=%(refname)").split() == [
            keep.ref_of("ada", 1), keep.ref_of("ada", 2)]

    def test_retry_asks_those_that_failed_only(self, tmp_path: Path) -> None:
        here = world(tmp_path, ("ada", "bob"))
        here.add("ada")
        head = run(here)["ada"].object
        here.commit("ada")
        here.add("bob")
        found = run(here, Mode(retry=True))
        assert found["ada"].object == head and found["bob"].problem == ""
        with pytest.raises(GraderError, match="nothing was collected yet"):
            run(world(tmp_path / "new", ("ada",)), Mode(retry=True))

    def test_only_one_at_a_time(self, tmp_path: Path) -> None:
        here = world(tmp_path, ("ada",))
        with locked(here.cohort), locked_out(), locked(here.cohort):
            pass
        with locked(here.cohort):
            pass


def test_two_fetches_at_once_do_not_meet(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada", {SUM: RIGHT_SUM})
    address = located("repos/ada", here.cohort)
    found: list[fetch.Fetched] = []
    threads = [threading.Thread(target=lambda: found.append(
        fetch.fetch(tmp_path / "q", address, Wanted((SUM,))))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 4 and len({each.files for each in found}) == 1


def test_git_and_what_it_started_end_with_a_killed_command() -> None:
    """An alias stands for a helper that waits for a network; nobody is left to end it."""
    script = ("from graders.cohort.bounded_git import run\n"
              "run(['-c', 'alias.hang=!sleep 1000', 'hang'])\n")
    with subprocess.Popen([sys.executable, "-c", script]) as command:
        us = psutil.Process(command.pid)
        while not any(each.name() == "sleep" for each in us.children(recursive=True)):
            assert us.status() != psutil.STATUS_ZOMBIE
        started = us.children(recursive=True)
        command.kill()
    _, left = psutil.wait_procs(started, timeout=60)
    assert len(started) >= 4 and left == []


def test_a_lock_that_a_killed_git_has_left_is_no_hindrance(tmp_path: Path) -> None:
    here = world(tmp_path, ("ada",))
    here.add("ada", {SUM: RIGHT_SUM})
    store = keep.open_store(here.cohort)
    left = [store / "packed-refs.lock", store / "refs/collected/ada/1.lock"]
    left[1].parent.mkdir(parents=True)
    for each in left:
        each.touch()
    here.collect()
    with database.opened(here.cohort) as connection:
        assert snapshots.newest(connection)["ada"].problem == ""
    assert not any(each.exists() for each in left)
