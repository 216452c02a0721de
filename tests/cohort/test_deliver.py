"""return: pages reach learners once, by a branch of ours or as files; nothing of theirs runs."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from graders.cohort import database, notes
from graders.cohort.deliver import BRANCH, PAGE, Delivered, deliver
from tests.cohort.world import COHORT_TOML, RIGHT_SUM, SUM, VISIBLE_ONLY, World, git, world

TODAY = date(2026, 3, 2)


@pytest.fixture
def here(tmp_path: Path) -> World:
    made = world(tmp_path, ("ada", "bob", "cy"))
    made.add("ada", {SUM: RIGHT_SUM})
    made.add("bob", {SUM: VISIBLE_ONLY})
    git(tmp_path, "clone", "-q", "--bare", str(made.repo("bob")), str(tmp_path / "bare"))
    subprocess.run(["rm", "-rf", str(made.repo("bob"))], check=True)
    (tmp_path / "bare").rename(made.repo("bob"))
    made.collect()
    made.grade(tmp_path / "store")
    return made


def returned(here: World, out: Path | None = None, today: date = TODAY) -> Delivered:
    with database.opened(here.cohort) as connection:
        return deliver(connection, here.opened(), out, today, lambda done, total, who: None)


class TestAsABranch:
    def test_each_repository_gets_its_page(self, here: World) -> None:
        did = returned(here)
        assert (did.sent, did.same) == (("ada", "bob"), 0)
        ((who, why),) = did.problems
        assert who == "cy" and "no such repository" in why
        page = git(here.repo("bob"), "show", f"{BRANCH}:{PAGE}")
        assert "66.67" in page and "hidden 1" in page and "SECRET" not in page
        assert git(here.repo("ada"), "rev-parse", "--abbrev-ref", "HEAD") == "main"
        assert git(here.repo("ada"), "status", "--porcelain") == ""  # the work tree as it was

    def test_again_without_news_does_nothing(self, here: World) -> None:
        returned(here)
        heads = [git(here.repo(each), "rev-parse", BRANCH) for each in ("ada", "bob")]
        did = returned(here)
        assert (did.sent, did.same) == ((), 2)
        assert heads == [git(here.repo(each), "rev-parse", BRANCH) for each in ("ada", "bob")]

    def test_news_is_one_more_commit_on_the_branch(self, here: World) -> None:
        returned(here)
        with database.opened(here.cohort) as connection:
            notes.comment(connection, "Ann", "bob", "total_up", "Look at nine numbers")
        assert returned(here).sent == ("bob",)
        assert git(here.repo("bob"), "rev-list", "--count", BRANCH) == "2"
        assert "Look at nine numbers" in git(here.repo("bob"), "show", f"{BRANCH}:{PAGE}")

    def test_killed_between_push_and_row_it_ends_the_same(self, here: World) -> None:
        returned(here)
        head = git(here.repo("ada"), "rev-parse", BRANCH)
        with database.opened(here.cohort) as connection:
            connection.execute("DELETE FROM returned")
        assert returned(here).sent == ("ada", "bob")
        assert git(here.repo("ada"), "rev-parse", BRANCH) == head

    def test_a_branch_that_somebody_moved_is_told_and_left(self, here: World) -> None:
        git(here.repo("ada"), "branch", BRANCH, "main")
        mine = git(here.repo("ada"), "rev-parse", BRANCH)
        did = returned(here)
        assert did.sent == ("bob",) and did.problems[0][0] == "ada"
        assert "rejected" in did.problems[0][1]
        assert git(here.repo("ada"), "rev-parse", BRANCH) == mine

    def test_nothing_of_the_learners_is_run(self, here: World, tmp_path: Path) -> None:
        canary = tmp_path / "canary"
        repo = here.repo("ada")
        trap = repo / ".git" / "trap.sh"
        trap.write_text(f"#!/bin/sh\necho run >> {canary}\n")
        trap.chmod(0o755)
        for name in ("core.fsmonitor", "core.alternateRefsCommand", "core.sshCommand",
                     "gpg.program", "filter.x.smudge"):
            git(repo, "config", name, str(trap))
        hooks = repo / ".git" / "own-hooks"
        hooks.mkdir()
        for name in ("pre-receive", "update", "post-receive", "post-update", "proc-receive",
                     "reference-transaction", "push-to-checkout", "pre-auto-gc"):
            for folder in (hooks, repo / ".git" / "hooks"):
                folder.mkdir(exist_ok=True)
                (folder / name).write_text(trap.read_text())
                (folder / name).chmod(0o755)
        git(repo, "config", "core.hooksPath", str(hooks))
        git(repo, "config", "receive.denyCurrentBranch", "updateInstead")
        git(repo, "config", "receive.autogc", "true")
        other = tmp_path / "alternate"
        git(tmp_path, "clone", "-q", "--bare", str(here.course), str(other))
        (repo / ".git/objects/info").mkdir(exist_ok=True)
        (repo / ".git/objects/info/alternates").write_text(f"{other}/objects\n")
        did = returned(here)
        assert "ada" in did.sent and not canary.exists()
        git(repo, "config", "receive.procReceiveRefs", "refs")  # only ever adds, so it is not read
        with database.opened(here.cohort) as connection:
            notes.comment(connection, "Ann", "ada", "", "news")
        assert "ada" in returned(here).sent and not canary.exists()
        git(repo, "config", "--unset", "receive.procReceiveRefs")
        with suppress(subprocess.CalledProcessError):  # as a careless push would
            git(here.course, "push", str(repo), "main:refs/heads/other")
        assert canary.exists()  # the traps do work

    def test_the_checked_out_branch_is_never_written(self, here: World) -> None:
        """`feedback` is checked out there, and the settings ask for an update of the work tree."""
        git(here.repo("ada"), "checkout", "-q", "--orphan", BRANCH)
        git(here.repo("ada"), "rm", "-rqf", ".")  # else git itself finds something in the way
        git(here.repo("ada"), "config", "receive.denyCurrentBranch", "updateInstead")
        did = returned(here)
        assert did.problems[0][0] == "ada"
        assert not (here.repo("ada") / PAGE).exists()

    def test_nothing_is_written_through_a_link(self, here: World, tmp_path: Path) -> None:
        away = tmp_path / "away"
        heads = here.repo("ada") / ".git" / "refs" / "heads"
        heads.rename(away)
        os.symlink(away, heads)
        before = sorted(os.listdir(away))
        ((who, why), *_) = returned(here).problems
        assert who == "ada" and "is a symbolic link; nothing is written through it" in why
        assert sorted(os.listdir(away)) == before


class TestAsFiles:
    def test_everybody_has_one_also_without_a_repository(self, here: World, tmp_path: Path) -> None:
        did = returned(here, tmp_path / "lms")
        assert did.sent == ("ada", "bob", "cy") and did.problems == ()
        assert sorted(os.listdir(tmp_path / "lms")) == ["ada.html", "bob.html", "cy.html"]
        assert "100/200" in (tmp_path / "lms" / "ada.html").read_text()

    def test_a_file_that_is_gone_comes_back_others_stay(self, here: World, tmp_path: Path) -> None:
        out = tmp_path / "lms"
        returned(here, out)
        old = (out / "ada.html").stat().st_mtime_ns
        (out / "bob.html").unlink()
        did = returned(here, out)
        assert (did.sent, did.same) == (("bob",), 2)
        assert (out / "ada.html").stat().st_mtime_ns == old


class TestAnswers:
    def opened(self, tmp_path: Path, line: str, today: date) -> list[str]:
        made = world(tmp_path, ("ada",), COHORT_TOML + line)
        answer = made.course / "solutions/algorithms/a01_sums/total_up/ANSWER.md"
        answer.write_text("# Because\n")
        returned(made, tmp_path / "lms", today)
        text = (tmp_path / "lms" / "ada.html").read_text()
        self.page = text
        return sorted(path.relative_to(tmp_path / "lms").as_posix()
                      for path in (tmp_path / "lms").rglob("*.md"))

    def test_open_when_their_day_is_over(self, tmp_path: Path) -> None:
        line = 'answers_after = "2026-04-01"\n'
        assert self.opened(tmp_path / "a", line, date(2026, 4, 1)) == []
        assert "The analyses of these katas open after 2026-04-01." in self.page
        assert self.opened(tmp_path / "b", line, date(2026, 4, 2)) == ["answers/total_up.md"]

    def test_or_never(self, tmp_path: Path) -> None:
        line = 'answers_after = "never"\n'
        assert self.opened(tmp_path, line, date(2099, 1, 1)) == []
        assert "are not handed out" in self.page
