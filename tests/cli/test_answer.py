"""`answer`: when it opens, where it is read from, and what it never shows."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from graders import git
from graders.catalog import load
from graders.errors import GraderError
from graders.learn import memory
from graders.learn.answer import Asked
from graders.learn.answer import answer as open_answer
from graders.report.screen import Screen
from tests.cli.conftest import SOLUTIONS, Checkout
from tests.cli.reports import ROOT
from tests.cli.test_path import sheet

HIDDEN = "test_hidden_"
TODAY = datetime.date.today()


def run_git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=tester", "-c", "user.email=tester@localhost")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True,
                   capture_output=True)  # fmt: skip


@pytest.fixture(scope="session")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose branch reference-solutions holds the solutions."""
    root = tmp_path_factory.mktemp("origin")
    kept = shutil.ignore_patterns("__pycache__")
    shutil.copytree(SOLUTIONS, root / "solutions", ignore=kept)
    run_git(root, "init", "-q", "-b", "reference-solutions")
    run_git(root, "add", ".")
    run_git(root, "commit", "-qm", "solutions")
    return root


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KATA_STORE", str(tmp_path / "own store"))
    return tmp_path / "own store"


@pytest.fixture
def here(checkout: Checkout) -> Checkout:
    """A clone of main: the solutions are in the tree."""
    shutil.copytree(SOLUTIONS, checkout.root / "solutions")
    return checkout


def solve(checkout: Checkout, slug: str = "two_sum") -> None:
    checkout.solve(slug)
    assert checkout.run("grade", slug).code == 0


def settings(checkout: Checkout, text: str) -> None:
    (checkout.root / ".copier-answers.yml").write_text(text, encoding="utf-8")


class TestAKata:
    def test_is_closed_until_it_is_accepted(self, here: Checkout) -> None:
        ran = here.run("answer", "two_sum")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == (
            "kata40: two_sum: not accepted as it stands now; judge it, or, once you have seen all "
            "hints (0 of 3), give up: python3 noxfile.py -s answer -- two_sum --give-up\n"
        )
        assert memory.read(here.root) == {}

    @pytest.mark.parametrize("word", ["two_sum", "Two sum", "LeetCode 1", "两数之和"])
    def test_opens_once_it_is_accepted(self, here: Checkout, word: str) -> None:
        solve(here)
        ran = here.run("answer", word)
        assert (ran.code, ran.err) == (0, "")
        assert ran.lines[0] == "# Two sum: analysis"
        assert "## The reference: two_sum.py" in ran.lines and "def find_pair(" in ran.out
        lesson = "- `wrong_sorts_the_callers_list.py`: an argument is mine to rearrange."
        assert lesson in ran.lines
        assert any(line.startswith("- `slow_visits_every_pair.py`: ") for line in ran.lines)
        typed = "-s answer -- two_sum --file wrong_counts_values_not_positions.py"
        assert ran.lines[-1] == f"python3 noxfile.py {typed}"
        assert memory.read(here.root)["two_sum"].answered == TODAY.isoformat()
        assert memory.read(here.root)["two_sum"].gave_up == ""

    def test_closes_again_when_the_module_is_another(self, here: Checkout) -> None:
        solve(here)
        here.write("two_sum", "x = 1\n")
        assert here.run("answer", "two_sum").code == 1

    def test_is_not_open_because_another_one_is_accepted(self, here: Checkout) -> None:
        solve(here)
        assert here.run("answer", "lcs_dp").code == 1

    def test_is_in_the_learners_language(
        self, here: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        solve(here)
        monkeypatch.setenv("KATA_LANG", "zh")
        ran = here.run("answer", "two_sum")
        assert ran.lines[0].startswith("# 两数之和") and "## 参考解：two_sum.py" in ran.lines

    def test_is_laid_out_on_a_terminal(self, here: Checkout) -> None:
        solve(here)
        screen = Screen(here.root, 90, color=True)
        shown = open_answer(load(here.root), Asked("two_sum"), TODAY, screen)
        assert "# Two sum" not in shown and "\x1b[" in shown and "```" not in shown
        code = open_answer(load(here.root), Asked("two_sum", file="two_sum"), TODAY, screen)
        assert "\x1b[" in code and "find_pair" in code

    def test_shows_one_file_of_the_solution(self, here: Checkout) -> None:
        solve(here)
        wrong = "wrong_sorts_the_callers_list"
        text = next(SOLUTIONS.rglob(f"two_sum/{wrong}.py")).read_text(encoding="utf-8")
        for name in (wrong, f"{wrong}.py"):
            assert here.run("answer", "two_sum", "--file", name).out.rstrip() == text.rstrip()

    def test_is_chinese_throughout_where_that_is_chosen(
        self, here: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        solve(here)
        monkeypatch.setenv("KATA_LANG", "zh")
        told = here.run("answer", "two_sum").out
        assert "典型错解（教训见上文）" in told
        for name in sorted(next(SOLUTIONS.rglob("two_sum/ANSWER.md")).parent.glob("wrong_*.py")):
            assert f"- `{name.name}`\n" in told  # its docstring is English
            assert told.count(name.stem) >= 2  # what it teaches stands in the page

    @pytest.mark.parametrize(
        "name", ["test_hidden_two_sum.py", "test_hidden_two_sum", "mutants.toml", "ANSWER.md",
                 "../two_sum/two_sum.py", "../../../a02_longest_common_subsequence/lcs_dp/lcs_dp",
                 "/etc/passwd", ""],
    )  # fmt: skip
    def test_never_shows_the_hidden_suite(self, here: Checkout, name: str) -> None:
        solve(here)
        ran = here.run("answer", "two_sum", "--file", name)
        assert ran.code == (2 if name else 0) and HIDDEN not in ran.out.replace("…", "")
        assert "def test_" not in ran.out
        assert not name or "no file of this answer; " in ran.err

    def test_is_a_kata_that_exists(self, here: Checkout) -> None:
        ran = here.run("answer", "two_som")
        assert ran.code == 2 and "did you mean 'two_sum'?" in ran.err

    def test_that_has_no_answer_yet_says_so(self, here: Checkout) -> None:
        solve(here)
        shutil.rmtree(here.root / "solutions/algorithms")
        ran = here.run("answer", "two_sum")
        place = "solutions/algorithms/a01_two_sum/two_sum"
        assert ran.code == 1
        assert ran.err == f"kata40: {place}: no answer is there yet; ask again after an update\n"

    def test_is_not_read_through_links(self, here: Checkout) -> None:
        solve(here)
        folder = here.root / "solutions/algorithms/a01_two_sum/two_sum"
        (folder / "ANSWER.md").unlink()
        (folder / "ANSWER.md").symlink_to(folder / "test_hidden_two_sum.py")
        assert "def test_" not in here.run("answer", "two_sum").out


class TestGivingUp:
    def test_needs_all_hints_first(self, here: Checkout) -> None:
        for seen in range(3):
            ran = here.run("answer", "two_sum", "--give-up")
            assert (ran.code, ran.out) == (1, "")
            assert ran.err == (
                f"kata40: two_sum: you have seen {seen} of 3 hints; see all of them before you "
                "give up: python3 noxfile.py -s hint -- two_sum\n"
            )
            assert not memory.read(here.root).get("two_sum", memory.Memory()).gave_up
            here.run("hint", "two_sum")
        assert here.run("answer", "two_sum").code == 1
        ran = here.run("answer", "two_sum", "--give-up")
        assert ran.code == 0 and ran.lines[0] == "# Two sum: analysis"
        known = memory.read(here.root)["two_sum"]
        assert (known.gave_up, known.answered) == (TODAY.isoformat(), TODAY.isoformat())
        assert here.run("answer", "two_sum").code == 0  # it stays open

    def test_is_nothing_to_note_once_it_is_accepted(self, here: Checkout) -> None:
        solve(here)
        assert here.run("answer", "two_sum", "--give-up").code == 0
        assert memory.read(here.root)["two_sum"].gave_up == ""

    def test_is_not_noted_where_there_is_no_answer(self, checkout: Checkout) -> None:
        memory.update(checkout.root, {"two_sum": {"hints": 3}})
        assert checkout.run("answer", "two_sum", "--give-up").code == 1
        assert memory.read(checkout.root)["two_sum"].gave_up == ""

    def test_is_for_one_kata(self, here: Checkout) -> None:
        ran = here.run("answer", "s03", "--give-up")
        assert ran.code == 2
        assert ran.err == "kata40: s03: is a topic; --give-up and --file are for one kata\n"


class TestATopic:
    def test_opens_when_its_core_katas_are_accepted(self, here: Checkout) -> None:
        ran = here.run("answer", "a01")
        assert (ran.code, ran.out) == (1, "")
        assert "a01: its model answer opens when its core katas are accepted (left: two_sum) or " \
            "its questions are submitted" in ran.err
        solve(here)
        for word in ("a01", "A01_Two_Sum"):
            assert here.run("answer", word).lines[0] == "# Two sum: model answer"

    def test_opens_when_they_are_given_up(self, here: Checkout) -> None:
        memory.update(here.root, {"two_sum": {"gave_up": "2026-01-01"}})
        assert here.run("answer", "a01").code == 0

    def test_opens_when_its_questions_are_submitted(self, here: Checkout) -> None:
        sheet(here, "a01_two_sum", "blank")
        assert here.run("answer", "a01").code == 1
        sheet(here, "a01_two_sum", "mine")
        assert here.run("answer", "a01").code == 0
        assert here.run("answer", "s03").code == 1

    def test_is_in_the_learners_language(
        self, here: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        solve(here)
        monkeypatch.setenv("KATA_LANG", "zh")
        assert here.run("answer", "a01").lines[0].startswith("# 两数之和")


class TestAnInstructorsDate:
    @pytest.mark.parametrize("word", ["two_sum", "a01"])
    @pytest.mark.parametrize(
        ("setting", "told"),
        [("never", "this repository shows no answers; ask your instructor"),
         (TODAY.isoformat(), f"this repository shows answers after {TODAY}; ask again then"),
         ("2999-12-31", "this repository shows answers after 2999-12-31; ask again then")],
    )  # fmt: skip
    def test_holds_whatever_is_solved(
        self, here: Checkout, word: str, setting: str, told: str
    ) -> None:
        solve(here)
        settings(here, f"answers_after: '{setting}'\n")
        ran = here.run("answer", word)
        assert (ran.code, ran.out, ran.err) == (1, "", f"kata40: {word}: {told}\n")

    def test_holds_for_who_gives_up(self, here: Checkout) -> None:
        memory.update(here.root, {"two_sum": {"hints": 3}})
        settings(here, "answers_after: never\n")
        assert here.run("answer", "two_sum", "--give-up").code == 1
        assert memory.read(here.root)["two_sum"].gave_up == ""

    def test_that_has_passed_opens_what_is_solved(self, here: Checkout) -> None:
        settings(here, f"answers_after: {TODAY - datetime.timedelta(1)}\n")
        assert here.run("answer", "two_sum").code == 1
        solve(here)
        assert here.run("answer", "two_sum").code == 0

    def test_that_is_none_is_an_error(self, here: Checkout) -> None:
        solve(here)
        settings(here, "answers_after: soon\n")
        ran = here.run("answer", "two_sum")
        assert ran.code == 2 and "answers_after is 'soon'; write a date like" in ran.err


class TestWhereItIsReadFrom:
    def test_a_branch_of_this_repository(self, checkout: Checkout, branch: Path) -> None:
        solve(checkout)
        run_git(checkout.root, "init", "-q")
        run_git(checkout.root, "fetch", "-q", str(branch),
                "reference-solutions:reference-solutions")  # fmt: skip
        ran = checkout.run("answer", "two_sum")
        assert (ran.code, ran.err) == (0, "") and "def find_pair(" in ran.out
        assert HIDDEN not in ran.out and not (checkout.root / "solutions").exists()

    def test_a_branch_of_origin(self, checkout: Checkout, branch: Path) -> None:
        solve(checkout)
        run_git(checkout.root, "init", "-q")
        run_git(checkout.root, "remote", "add", "origin", str(branch))
        run_git(checkout.root, "fetch", "-q", "origin")
        assert checkout.run("answer", "two_sum").code == 0

    @pytest.mark.parametrize("key", ["answers_from", "_src_path"])
    def test_an_address_in_the_settings(
        self, checkout: Checkout, branch: Path, own_store: Path, key: str
    ) -> None:
        solve(checkout)
        settings(checkout, f"{key}: {branch.as_uri()}\n")
        assert checkout.run("answer", "two_sum").code == 0
        assert len(list((own_store / "answers").iterdir())) == 1
        assert not (checkout.root / "solutions").exists()

    def test_what_was_fetched_serves_without_a_network(
        self, checkout: Checkout, branch: Path, own_store: Path, tmp_path: Path
    ) -> None:
        moving = tmp_path / "moving"
        shutil.copytree(branch, moving)
        solve(checkout)
        settings(checkout, f"answers_from: {moving.as_uri()}\n")
        assert checkout.run("answer", "two_sum").code == 0
        shutil.rmtree(moving)
        assert checkout.run("answer", "two_sum").code == 0
        (stamp,) = own_store.glob("answers/*/fetched")
        os.utime(stamp, (0, 0))  # long ago
        assert checkout.run("answer", "two_sum").code == 0

    def test_an_address_that_does_not_answer(self, checkout: Checkout, own_store: Path) -> None:
        solve(checkout)
        address = (checkout.root / "gone").as_uri()
        settings(checkout, f"answers_from: {address}\n")
        ran = checkout.run("answer", "two_sum")
        assert (ran.code, ran.out) == (1, "") and len(ran.err.splitlines()) == 1
        assert ran.err.startswith(f"kata40: {address}: the answers cannot be fetched (")
        wanted = f"get them by: git fetch {address} reference-solutions:reference-solutions\n"
        assert ran.err.endswith(wanted)
        assert not memory.read(checkout.root)["two_sum"].answered

    def test_no_place_at_all(self, checkout: Checkout) -> None:
        solve(checkout)
        ran = checkout.run("answer", "two_sum")
        assert ran.code == 1 and len(ran.err.splitlines()) == 1
        assert "the answers are not in this repository and its settings name no place" in ran.err

    @pytest.mark.parametrize(
        "address", ["ext::sh -c touch% /tmp/x", "--upload-pack=x", "http://x.example/y",
                    "git://x.example/y", "-x@y:z", "me@host:-x", "https://-x", "../here"],
    )  # fmt: skip
    def test_no_other_address_is_asked(
        self, checkout: Checkout, own_store: Path, address: str
    ) -> None:
        solve(checkout)
        settings(checkout, f"answers_from: '{address}'\n")
        ran = checkout.run("answer", "two_sum")
        assert ran.code == 2 and "write an address that begins with https://" in ran.err
        assert not own_store.joinpath("answers").exists()

    def test_nothing_in_the_repositorys_own_git_settings_is_run(
        self, checkout: Checkout, branch: Path, own_store: Path
    ) -> None:
        solve(checkout)
        run_git(checkout.root, "init", "-q")
        trap = checkout.root / "trap"
        trap.write_text(f"#!/bin/sh\ntouch '{checkout.root}/sprung'\n")
        trap.chmod(0o755)
        for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "credential.helper",
                    "uploadpack.packObjectsHook", "core.askPass"):  # fmt: skip
            run_git(checkout.root, "config", key, str(trap))
        for hook in ("post-checkout", "reference-transaction", "post-index-change"):
            shutil.copy(trap, checkout.root / ".git/hooks" / hook)
        (checkout.root / "sprung").unlink(missing_ok=True)
        settings(checkout, f"answers_from: {branch.as_uri()}\n")
        assert checkout.run("answer", "two_sum").code == 0
        assert not (checkout.root / "sprung").exists()


class TestGit:
    def test_is_ended_when_its_time_is_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slow = tmp_path / "ssh"
        slow.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
        slow.chmod(0o755)
        monkeypatch.setenv("GIT_SSH_COMMAND", str(slow))
        monkeypatch.setattr(git, "_FETCH_S", 0.5)
        with pytest.raises(GraderError) as caught:
            git.fetch(tmp_path / "cache", "me@host:x", "main")
        assert str(caught.value) == "git: no answer in 0.5 s; try again later"

    def test_opens_no_connection_to_read(self, branch: Path, tmp_path: Path) -> None:
        """A clone without contents would fetch each of them by the address in its own settings."""
        clone = tmp_path / "clone"
        run_git(branch, "config", "uploadpack.allowFilter", "true")
        subprocess.run(["git", "clone", "-q", "--bare", "--filter=blob:none", branch.as_uri(),
                        str(clone)], check=True, capture_output=True)  # fmt: skip
        commit = git.commit(clone, ["HEAD"])
        with pytest.raises(GraderError):
            for blob in git.files(clone, commit, "solutions"):
                git.content(clone, blob)

    def test_that_is_missing_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(GraderError) as caught:
            git.fetch(tmp_path / "cache", (ROOT).as_uri(), "main")
        assert str(caught.value) == "git: not found on PATH; install git"


class TestALongText:
    def test_goes_through_a_pager_on_a_terminal(self, here: Checkout, tmp_path: Path) -> None:
        import pty

        solve(here)
        pager = tmp_path / "pager"
        pager.write_text("#!/bin/sh\necho PAGED; wc -l\n")
        pager.chmod(0o755)
        parent, child = pty.openpty()
        environment = {**os.environ, "PAGER": str(pager), "TERM": "xterm", "LINES": "24"}
        ran = here.spawn("answer", "two_sum", stdin=child, stdout=child, stderr=child,
                         env=environment)  # fmt: skip
        os.close(child)
        told = b""
        while True:
            try:
                part = os.read(parent, 4096)
            except OSError:  # the terminal is closed
                break
            if not part:
                break
            told += part
        os.close(parent)
        assert ran.wait() == 0
        assert told.startswith(b"PAGED") and len(told) < 200
