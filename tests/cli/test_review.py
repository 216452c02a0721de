"""`review`: what comes back and when, and that no solution is ever lost on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from graders import stubs
from graders.learn import kept, memory, review, rounds, schedule
from graders.learn.memory import Memory, Rated, Rating
from tests.cli.conftest import Checkout
from tests.cli.reports import ROOT, accepted, kata, wrong

SOLUTION = b'"""Mine."""\n\n\ndef find_pair(nums, target):\n    return None\n'
OTHER = b"# another try\n"
NOON = datetime.fromisoformat("2026-11-29T12:00+00:00")
PATH = "katas/algorithms/a01_two_sum/two_sum/two_sum.py"


def run_git(folder: Path, *arguments: str, input_of: bytes = b"") -> str:
    identity = ("-c", "user.name=tester", "-c", "user.email=tester@localhost")
    done = subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True,
                          capture_output=True, text=True, input=input_of.decode())  # fmt: skip
    return done.stdout.strip()


def commit(checkout: Checkout, message: str = "work") -> None:
    run_git(checkout.root, "add", "--all")
    run_git(checkout.root, "commit", "-qm", message)


def accept(root: Path, data: bytes, slug: str = "two_sum", at: datetime = NOON) -> None:
    """Remember that this module was accepted, as `grade` does."""
    digest = stubs.stub_hash(data)
    assert memory.change(root, slug, lambda known: rounds.judged(known, digest, accepted(), 20, at))


def solve(checkout: Checkout, data: bytes = SOLUTION) -> Path:
    module = checkout.module("two_sum")
    module.write_bytes(data)
    accept(checkout.root, data)
    return module


@pytest.fixture
def repository(checkout: Checkout) -> Checkout:
    """A repository with the stub in its history."""
    run_git(checkout.root, "init", "-q", "-b", "main")
    commit(checkout, "Katas")
    return checkout


@pytest.fixture
def stub(checkout: Checkout) -> bytes:
    return checkout.module("two_sum").read_bytes()


def kept_of(checkout: Checkout) -> dict[int, bytes]:
    return kept.versions(checkout.root, "two_sum")


class TestARound:
    def ended(self, known: Memory, minutes_later: int = 0, minutes: int = 20) -> Rating:
        at = NOON + timedelta(minutes=minutes_later)
        after = rounds.judged(known, "a" * 64, accepted(), minutes, at)
        return after.reviews[-1].rating

    @pytest.mark.parametrize(
        ("hints", "tries", "later", "rating"),
        [
            (0, 0, 15, Rating.EASY), (0, 0, 25, Rating.GOOD), (0, 0, 41, Rating.HARD),
            (0, 1, 5, Rating.GOOD), (1, 0, 5, Rating.GOOD), (2, 0, 5, Rating.HARD),
            (0, 0, 13 * 60, Rating.EASY),  # it was put aside: the time says nothing
        ],
    )  # fmt: skip
    def test_is_rated_by_what_happened(
        self, hints: int, tries: int, later: int, rating: Rating
    ) -> None:
        known = Memory(hints=hints, tries=tries, begun=NOON.isoformat())
        assert self.ended(known, later) is rating

    def test_counts_each_refused_module_once(self) -> None:
        known = Memory()
        for digest in ("a" * 64, "a" * 64, "b" * 64):
            known = rounds.judged(known, digest, wrong(), 20, NOON)
        assert (known.tries, known.reviews, known.points) == (2, (), 50.0)

    def test_is_rated_once_and_not_for_the_solution_of_an_earlier_one(self) -> None:
        first = rounds.judged(Memory(), "a" * 64, accepted(), 20, NOON)
        assert len(rounds.judged(first, "b" * 64, accepted(), 20, NOON).reviews) == 1
        second = rounds.anew(first, NOON)
        assert (second.round, second.redoing) == (1, True)
        put_back = rounds.judged(second, "a" * 64, accepted(), 20, NOON)
        assert len(put_back.reviews) == 1 and put_back.redoing
        assert len(rounds.judged(second, "b" * 64, accepted(), 20, NOON).reviews) == 2

    def test_that_was_given_up_is_rated_so_and_not_again(self) -> None:
        known = rounds.given_up(Memory(hints=3), NOON)
        assert [each.rating for each in known.reviews] == [Rating.AGAIN]
        assert rounds.judged(known, "a" * 64, accepted(), 20, NOON).reviews == known.reviews

    def test_begins_when_the_statement_is_shown(self, checkout: Checkout) -> None:
        checkout.run("show", "two_sum")
        begun = memory.read(checkout.root)["two_sum"].begun
        assert abs(rounds.now() - datetime.fromisoformat(begun)) < timedelta(minutes=2)

    def test_begins_anew_after_a_night_without_work_but_not_in_the_middle(
        self, tmp_path: Path
    ) -> None:
        rounds.begin(tmp_path, "two_sum", NOON)
        later = NOON + timedelta(hours=13)
        rounds.begin(tmp_path, "two_sum", later)
        assert memory.read(tmp_path)["two_sum"].begun == later.isoformat(timespec="minutes")
        memory.update(tmp_path, {"two_sum": {"tries": 1}})
        rounds.begin(tmp_path, "two_sum", NOON + timedelta(days=3))
        assert memory.read(tmp_path)["two_sum"].begun == later.isoformat(timespec="minutes")


class TestTheSchedule:
    def days(self, *ratings: Rating) -> int:
        """Return the days until the next one, each review done on the day it was due."""
        known, day = Memory(), date(2026, 1, 1)
        for number, rating in enumerate(ratings):
            rated = Rated(number, day.isoformat(), rating)
            known = replace(known, reviews=(*known.reviews, rated))
            next_day = schedule.due(known)
            assert next_day is not None
            last, day = day, next_day
        return (day - last).days

    def test_brings_back_sooner_what_was_harder(self) -> None:
        once = [self.days(each) for each in (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)]
        assert once == sorted(once) and len(set(once)) == 4
        assert 1 <= once[0] <= 2 and 5 <= once[2] <= 14

    def test_waits_longer_each_time_that_it_went_well(self) -> None:
        waits = [self.days(*[Rating.GOOD] * count) for count in (1, 2, 3, 4)]
        assert waits == sorted(waits) and waits[3] > 4 * waits[0]

    def test_comes_back_soon_after_a_round_that_was_given_up(self) -> None:
        lapse = self.days(Rating.GOOD, Rating.GOOD, Rating.AGAIN)
        assert 2 * lapse < self.days(*[Rating.GOOD] * 3)

    @pytest.mark.parametrize("day", ["", "soon", "9999-12-31"])
    def test_has_no_day_for_a_date_that_is_none(self, day: str) -> None:
        assert schedule.due(Memory(reviews=(Rated(0, day, Rating.EASY),))) is None

    def test_has_no_day_for_what_is_not_finished(self) -> None:
        assert schedule.days_left(Memory(tries=3), date(2026, 1, 1)) is None


class TestTheList:
    def test_says_what_to_do_when_nothing_comes_back(self, checkout: Checkout) -> None:
        ran = checkout.run("review")
        assert (ran.code, ran.lines) == (0, [
            "Nothing to review yet: katas come back after you have solved or given them up.",
            "python3 noxfile.py -s next"])

    def test_has_the_most_urgent_first_with_its_days(self, checkout: Checkout) -> None:
        today = date.today()
        for slug, ago, rating in (("two_sum", 100, Rating.AGAIN), ("lcs_dp", 0, Rating.GOOD)):
            day = (today - timedelta(days=ago)).isoformat()
            memory.update(checkout.root, {slug: {"reviews": (Rated(0, day, rating),)}})
        ran = checkout.run("review")
        left = schedule.days_left(memory.read(checkout.root)["lcs_dp"], today)
        assert ran.code == 0
        assert ran.lines[1].startswith("two_sum") and "given up" in ran.lines[1]
        assert "due for " in ran.lines[1] and ran.lines[2].endswith(f"in {left} days")
        assert ran.lines[-2:] == [
            "1 kata is due. Begin it again from its stub; your solution is kept:",
            "python3 noxfile.py -s review -- two_sum"]

    def test_leaves_the_tour_out(self) -> None:
        known = Memory(reviews=(Rated(0, "2026-01-01", Rating.GOOD),))
        tour = replace(kata(), track="")
        assert review.days_left(tour, known, date(2026, 2, 1)) is None
        assert review.days_left(kata(), known, date(2026, 2, 1)) == -23

    def test_takes_what_was_graded_and_given_up(self, checkout: Checkout) -> None:
        checkout.solve("two_sum")
        assert checkout.run("grade", "two_sum").code == 0
        assert "at once" in checkout.run("review").out
        assert "Nothing else is due today" in checkout.run("review").out

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [(("--restore",), "--restore needs a SLUG"), (("--number", "1"), "--restore needs a SLUG"),
         (("two_sum", "--number", "1"), "--number goes with --restore"),
         (("two_sun",), "did you mean 'two_sum'"), (("two_sum", "--number", "0"), "range")],
    )  # fmt: skip
    def test_tells_wrong_usage_in_one_line(
        self, checkout: Checkout, arguments: tuple[str, ...], told: str
    ) -> None:
        ran = checkout.run("review", *arguments)
        assert ran.code == 2 and told in ran.err and ran.err.count("\n") == 1


class TestDoingItAgain:
    """Each way a repository can be in when somebody begins; the solution outlives all of them."""

    def begin(self, checkout: Checkout, stub: bytes, solution: bytes = SOLUTION) -> None:
        ran = checkout.run("review", "two_sum")
        assert (ran.code, ran.err) == (0, "")
        assert checkout.module("two_sum").read_bytes() == stub
        assert next(iter(kept_of(checkout).values())) == solution
        assert memory.read(checkout.root)["two_sum"].redoing
        assert os.listdir(checkout.root / ".kata40") and not list(
            (checkout.root / ".kata40").glob("progress.json?*"))
        run_git(checkout.root, "gc", "-q", "--prune=now")
        back = checkout.run("review", "two_sum", "--restore")
        assert (back.code, back.err) == (0, "")
        assert checkout.module("two_sum").read_bytes() == solution

    def test_with_the_solution_committed(self, repository: Checkout, stub: bytes) -> None:
        solve(repository)
        commit(repository)
        head = run_git(repository.root, "rev-parse", "HEAD")
        self.begin(repository, stub)
        assert run_git(repository.root, "rev-parse", "HEAD") == head
        assert run_git(repository.root, "status", "--porcelain", "--", "katas") == ""

    def test_with_uncommitted_changes_and_others_staged(
        self, repository: Checkout, stub: bytes
    ) -> None:
        module = solve(repository, OTHER)
        run_git(repository.root, "add", "--all")
        solve(repository)
        index = run_git(repository.root, "ls-files", "--stage")
        self.begin(repository, stub)
        assert run_git(repository.root, "ls-files", "--stage") == index
        assert run_git(repository.root, "diff", "--name-only") == PATH
        assert module.read_bytes() == SOLUTION

    def test_on_a_detached_head(self, repository: Checkout, stub: bytes) -> None:
        run_git(repository.root, "checkout", "-q", "--detach")
        solve(repository)
        self.begin(repository, stub)

    def test_in_another_work_tree_of_the_repository(
        self, repository: Checkout, stub: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = repository.root.parent / "other"
        run_git(repository.root, "worktree", "add", "-q", str(other))
        monkeypatch.chdir(other)
        there = Checkout(other, repository.capsys)
        solve(there)
        self.begin(there, stub)

    def test_with_line_ends_of_windows(self, repository: Checkout, stub: bytes) -> None:
        solution = SOLUTION.replace(b"\n", b"\r\n")
        solve(repository, solution)
        self.begin(repository, stub.replace(b"\n", b"\r\n"), solution)

    def test_in_a_repository_of_sha256(self, checkout: Checkout, stub: bytes) -> None:
        run_git(checkout.root, "init", "-q", "--object-format=sha256")
        commit(checkout)
        solve(checkout)
        self.begin(checkout, stub)

    def test_with_filters_and_hooks_that_would_change_it(
        self, repository: Checkout, stub: bytes
    ) -> None:
        root = repository.root
        (root / ".gitattributes").write_text("*.py filter=spoil text eol=crlf\n")
        run_git(root, "config", "filter.spoil.clean", "echo spoilt")
        hook = root / ".git/hooks/reference-transaction"
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
        solve(repository)
        assert repository.run("review", "two_sum").code == 0
        assert repository.module("two_sum").read_bytes() == stub
        assert kept_of(repository) == {1: SOLUTION}

    def test_keeps_the_modules_mode(self, repository: Checkout) -> None:
        solve(repository).chmod(0o755)
        assert repository.run("review", "two_sum").code == 0
        assert repository.module("two_sum").stat().st_mode & 0o777 == 0o755

    def test_a_second_time_changes_nothing(self, repository: Checkout, stub: bytes) -> None:
        module = solve(repository)
        for _ in range(2):
            assert repository.run("review", "two_sum").code == 0
        assert "is the stub already" in repository.run("review", "two_sum").out
        assert memory.read(repository.root)["two_sum"].round == 1
        module.write_bytes(OTHER)
        ran = repository.run("review", "two_sum")
        assert ran.code == 0 and "left as it stands" in ran.out
        assert module.read_bytes() == OTHER
        assert kept_of(repository) == {1: SOLUTION}

    def test_twice_at_once_keeps_the_solution(self, repository: Checkout, stub: bytes) -> None:
        module = solve(repository)
        both = [repository.spawn("review", "two_sum") for _ in range(2)]
        codes = [each.wait() for each in both]
        assert all(each.communicate()[1].count(b"\n") <= 1 for each in both)
        assert 0 in codes
        assert module.read_bytes() == stub and SOLUTION in kept_of(repository).values()

    def test_after_a_further_solution_keeps_both(self, repository: Checkout) -> None:
        module = solve(repository)
        repository.run("review", "two_sum")
        module.write_bytes(OTHER)
        accept(repository.root, OTHER)
        assert repository.run("review", "two_sum").code == 0
        assert kept_of(repository) == {2: OTHER, 1: SOLUTION}
        assert repository.run("review", "two_sum", "--restore", "--number", "1").code == 0
        assert module.read_bytes() == SOLUTION

    def test_makes_next_go_on_as_if_it_were_solved(self, repository: Checkout) -> None:
        solve(repository)
        assert "two_sum" not in repository.run("next").out
        repository.run("review", "two_sum")
        assert "two_sum" not in repository.run("next").out

    def test_needs_a_kata_that_was_solved(self, repository: Checkout) -> None:
        repository.module("two_sum").write_bytes(OTHER)
        ran = repository.run("review", "two_sum")
        assert (ran.code, ran.out) == (1, "")
        assert "is not known here as solved or given up; judge it first" in ran.err


class TestWhereItWouldNotBeSafe:
    def refused(self, checkout: Checkout, code: int = 2) -> str:
        before = checkout.module("two_sum").read_bytes()
        ran = checkout.run("review", "two_sum")
        assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), ran
        assert checkout.module("two_sum").read_bytes() == before
        assert not memory.read(checkout.root)["two_sum"].redoing
        return ran.err

    def test_no_repository(self, checkout: Checkout) -> None:
        solve(checkout)
        (checkout.root / ".copier-answers.yml").write_text(f"_src_path: {ROOT}\n")
        assert "no git repository, so your solution would not be safe" in self.refused(checkout)

    def test_no_git(self, repository: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
        solve(repository)
        monkeypatch.setenv("PATH", "/nowhere")
        self.refused(repository, 1)

    def test_no_stub_in_history_and_no_template(self, checkout: Checkout) -> None:
        solve(checkout)
        run_git(checkout.root, "init", "-q")
        assert "its stub is not in the history" in self.refused(checkout, 1)

    def test_a_link(self, repository: Checkout) -> None:
        module = solve(repository)
        real = repository.root / "real.py"
        module.replace(real)
        module.symlink_to(real)
        assert "is missing, a link or no ordinary file" in self.refused(repository)
        assert module.is_symlink() and real.read_bytes() == SOLUTION

    def test_a_store_of_objects_that_cannot_be_written(self, repository: Checkout) -> None:
        solve(repository)
        shutil.rmtree(repository.root / ".git/objects/info", ignore_errors=True)
        content = run_git(repository.root, "hash-object", "--stdin", input_of=SOLUTION)
        (repository.root / ".git/objects" / content[:2]).write_text("in the way")
        self.refused(repository)

    def test_a_ref_that_cannot_be_made(self, repository: Checkout) -> None:
        solve(repository)
        (repository.root / ".git/refs/kata40").write_text("in the way")
        self.refused(repository)

    @pytest.mark.skipif(os.name == "nt", reason="no such limit on Windows")
    def test_a_full_disk(self, repository: Checkout) -> None:
        module = solve(repository)
        code = ("import resource, sys; from graders import cli\n"
                "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
                "sys.exit(cli.run(['review', 'two_sum']))")
        ran = subprocess.run([sys.executable, "-c", code], cwd=repository.root,
                             capture_output=True, text=True)
        assert ran.returncode == 2 and ran.stderr.count("\n") == 1
        assert module.read_bytes() == SOLUTION


# Where a run is killed, and what must be true then: the solution stands there, or git has it.
_KILLS = {
    "before it is kept": "kept.keep = lambda *a: os._exit(9)",
    "before the ref": "git.create = lambda *a: os._exit(9)",
    "before the stub is written": "module_file.replace = lambda *a: os._exit(9)",
    "while the stub is written": "os.fsync = lambda *a: os._exit(9)",
    "before the stub takes its place": "module_file.os.replace = lambda *a: os._exit(9)",
    "before it is noted": "review._note = lambda *a: os._exit(9)",
}


@pytest.mark.parametrize("kill", _KILLS.values(), ids=_KILLS)
def test_a_run_that_is_killed_loses_nothing_and_the_next_one_goes_on(
    repository: Checkout, stub: bytes, kill: str
) -> None:
    module = solve(repository)
    code = ("import os, sys; from graders import cli, git\n"
            "from graders.learn import kept, module_file, review\n"
            f"{kill}\nsys.exit(cli.run(['review', 'two_sum']))")
    ran = subprocess.run([sys.executable, "-c", code], cwd=repository.root, capture_output=True)
    assert ran.returncode == 9
    standing = module.read_bytes()
    assert standing == SOLUTION or (standing == stub and kept_of(repository) == {1: SOLUTION})
    assert repository.run("review", "two_sum").code == 0
    assert module.read_bytes() == stub and kept_of(repository) == {1: SOLUTION}
    assert memory.read(repository.root)["two_sum"].redoing
    assert not list((repository.root / ".kata40").glob("progress.json?*"))


class TestTakingItBack:
    def test_keeps_what_stands_there(self, repository: Checkout) -> None:
        module = solve(repository)
        repository.run("review", "two_sum")
        module.write_bytes(OTHER)
        ran = repository.run("review", "two_sum", "--restore")
        assert ran.code == 0 and "kept as number 2" in ran.out
        assert module.read_bytes() == SOLUTION and kept_of(repository)[2] == OTHER

    def test_does_not_count_as_solved_anew(self, repository: Checkout) -> None:
        solve(repository)
        repository.run("review", "two_sum")
        repository.run("review", "two_sum", "--restore")
        accept(repository.root, SOLUTION)
        assert len(memory.read(repository.root)["two_sum"].reviews) == 1

    def test_says_when_there_is_nothing(self, repository: Checkout) -> None:
        module = solve(repository)
        ran = repository.run("review", "two_sum", "--restore")
        assert ran.code == 1 and "no other solution is kept" in ran.err
        ran = repository.run("review", "two_sum", "--restore", "--number", "7")
        assert ran.code == 2 and "no solution 7 is kept; there are: -" in ran.err
        assert module.read_bytes() == SOLUTION

    def test_is_not_fooled_by_refs_of_others(self, repository: Checkout) -> None:
        head = run_git(repository.root, "rev-parse", "HEAD")
        run_git(repository.root, "update-ref", "refs/kata40/solutions/two_sum/x", head)
        module = solve(repository)
        assert repository.run("review", "two_sum").code == 0
        assert repository.run("review", "two_sum", "--restore").code == 0
        assert module.read_bytes() == SOLUTION


class TestTheStub:
    def test_is_the_newest_one_that_was_shipped(self, repository: Checkout, stub: bytes) -> None:
        newer = stub + b"\n# newer\n"
        repository.module("two_sum").write_bytes(newer)
        known = stubs.known_stubs(repository.root / "katas")
        both = stubs.merge([known, {"two_sum": frozenset({stubs.stub_hash(newer)})}])
        manifest = repository.root / stubs.MANIFEST
        manifest.write_bytes(stubs.render(stubs.document(both)))
        commit(repository, "An update")
        solve(repository)
        commit(repository)
        assert repository.run("review", "two_sum").code == 0
        assert repository.module("two_sum").read_bytes() == newer

    def test_is_found_on_another_branch(self, checkout: Checkout, stub: bytes) -> None:
        run_git(checkout.root, "init", "-q", "-b", "starter")
        commit(checkout)
        run_git(checkout.root, "checkout", "-q", "--orphan", "mine")
        solve(checkout)
        commit(checkout)
        assert checkout.run("review", "two_sum").code == 0
        assert checkout.module("two_sum").read_bytes() == stub

    @pytest.mark.parametrize("prepare", [lambda c: None, commit], ids=["no commit", "one commit"])
    def test_comes_from_the_template_where_history_never_had_it(
        self, checkout: Checkout, tmp_path: Path, stub: bytes, prepare: Callable[[Checkout], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("KATA_STORE", str(tmp_path / "own store"))
        template = tmp_path / "template"
        shutil.copytree(checkout.root, template)
        run_git(template, "init", "-q", "-b", "starter")
        run_git(template, "add", ".")
        run_git(template, "commit", "-qm", "starter")
        (checkout.root / ".copier-answers.yml").write_text(f"_src_path: {template}\n")
        run_git(checkout.root, "init", "-q")
        solve(checkout)
        prepare(checkout)
        assert checkout.run("review", "two_sum").code == 0
        assert checkout.module("two_sum").read_bytes() == stub
        assert kept_of(checkout) == {1: SOLUTION}
