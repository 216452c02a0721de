"""cohort update: every way in which copier's own update corrupts or deletes work, and others."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from copier import run_copy

from graders import cli
from graders.cohort import create as creation
from graders.cohort import transfer
from graders.cohort import update as updating
from graders.cohort.choose import remote
from tests.cohort import small
from tests.cohort.killed import COUNTED
from tests.cohort.small import CACHE, FIRST, TWO_SUM, Template, everything, git

SOLVED = b'"""Mine."""\n\n\ndef solve():\n    return 42\n'
NEW_STUB = "def solve(items):\n    raise NotImplementedError\n"


def module(kata: str) -> str:
    return f"{kata}/{kata.rpartition('/')[2]}.py"


def suite(kata: str) -> str:
    return f"{kata}/test_{kata.rpartition('/')[2]}.py"


class World:
    """A template, a cohort of it with two learners, and what they do."""

    def __init__(self, folder: Path) -> None:
        self.template = Template(folder / "starter")
        self.template.tag("v1")
        self.folder = small.cohort(folder / "autumn", self.template)
        self.roster = small.roster(folder / "roster.csv", "ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,")

    def create(self, kind: str | None = None) -> None:
        planned = creation.plan(self.folder, self.roster, lambda c: remote(c, kind))
        assert creation.create(planned, 2, lambda *told: None).failed == ()

    def repo(self, learner: str = "ada") -> Path:
        return self.folder / "repos" / learner

    def write(self, path: str, data: bytes, learner: str = "ada") -> None:
        file = self.repo(learner) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def commit(self, learner: str = "ada") -> str:
        git(self.repo(learner), "add", "--all")
        git(self.repo(learner), "commit", "--quiet", "--message", "work")
        return git(self.repo(learner), "rev-parse", "HEAD")

    def solve(self, kata: str, data: bytes = SOLVED) -> None:
        self.write(module(kata), data)
        self.commit()

    def release(self, version: str = "v2", more: str = "") -> None:
        self.template.tag(version)
        small.cohort(self.folder, self.template, version, more)

    def update(self, *ids: str, deliver: bool = True) -> dict[str, updating.Updated]:
        found = updating.update(self.folder, ids, (2, lambda *told: None), deliver)
        return {each.learner: each for each in found}

    def ada(self) -> updating.Decision:
        """Update; return what was decided for ada. Her repository is clean, or this fails."""
        found = self.update()["ada"]
        assert found.why == "" and found.decision
        assert git(self.repo(), "status", "--porcelain") == ""
        git(self.repo(), "fsck", "--strict")
        return found.decision

    def read(self, path: str, learner: str = "ada") -> bytes | None:
        file = self.repo(learner) / path
        return file.read_bytes() if file.is_file() else None


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    World(folder / "world").create()
    return folder / "world"


@pytest.fixture
def world(tmp_path: Path, made: Path) -> World:
    """Return a world that is created already. It stands where it was made: copier wrote that."""
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(made.with_name("copy"), made, symlinks=True)
    found = object.__new__(World)
    found.template = object.__new__(Template)
    found.template.folder, found.template.known = made / "starter", {}
    found.folder, found.roster = made / "autumn", made / "roster.csv"
    return found


@pytest.fixture(scope="session", autouse=True)
def saved(made: Path) -> None:
    shutil.copytree(made, made.with_name("copy"), symlinks=True)


class TestWhatCopiersOwnUpdateWouldCorrupt:
    """The rows of what was measured: each loses work by plain `copier update`."""

    def test_a_solved_module_whose_stub_has_changed(self, world: World) -> None:
        world.solve(TWO_SUM)
        world.template.kata(TWO_SUM, NEW_STUB)
        world.release()
        assert world.ada().kept == [module(TWO_SUM)]
        assert world.read(module(TWO_SUM)) == SOLVED
        assert b"def solve(items)" in (world.read(module(TWO_SUM), "bob") or b"")

    def test_a_solved_module_of_a_kata_that_is_removed(self, world: World) -> None:
        world.solve(CACHE)
        world.template.remove(CACHE)
        world.release()
        assert world.ada().retired == [module(CACHE)]
        assert world.read(module(CACHE)) == SOLVED and world.read(suite(CACHE))
        assert not (world.repo("bob") / CACHE).exists()

    def test_a_solved_module_of_a_kata_that_is_renamed(self, world: World) -> None:
        world.solve(CACHE)
        world.template.remove(CACHE)
        world.template.kata(f"{CACHE}_again")
        world.release()
        assert world.ada().retired == [module(CACHE)]
        assert world.read(module(CACHE)) == SOLVED
        assert world.read(module(f"{CACHE}_again"))

    def test_a_solved_module_whose_topic_has_another_folder(self, world: World) -> None:
        world.solve(CACHE)
        shutil.move(world.template.folder / "katas/systems/s03_cache",
                    world.template.folder / "katas/systems/s03_caches")
        world.release()
        there = module(CACHE.replace("s03_cache", "s03_caches"))
        assert world.ada().moved == [(module(CACHE), there)]
        assert world.read(there) == SOLVED and world.read(module(CACHE)) is None

    def test_a_solved_module_of_a_topic_that_is_dropped(self, world: World) -> None:
        world.solve(CACHE)
        world.release(more='topics = ["a01"]')
        assert world.ada().retired == [module(CACHE)]
        assert world.read(module(CACHE)) == SOLVED
        assert world.read("katas/systems/s03_cache/README.md")
        assert not (world.repo("bob") / "katas/systems").exists()

    def test_a_suite_that_both_sides_have_changed(self, world: World) -> None:
        world.write(suite(TWO_SUM), b"def test_two_sum():\n    pass\n")
        tampered = world.commit()
        world.template.write(suite(TWO_SUM), "def test_two_sum():\n    assert 2\n")
        world.release()
        assert world.ada().restored == [suite(TWO_SUM)]
        assert world.read(suite(TWO_SUM)) == b"def test_two_sum():\n    assert 2\n"
        assert git(world.repo(), "show", f"{tampered}:{suite(TWO_SUM)}").endswith("pass")
        assert git(world.repo(), "merge-base", tampered, "HEAD") == tampered

    def test_an_unsolved_stub_gets_the_fix(self, world: World) -> None:
        world.template.kata(TWO_SUM, NEW_STUB)
        world.release()
        world.ada()
        assert b"def solve(items)" in (world.read(module(TWO_SUM)) or b"")

    def test_a_conflict_is_told_and_no_success(self, world: World,
                                               capsys: pytest.CaptureFixture[str]) -> None:
        mine = (world.read("docs/learn.md") or b"").replace(b"Two.", b"Mine.")
        world.write("docs/learn.md", mine)
        world.commit()
        world.template.write("docs/learn.md", "# Learn\n\nOne.\n\nTheirs.\n\nThree.\n")
        world.template.kata(TWO_SUM, NEW_STUB)
        world.release()
        assert cli.run(["cohort", "update", str(world.folder)]) == 1
        out = capsys.readouterr().out
        assert "ada: CONFLICT: docs/learn.md: changed by both sides; the learner's stays\n" in out
        assert "2 updated, 0 up to date, 1 with conflicts, 0 failed" in out
        assert world.read("docs/learn.md") == mine  # no marks of a conflict
        assert b"def solve(items)" in (world.read(module(TWO_SUM)) or b"")
        assert cli.run(["cohort", "update", str(world.folder)]) == 1  # still not settled
        capsys.readouterr()
        merged = mine.replace(b"Mine.", b"Theirs.") + b"\nMine.\n"
        world.write("docs/learn.md", merged)
        world.commit()
        assert cli.run(["cohort", "update", str(world.folder)]) == 0
        assert world.read("docs/learn.md") == merged
        assert capsys.readouterr().out == (
            "1 updated, 1 up to date, 0 with conflicts, 0 failed\n")

    def test_files_of_the_learner_in_every_place(self, world: World) -> None:
        own = {"notes.md": b"n", f"{TWO_SUM}/try.py": b"t", "docs/mine.md": b"m",
               "katas/mine/mine.py": b"k", "progress.jsonl": b"{}\n"}
        for path, data in own.items():
            world.write(path, data)
        world.commit()
        world.template.kata(TWO_SUM, NEW_STUB)
        world.template.remove(FIRST)
        world.release()
        world.ada()
        assert {path: world.read(path) for path in own} == own

    def test_all_of_it_at_once_and_twice(self, world: World) -> None:
        work = {module(kata): SOLVED + kata.encode() for kata in small.KATAS}
        work["katas/systems/s03_cache/question/answers.toml"] = b"[q1]\nanswer = 'mine'\n"
        for path, data in work.items():
            world.write(path, data)
        world.commit()
        world.template.kata(TWO_SUM, NEW_STUB)
        world.template.remove("katas/systems/s03_cache")
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        world.ada()
        assert {path: world.read(path) for path in work} == work
        world.template.write("graders/judge.py", "VERSION = 3\n")
        world.release("v3")
        world.ada()
        assert {path: world.read(path) for path in work} == work
        assert world.read("graders/judge.py") == b"VERSION = 3\n"


class TestAnUntouchedRepository:
    def test_becomes_what_copier_makes_of_the_new_version(
        self, world: World, tmp_path: Path
    ) -> None:
        world.template.kata(TWO_SUM, NEW_STUB)
        world.template.kata("katas/algorithms/a01_two_sum/three_sum")
        world.template.remove(FIRST)
        world.template.write("docs/learn.md", "# Learn\n")
        world.release()
        world.ada()
        run_copy(str(world.template.folder), tmp_path / "real", defaults=True, quiet=True,
                 vcs_ref="v2", data={
                     "project_name": "Autumn 2026: {{katas}}", "cohort": "autumn",
                     "learner_id": "ada", "learner_name": "Ada"})
        assert small.files(world.repo()) == small.files(tmp_path / "real")
        folders = [each for each in (world.repo() / "katas").rglob("*") if each.is_dir()]
        assert all(any(each.iterdir()) for each in folders)

    def test_gets_one_commit_that_is_the_same_everywhere(self, world: World) -> None:
        before = git(world.repo(), "rev-parse", "HEAD")
        world.template.kata(TWO_SUM, NEW_STUB)
        world.release()
        world.ada()
        assert git(world.repo(), "log", "--format=%s|%an|%P") .splitlines()[0] == (
            f"Update to v2|kata40|{before}")
        paths = git(world.repo(), "diff", "--name-only", before, "HEAD").splitlines()
        assert set(paths) == {module(TWO_SUM), ".copier-answers.yml", "katas/manifest.json"}

    def test_is_left_alone_when_nothing_is_new(self, world: World) -> None:
        before = everything(world.repo())
        assert {each.decision for each in world.update().values()} == {None}
        assert everything(world.repo()) == before


class TestPages:
    def test_changed_by_both_sides_in_different_places_are_merged(self, world: World) -> None:
        page = world.read("docs/learn.md") or b""
        world.write("docs/learn.md", page.replace(b"One.", b"My one."))
        world.commit()
        world.template.write("docs/learn.md", page.decode().replace("Three.", "Their three."))
        world.release()
        assert world.ada().conflicts == []
        merged = page.replace(b"One.", b"My one.").replace(b"Three.", b"Their three.")
        assert world.read("docs/learn.md") == merged

    def test_that_are_no_text_are_never_merged(self, world: World) -> None:
        world.write("docs/learn.md", b"\0binary")
        world.commit()
        world.template.write("docs/learn.md", "# New\n")
        world.release()
        assert world.ada().conflicts == ["docs/learn.md"]
        assert world.read("docs/learn.md") == b"\0binary"


class TestAWorkTreeHere:
    @pytest.fixture
    def ready(self, world: World) -> World:
        world.template.kata(TWO_SUM, NEW_STUB)
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        return world

    def refused(self, world: World, told: str) -> None:
        before = everything(world.repo())
        assert told in world.update("ada")["ada"].why
        assert everything(world.repo()) == before

    def test_with_changes_to_other_files_keeps_them(self, ready: World) -> None:
        ready.write(module(FIRST), SOLVED)
        ready.write("notes.md", b"not added")
        git(ready.repo(), "add", module(FIRST))
        ready.write(module(CACHE), SOLVED)
        assert ready.update("ada")["ada"].why == ""
        assert git(ready.repo(), "status", "--porcelain").splitlines() == [
            f"M  {module(FIRST)}", f" M {module(CACHE)}", "?? notes.md"]
        assert ready.read(module(FIRST)) == ready.read(module(CACHE)) == SOLVED

    def test_with_work_that_is_not_committed_keeps_it(self, ready: World) -> None:
        ready.write(module(TWO_SUM), SOLVED)
        self.refused(ready, "two_sum.py: has changes that are not committed; commit them or put")

    def test_with_staged_work_in_the_way_keeps_it(self, ready: World) -> None:
        stub = ready.read(module(TWO_SUM))
        ready.write(module(TWO_SUM), SOLVED)
        git(ready.repo(), "add", module(TWO_SUM))
        ready.write(module(TWO_SUM), stub or b"")
        self.refused(ready, "has staged changes in the way")

    def test_on_another_branch_is_left_alone(self, ready: World) -> None:
        git(ready.repo(), "checkout", "--quiet", "-b", "trying")
        before = small.files(ready.repo())
        assert ready.update("ada")["ada"].why == ""
        assert small.files(ready.repo()) == before
        assert git(ready.repo(), "status", "--porcelain") == ""
        assert "VERSION = 2" in git(ready.repo(), "show", "main:graders/judge.py")

    def test_with_git_at_work_is_left_for_later(self, ready: World) -> None:
        (ready.repo() / ".git/index.lock").touch()
        self.refused(ready, "git is at work in it; try again when that is done")

    def test_reached_by_a_link_is_never_written_through(self, ready: World,
                                                        tmp_path: Path) -> None:
        shutil.move(ready.repo() / "graders", tmp_path / "outside")
        (ready.repo() / "graders").symlink_to(tmp_path / "outside")
        self.refused(ready, "graders/judge.py: is no plain file, or reached by a link; remove")
        assert (tmp_path / "outside/judge.py").read_text() == "VERSION = 1\n"

    @pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
    def test_with_no_plain_file_where_one_is_to_be(self, ready: World, kind: str,
                                                   tmp_path: Path) -> None:
        path = ready.repo() / "graders/judge.py"
        path.unlink()
        if kind == "link":
            (tmp_path / "secret").write_text("VERSION = 1\n")
            path.symlink_to(tmp_path / "secret")
        elif kind == "folder":
            path.mkdir()
        else:
            os.mkfifo(path)
        assert "graders/judge.py: is no plain file" in ready.update("ada")["ada"].why
        assert stat.S_IFMT(path.lstat().st_mode) in (stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO)

    def test_whose_git_leads_elsewhere_is_refused(self, ready: World, tmp_path: Path) -> None:
        shutil.move(ready.repo() / ".git", tmp_path / "other")
        (ready.repo() / ".git").write_text(f"gitdir: {tmp_path}/other\n")
        before = everything(tmp_path / "other")
        assert "its .git is no folder" in ready.update("ada")["ada"].why
        assert everything(tmp_path / "other") == before

    def test_an_executable_file_stays_one(self, world: World) -> None:
        path = world.template.write("noxfile.py", "# new\n")
        path.chmod(0o755)
        world.release()
        world.ada()
        assert (world.repo() / "noxfile.py").stat().st_mode & 0o111


class TestNothingOfTheLearnersIsRun:
    """Rule 22: settings and hooks of their repository have no say."""

    @pytest.mark.parametrize("bare", [False, True])
    def test_neither_hooks_nor_settings(self, tmp_path: Path, bare: bool) -> None:
        world = World(tmp_path / "w")
        world.create("bare" if bare else None)
        git_dir = world.repo() if bare else world.repo() / ".git"
        ran = tmp_path / "ran"
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\necho $0 $* >> {ran}\n")
        program.chmod(0o755)
        (git_dir / "hooks").mkdir(exist_ok=True)
        for name in ("pre-receive", "update", "post-receive", "post-update", "post-index-change",
                     "reference-transaction", "push-to-checkout", "proc-receive", "post-checkout",
                     "pre-push", "fsmonitor-watchman", "post-merge"):
            shutil.copy(program, git_dir / "hooks" / name)
        for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor",
                     "core.alternateRefsCommand", "gc.recentObjectsHook", "diff.external",
                     "uploadpack.packObjectsHook", "filter.x.clean", "filter.x.smudge",
                     "filter.x.process", "merge.x.driver", "core.gitProxy", "gpg.program",
                     "credential.helper", "remote.origin.uploadpack"):
            git(git_dir, "config", name, str(program))
        git(git_dir, "config", "core.hooksPath", str(git_dir / "hooks"))
        git(git_dir, "config", "receive.denyCurrentBranch", "updateInstead")
        (git_dir / "objects/info").mkdir(exist_ok=True)
        (git_dir / "objects/info/alternates").write_text(
            str(world.repo("bob") / ("objects" if bare else ".git/objects")) + "\n")
        (git_dir / "info/attributes").write_text("* filter=x merge=x diff=x\n")
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        assert world.update("ada")["ada"].why == ""
        assert not ran.exists(), ran.read_text()
        assert "VERSION = 2" in git(git_dir, "cat-file", "-p", "main:graders/judge.py")

    @pytest.mark.parametrize("bare", [False, True])
    def test_a_setting_that_only_a_hook_could_satisfy_is_not_read(
        self, tmp_path: Path, bare: bool
    ) -> None:
        """`receive.procReceiveRefs` only ever adds: no switch of ours takes it back."""
        world = World(tmp_path / "w")
        world.create("bare" if bare else None)
        git(world.repo(), "config", "receive.procReceiveRefs", "refs/heads")
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        assert world.update("ada")["ada"].settled
        assert "VERSION = 2" in git(world.repo(), "cat-file", "-p", "main:graders/judge.py")

    def test_no_reflog_of_theirs_leads_a_line_into_another_file(
        self, world: World, tmp_path: Path
    ) -> None:
        other = tmp_path / "outside"
        other.write_text("as it was\n")
        log = world.repo() / ".git/logs/refs/heads/main"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.unlink(missing_ok=True)
        log.symlink_to(other)
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        assert world.update("ada")["ada"].settled
        assert other.read_text() == "as it was\n"

    def test_refs_may_be_packed_and_the_history_cut_off(self, world: World) -> None:
        git(world.repo(), "pack-refs", "--all")
        (world.repo() / ".git/shallow").write_text(git(world.repo(), "rev-parse", "HEAD") + "\n")
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        assert world.update("ada")["ada"].settled
        assert git(world.repo(), "rev-list", "--count", "main") == "2"

    def test_another_format_is_told_and_stops_no_other(self, world: World) -> None:
        git(world.repo(), "config", "extensions.refStorage", "reftable")
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        found = world.update()
        assert "has a format that is not written to here (extensions.refstorage=reftable); put a " \
               "plain clone there" in found["ada"].why
        assert found["bob"].settled

    def test_what_their_answers_file_says_is_not_believed(self, world: World) -> None:
        world.write(".copier-answers.yml", b"_src_path: /etc\n_commit: evil\n")
        world.write("katas/manifest.json", b'{"format": 1, "stubs": {}}')
        world.commit()
        world.template.kata(TWO_SUM, NEW_STUB)
        world.release()
        assert set(world.ada().restored) == {".copier-answers.yml", "katas/manifest.json"}
        assert b"learner_id: ada" in (world.read(".copier-answers.yml") or b"")
        assert b"def solve(items)" in (world.read(module(TWO_SUM)) or b"")

    def test_what_their_manifest_says_of_work_is_not_believed(self, world: World) -> None:
        """A stub of an earlier version, which their own manifest does not call one."""
        first = world.read(module(TWO_SUM)) or b""
        world.template.refresh()  # knows the first stub
        world.template.kata(TWO_SUM, NEW_STUB)
        world.release()
        world.ada()
        world.write(module(TWO_SUM), first)
        world.write("katas/manifest.json", b'{"format": 1, "stubs": {}}')
        world.commit()
        world.template.kata(TWO_SUM, NEW_STUB.replace("items", "numbers"))
        world.release("v3")
        assert world.ada().kept == []
        assert b"def solve(numbers)" in (world.read(module(TWO_SUM)) or b"")


class TestARepositoryThatLeadsElsewhere:
    """A learner who may write there could have the instructor's hand write somewhere else."""

    @pytest.mark.parametrize("name", ["refs", "refs/heads", "objects", "objects/pack"])
    def test_by_a_link_is_refused(self, world: World, tmp_path: Path, name: str) -> None:
        shutil.move(world.repo() / ".git" / name, tmp_path / "outside")
        (world.repo() / ".git" / name).symlink_to(tmp_path / "outside")
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        before = everything(tmp_path / "outside")
        assert "nothing is written through it" in world.update("ada")["ada"].why
        assert everything(tmp_path / "outside") == before

    def test_by_its_common_folder_is_refused(self, world: World, tmp_path: Path) -> None:
        shutil.copytree(world.repo() / ".git", tmp_path / "other")
        (world.repo() / ".git/commondir").write_text(str(tmp_path / "other"))
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        before = everything(tmp_path / "other")
        assert "would lead to another repository" in world.update("ada")["ada"].why
        assert everything(tmp_path / "other") == before


class TestARemoteRepository:
    @pytest.fixture
    def away(self, tmp_path: Path) -> World:
        world = World(tmp_path / "w")
        git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "ada.git")
        small.roster(world.roster, f"ada,Ada,a@x.org,{(tmp_path / 'ada.git').as_uri()},")
        world.create()
        git(tmp_path, "clone", "--quiet", str(tmp_path / "ada.git"), "clone")
        return world

    def test_is_updated_by_a_push(self, away: World, tmp_path: Path) -> None:
        (tmp_path / "clone" / module(TWO_SUM)).write_bytes(SOLVED)
        git(tmp_path / "clone", "commit", "--quiet", "--all", "--message", "solved")
        git(tmp_path / "clone", "push", "--quiet", "origin", "main")
        away.template.kata(TWO_SUM, NEW_STUB)
        away.release()
        assert away.update()["ada"].why == ""
        git(tmp_path / "clone", "pull", "--quiet")
        assert (tmp_path / "clone" / module(TWO_SUM)).read_bytes() == SOLVED
        assert git(tmp_path / "clone", "log", "-1", "--format=%s") == "Update to v2"

    def test_that_moves_meanwhile_is_tried_again(
        self, away: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        away.template.kata(TWO_SUM, NEW_STUB)
        away.release()
        real, pushed = transfer.give, []

        def give(*given: object) -> None:
            if not pushed:
                (tmp_path / "clone" / module(TWO_SUM)).write_bytes(SOLVED)
                git(tmp_path / "clone", "commit", "--quiet", "--all", "--message", "solved")
                git(tmp_path / "clone", "push", "--quiet", "origin", "main")
                pushed.append(1)
            real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(transfer, "give", give)
        assert away.update()["ada"].why == ""
        git(tmp_path / "clone", "pull", "--quiet")
        assert (tmp_path / "clone" / module(TWO_SUM)).read_bytes() == SOLVED

    def test_that_cannot_be_reached_is_told_and_stops_no_other(
        self, world: World, tmp_path: Path
    ) -> None:
        shutil.rmtree(world.repo())
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        found = world.update()
        assert "no such repository" in found["ada"].why and not found["ada"].settled
        assert found["bob"].settled and world.read("graders/judge.py", "bob") == b"VERSION = 2\n"


# Runs update in a process that is killed at its N-th effect.
KILLED = COUNTED + """
import subprocess
from pathlib import Path
from graders.cohort import update as updating
left = int(sys.argv[2])
class Popen(subprocess.Popen):
    def __init__(self, *given, **named):
        counted(lambda: None)()
        super().__init__(*given, **named)
subprocess.Popen = Popen
for name in ("replace", "unlink", "rmdir", "mkdir"):
    setattr(os, name, counted(getattr(os, name)))
updating.update(Path(sys.argv[1]), ["ada"], (1, lambda *told: None))
print("whole")
"""


def test_locks_that_a_killed_git_has_left_are_no_hindrance(world: World) -> None:
    for name in ("refs/mine/ada.lock", "refs/next/ada.lock", "packed-refs.lock"):
        path = world.folder / "store.git" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    world.template.write("graders/judge.py", "VERSION = 2\n")
    world.release()
    assert world.ada().changes


def test_killed_at_any_step_and_run_again_it_is_right(world: World, made: Path) -> None:
    world.solve(CACHE)
    world.write("docs/learn.md", (world.read("docs/learn.md") or b"").replace(b"One", b"1"))
    world.write(suite(FIRST), b"tampered")
    world.commit()
    world.template.kata(TWO_SUM, NEW_STUB)
    world.template.write("docs/learn.md", "# Learn\n\nOne.\n\nTwo.\n\n3.\n")
    world.template.remove(FIRST)
    world.template.kata("katas/algorithms/a01_two_sum/three_sum")
    world.release()
    updating.update(world.folder, [], (1, lambda *told: None), deliver=False)  # renders
    start = made.with_name("start")
    shutil.copytree(made, start, symlinks=True)
    world.ada()
    wanted = small.files(world.repo())
    message = git(world.repo(), "log", "--format=%H %s", "main")
    for step in range(1, 400, 7):
        shutil.rmtree(made)
        shutil.copytree(start, made, symlinks=True)
        done = subprocess.run([sys.executable, "-c", KILLED, world.folder, str(step)],
                              cwd=small.ROOT, capture_output=True, text=True)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert world.read(module(CACHE)) == SOLVED
        again = world.update("ada")["ada"]
        assert again.why == "", (step, again.why)
        assert small.files(world.repo()) == wanted, step
        assert git(world.repo(), "log", "--format=%H %s", "main") == message
        assert git(world.repo(), "status", "--porcelain") == "", step
    assert step > 30 and "whole" in done.stdout


class TestTheCommand:
    def test_tells_what_it_would_do_and_does_nothing(
        self, world: World, capsys: pytest.CaptureFixture[str]
    ) -> None:
        world.solve(TWO_SUM)
        world.template.kata(TWO_SUM, NEW_STUB)
        world.release()
        before = everything(world.repo())
        assert cli.run(["cohort", "update", str(world.folder), "--dry-run"]) == 0
        out = capsys.readouterr().out
        assert f"ada: {module(TWO_SUM)}: kept; what it began from has changed\n" in out
        assert everything(world.repo()) == before

    def test_updates_those_that_are_named(self, world: World,
                                          capsys: pytest.CaptureFixture[str]) -> None:
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        assert cli.run(["cohort", "update", str(world.folder), "bob"]) == 0
        assert world.read("graders/judge.py") == b"VERSION = 1\n"
        assert world.read("graders/judge.py", "bob") == b"VERSION = 2\n"
        capsys.readouterr()
        assert cli.run(["cohort", "update", str(world.folder), "bobb"]) == 2
        assert "no learner of this cohort has this id; did you mean 'bob'?" in (
            capsys.readouterr().err)

    def test_tells_of_a_learner_who_has_no_repository_yet(
        self, world: World, capsys: pytest.CaptureFixture[str]
    ) -> None:
        small.roster(world.folder / "roster.csv", "ada,Ada,a@x.org,,", "eve,Eve,e@x.org,,")
        assert cli.run(["cohort", "update", str(world.folder)]) == 1
        assert "eve: was never created; run cohort create first\n" in capsys.readouterr().out

    def test_refuses_a_path_that_a_checkout_may_not_have(self, world: World) -> None:
        blob = git(world.repo(), "hash-object", "-w", "graders/judge.py")
        git(world.repo(), "update-index", "--add", "--cacheinfo", f"100644,{blob},GRADERS/judge.py")
        git(world.repo(), "commit", "--quiet", "--message", "collides")
        git(world.repo(), "checkout", "--quiet", "--", "GRADERS")
        world.template.write("graders/judge.py", "VERSION = 2\n")
        world.release()
        assert "cannot be written beside a file of the learner's" in world.update()["ada"].why
