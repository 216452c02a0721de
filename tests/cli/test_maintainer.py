"""`new`, `publish` and `verify` from the command line."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from graders import stubs
from tests.cli.conftest import SOLUTIONS, Checkout


@pytest.fixture
def main(checkout: Checkout) -> Checkout:
    """The maintainers' tree of two_sum alone, as git holds it."""
    for track in ("algorithms", "systems"):
        for topic in (checkout.root / "katas" / track).iterdir():
            if topic.name != "a01_two_sum":
                shutil.rmtree(topic)
    topic = "algorithms/a01_two_sum"
    shutil.copytree(SOLUTIONS / topic, checkout.root / "solutions" / topic)
    return checkout


def git(main: Checkout, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@localhost")
    command = ["git", *identity, *arguments]
    ran = subprocess.run(command, cwd=main.root, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


class TestNew:
    def test_lists_the_files_and_says_what_is_next(self, main: Checkout) -> None:
        ran = main.run("new", "a01", "four_sum")
        assert (ran.code, ran.err) == (0, "")
        assert "katas/algorithms/a01_two_sum/four_sum/kata.toml" in ran.lines
        assert ran.lines[-1] == "python3 noxfile.py -s verify -- four_sum"

    def test_refuses_a_name_that_is_taken(self, main: Checkout) -> None:
        ran = main.run("new", "a01", "two_sum")
        assert (ran.code, ran.out) == (2, "") and ran.err.startswith("kata40: two_sum: ")


class TestPublish:
    def test_writes_the_branches_and_tells_what_changed(self, main: Checkout) -> None:
        git(main, "init", "-q", "-b", "main")
        git(main, "add", "-f", "katas", "solutions")
        git(main, "commit", "-q", "-m", "Katas")
        first, again = main.run("publish"), main.run("publish")
        assert (first.code, first.err) == (0, "")
        assert [line.split(": ")[0] for line in first.lines] == ["starter", "reference-solutions"]
        assert all(line.endswith("(new commit)") for line in first.lines)
        assert all(line.endswith("(unchanged)") for line in again.lines)
        assert git(main, "rev-parse", "starter").startswith(first.lines[0].split()[1])

    def test_of_the_manifest_alone_needs_no_git(self, main: Checkout) -> None:
        (main.root / stubs.MANIFEST).unlink()
        first, again = main.run("publish", "--manifest"), main.run("publish", "--manifest")
        assert first.out == "katas/manifest.json: brought up to date\n"
        assert again.out == "katas/manifest.json: lists every stub already\n"

    def test_outside_of_git_is_one_clear_line(self, main: Checkout) -> None:
        ran = main.run("publish")
        assert ran.code == 2 and ran.err.startswith("kata40: ") and ran.err.count("\n") == 1


class TestVerify:
    def test_ends_in_a_table_and_1_when_something_is_found(self, main: Checkout) -> None:
        solutions = main.root / "solutions/algorithms/a01_two_sum/two_sum"
        for pattern in ("ANSWER.md", "slow_*", "wrong_*"):
            for path in solutions.glob(pattern):
                path.unlink()
        ran = main.run("verify", "two_sum")
        assert (ran.code, ran.err) == (1, "")
        path = "solutions/algorithms/a01_two_sum/two_sum/ANSWER.md"
        assert f"{path}: is missing; write it [file-missing]" in ran.lines
        heads = next(line for line in ran.lines if line.startswith("kata "))
        assert heads.split()[:6] == ["kata", "tests", "wrong_", "slow_", "hungry_", "ref"]
        assert ran.lines[-1].endswith(" findings")

    def test_of_a_tree_without_solutions_names_the_branch(self, checkout: Checkout) -> None:
        ran = checkout.run("verify", "two_sum")
        assert ran.code == 2 and "verify --ref reference-solutions" in ran.err
