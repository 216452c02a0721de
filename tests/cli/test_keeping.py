"""Where progress is kept, on this machine or in a committed file; and that it outlives git."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from graders.learn import memory, memory_files
from graders.learn.memory import Memory, Rated, Rating
from graders.model import Verdict
from tests.cli.conftest import Checkout
from tests.cli.test_review import commit, run_git

UNION = "progress.jsonl merge=union\n"
DONE = Memory(hints=1, verdict=Verdict.ACCEPTED, sha256="a" * 64, points=100.0, stages=(60.0, 40.0),
              tries=2, begun="2026-11-29T12:00+00:00",
              reviews=(Rated(0, "2026-11-29", Rating.GOOD, "a" * 16),))


def put(root: Path, slug: str, known: Memory) -> None:
    assert memory.change(root, slug, lambda _: known)


def lines(root: Path) -> list[str]:
    return (root / "progress.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def shared(checkout: Checkout) -> Checkout:
    """A repository that keeps its progress in the committed file."""
    run_git(checkout.root, "init", "-q", "-b", "main")
    put(checkout.root, "two_sum", DONE)
    assert checkout.run("progress", "--keep", "committed").code == 0
    commit(checkout)
    return checkout


def clone(of: Path, name: str) -> Path:
    there = of.parent / name
    run_git(of.parent, "clone", "-q", str(of), str(there))
    return there


class TestChoosing:
    def test_is_local_until_one_chooses(self, checkout: Checkout) -> None:
        put(checkout.root, "two_sum", DONE)
        ran = checkout.run("progress")
        assert ran.lines == [
            "0 of 7 katas are accepted as they stand, 0 begun, 0 begun again, 0 due for a review.",
            "Progress is kept on this machine, in .kata40/. Keep it in a file that you commit "
            "instead:",
            "python3 noxfile.py -s progress -- --keep committed"]
        assert not (checkout.root / "progress.jsonl").exists()

    def test_moves_what_is_known_there_and_back(self, checkout: Checkout) -> None:
        put(checkout.root, "two_sum", DONE)
        put(checkout.root, "lcs_dp", Memory(hints=3))
        ran = checkout.run("progress", "--keep", "committed")
        assert ran.code == 0 and ran.lines == [
            "Progress is kept in progress.jsonl from now on. Commit it with your work:",
            "git add --all progress.jsonl .gitattributes",
            'git commit -m "Progress" progress.jsonl .gitattributes']
        held = {"two_sum": DONE, "lcs_dp": Memory(hints=3)}
        assert memory.read(checkout.root) == held
        assert not (checkout.root / ".kata40/progress.json").exists()
        assert "--keep local" in checkout.run("progress").out
        assert checkout.run("progress", "--keep", "local").code == 0
        assert memory.read(checkout.root) == held
        assert not (checkout.root / "progress.jsonl").exists()

    def test_twice_is_no_different(self, shared: Checkout) -> None:
        assert shared.run("progress", "--keep", "committed").lines[1] == (
            "git add --all progress.jsonl")
        assert memory.read(shared.root) == {"two_sum": DONE}
        assert run_git(shared.root, "status", "--porcelain") == ""

    def test_adds_the_attribute_once_and_keeps_other_lines(self, checkout: Checkout) -> None:
        attributes = checkout.root / ".gitattributes"
        attributes.write_text("*.png binary")
        for _ in range(2):
            assert checkout.run("progress", "--keep", "committed").code == 0
        assert attributes.read_text() == f"*.png binary\n{UNION}"

    @pytest.mark.parametrize("keep", ["local", "committed"])
    def test_loses_nothing_where_newer_graders_wrote(self, checkout: Checkout, keep: str) -> None:
        root = checkout.root
        put(root, "two_sum", DONE)
        (root / "progress.jsonl").write_text('{"format": 2}\n{"kata": "lcs_dp", "x": 1}\n')
        before = {each.name: each.read_bytes() for each in
                  (root / "progress.jsonl", root / ".kata40/progress.json")}
        ran = checkout.run("progress", "--keep", keep)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "progress.jsonl: cannot be moved" in ran.err
        assert before == {each.name: each.read_bytes() for each in
                          (root / "progress.jsonl", root / ".kata40/progress.json")}

    def test_loses_nothing_where_it_cannot_be_written(self, checkout: Checkout) -> None:
        put(checkout.root, "two_sum", DONE)
        (checkout.root / "progress.jsonl").mkdir()
        assert checkout.run("progress", "--keep", "committed").code == 2
        assert memory.read(checkout.root) == {"two_sum": DONE}

    def test_refuses_what_is_no_choice(self, checkout: Checkout) -> None:
        assert checkout.run("progress", "--keep", "cloud").code == 2


class TestTheFile:
    def test_has_a_format_and_a_line_for_each_kata_in_order(self, shared: Checkout) -> None:
        put(shared.root, "lcs_dp", Memory(hints=1))
        put(shared.root, "a_kata", Memory(hints=2))
        rows = [json.loads(line) for line in lines(shared.root)]
        assert rows[0] == {"format": 1}
        assert [each["kata"] for each in rows[1:]] == ["a_kata", "lcs_dp", "two_sum"]
        assert rows[1] == {"kata": "a_kata", "hints": 2}

    def test_is_not_written_where_nothing_changed(self, shared: Checkout) -> None:
        path = shared.root / "progress.jsonl"
        os.utime(path, (1, 1))
        memory.update(shared.root, {})
        assert path.stat().st_mtime == 1

    def test_with_the_marks_of_a_conflict_is_read_and_mended(self, shared: Checkout) -> None:
        row = lines(shared.root)[1]
        other = json.dumps({"kata": "two_sum", "hints": 3})
        (shared.root / "progress.jsonl").write_text(
            f'{{"format": 1}}\n<<<<<<< HEAD\n{row}\n=======\n{other}\n>>>>>>> theirs\n')
        assert memory.read(shared.root) == {"two_sum": replace(DONE, hints=3)}
        memory.update(shared.root, {})
        assert len(lines(shared.root)) == 2

    @pytest.mark.parametrize("junk", [b"", b"\xff\xfe\n", b"{\n", b"[1]\n", b"[" * 100_000 + b"\n",
                                      b'{"kata": 7}\n', b'"two_sum"\n'])
    def test_counts_junk_for_nothing(self, shared: Checkout, junk: bytes) -> None:
        path = shared.root / "progress.jsonl"
        path.write_bytes(junk + path.read_bytes().replace(b"\n", b"\r\n"))
        assert memory.read(shared.root) == {"two_sum": DONE}

    def test_keeps_lines_that_it_cannot_understand(self, shared: Checkout) -> None:
        row = '{"kata": "two_sum", "mood": "good"}'
        with (shared.root / "progress.jsonl").open("a") as file:
            file.write(f"{row}\n")
        put(shared.root, "lcs_dp", Memory(hints=1))
        assert row in lines(shared.root)
        assert memory.read(shared.root)["two_sum"] == DONE
        assert shared.run("progress", "--keep", "local").code == 2  # it has no place for them
        assert row in lines(shared.root)

    @pytest.mark.parametrize("what", ["newer", "large", "link"])
    def test_is_left_alone_when_it_is_not_ours(self, shared: Checkout, what: str) -> None:
        path = shared.root / "progress.jsonl"
        match what:
            case "newer":
                path.write_text('{"format": 2}\n')
            case "large":
                path.write_text('{"format": 1}\n' + " " * (1 << 20))
            case "link":
                path.rename(shared.root / "elsewhere.jsonl")
                path.symlink_to("elsewhere.jsonl")
        before = path.read_bytes()
        assert memory.read(shared.root) == {}
        assert not memory.update(shared.root, {"two_sum": {"hints": 3}})
        assert path.read_bytes() == before and path.is_symlink() == (what == "link")

    def test_is_joined_with_what_was_kept_on_the_machine(self, checkout: Checkout) -> None:
        """As after a pull that brings the file for the first time."""
        put(checkout.root, "lcs_dp", Memory(hints=2))
        memory_files.write_committed(checkout.root, [("two_sum", {"hints": 1})])
        held = {"lcs_dp": Memory(hints=2), "two_sum": Memory(hints=1)}
        assert memory.read(checkout.root) == held
        memory.update(checkout.root, {})
        assert memory.read(checkout.root) == held
        assert not (checkout.root / ".kata40/progress.json").exists()


class TestJoining:
    MEMORIES = (
        Memory(), Memory(hints=2), DONE, replace(DONE, hints=3, sha256="b" * 64),
        Memory(verdict=Verdict.WRONG_ANSWER, sha256="c" * 64, points=40.0, tries=3),
        replace(DONE, round=1, hints=0, verdict=Verdict.WRONG_ANSWER),
        Memory(hints=3, gave_up="2026-11-01", answered="2026-11-02",
               reviews=(Rated(0, "2026-11-01", Rating.AGAIN),)),
    )  # fmt: skip

    def test_does_not_depend_on_order_or_repetition(self) -> None:
        for one, two in itertools.product(self.MEMORIES, repeat=2):
            assert memory.join(one, two) == memory.join(two, one)
            assert memory.join(one, memory.join(one, two)) == memory.join(one, two)
        for one, two, three in itertools.product(self.MEMORIES, repeat=3):
            assert memory.join(memory.join(one, two), three) == memory.join(
                one, memory.join(two, three))

    def test_takes_the_better_verdict_of_one_round_and_the_later_round(self) -> None:
        wrong = Memory(verdict=Verdict.WRONG_ANSWER, sha256="c" * 64, points=40.0)
        assert memory.join(wrong, DONE).verdict is Verdict.ACCEPTED
        assert memory.join(replace(wrong, round=1), DONE).verdict is Verdict.WRONG_ANSWER
        assert memory.join(replace(wrong, round=1), DONE).reviews == DONE.reviews


class TestTwoMachines:
    def test_pull_and_push_without_conflict(self, shared: Checkout) -> None:
        """Both add katas, both go on with the same one; then each has what both know."""
        bare = clone(shared.root, "bare")
        run_git(bare, "checkout", "-q", "--detach")
        home, work = clone(bare, "home"), clone(bare, "work")
        for there in (home, work):
            run_git(there, "checkout", "-q", "-B", "main", "origin/main")
        for step in range(3):
            put(home, "lcs_dp", Memory(hints=step + 1))
            put(home, f"only_home_{step}", Memory(hints=1))
            put(home, "two_sum", replace(DONE, hints=2))
            put(work, f"only_work_{step}", Memory(hints=2))
            put(work, "two_sum", replace(DONE, tries=5 + step))
            put(work, "lcs_dp", Memory(verdict=Verdict.ACCEPTED, sha256="d" * 64))
            for there in (home, work, home):
                run_git(there, "add", "--all")
                if run_git(there, "status", "--porcelain"):
                    run_git(there, "commit", "-qm", "Progress")
                run_git(there, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
                run_git(there, "push", "-q", "origin", "HEAD:main")
        assert memory.read(home) == memory.read(work)
        both = memory.read(home)
        assert both["two_sum"] == replace(DONE, hints=2, tries=7)
        assert both["lcs_dp"] == Memory(hints=3, verdict=Verdict.ACCEPTED, sha256="d" * 64)
        assert {f"only_{where}_{step}" for where in ("home", "work") for step in range(3)} <= set(
            both)

    def test_that_both_begin_the_file_have_no_conflict(self, checkout: Checkout) -> None:
        run_git(checkout.root, "init", "-q", "-b", "main")
        (checkout.root / ".gitattributes").write_text(UNION)
        commit(checkout)
        other = clone(checkout.root, "other")
        for root, slug in ((checkout.root, "two_sum"), (other, "lcs_dp")):
            put(root, slug, DONE)
            assert memory.keep(root, True)
            run_git(root, "add", "--all")
            run_git(root, "commit", "-qm", "Progress")
        run_git(checkout.root, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main")
        assert set(memory.read(checkout.root)) == {"two_sum", "lcs_dp"}


@pytest.mark.parametrize("keep", ["local", "committed"])
def test_a_merge_of_a_new_starter_leaves_progress_alone(checkout: Checkout, keep: str) -> None:
    starter = checkout.root.parent / "starter"
    shutil.copytree(checkout.root, starter)
    (starter / ".gitattributes").write_text(UNION)
    run_git(starter, "init", "-q", "-b", "starter")
    run_git(starter, "add", ".")
    run_git(starter, "commit", "-qm", "one")
    mine = clone(starter, "mine")
    put(mine, "two_sum", DONE)
    assert memory.keep(mine, keep == "committed")
    (mine / "notes.txt").write_text("mine")
    run_git(mine, "add", "--all")
    run_git(mine, "commit", "-qm", "Progress")
    (starter / "katas/new.txt").write_text("new")
    (starter / ".gitattributes").write_text(f"*.png binary\n{UNION}")
    run_git(starter, "add", ".")
    run_git(starter, "commit", "-qm", "two")
    run_git(mine, "pull", "-q", "--no-rebase", "--no-edit", "origin", "starter")
    assert (mine / "katas/new.txt").exists()
    assert memory.read(mine) == {"two_sum": DONE}
    assert memory.is_committed(mine) is (keep == "committed")
    assert subprocess.run(["git", "-C", str(mine), "status", "--porcelain"], check=True,
                          capture_output=True).stdout == b""
