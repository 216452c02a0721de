"""The branches for learners: what they hold, that they hide the rest, that every clone agrees."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from graders import stubs
from graders.author.publish import (
    REFERENCE,
    STARTER,
    extract,
    manifest_for,
    publish,
    write_manifest,
)
from graders.errors import GraderError
from graders.repository import Move, Repository

CANARY = b"the-secret-of-two-sum"
KATA = "katas/algorithms/a01_two_sum/two_sum"
ANSWER = "solutions/algorithms/a01_two_sum/two_sum"
STUB = b"def find_pair(numbers, target):\n    raise NotImplementedError\n"
MAIN = {
    ".ci/run": b"# " + CANARY,
    ".github/workflows/ci.yml": b"# " + CANARY,
    ".github/workflows/grade.yml": b"name: Grade\n",
    "CHANGELOG.md": CANARY,
    "LICENSE": b"MIT\n",
    "README.md": b"# kata40\n",
    "benchmarks/run.py": b"# " + CANARY,
    "copier.yml": b"language: en\n",
    "graders/__init__.py": b"",
    "graders/judge.py": b"VERDICT = 1\r\n",
    f"{KATA}/kata.toml": b"format = 1\n",
    f"{KATA}/test_two_sum.py": b"def test(): ...\n",
    f"{KATA}/two_sum.py": STUB,
    "noxfile.py": b"import nox\n",
    "notes.txt": b"nobody named this file: " + CANARY,
    f"{ANSWER}/two_sum.py": b"# " + CANARY + b"\n",
    f"{ANSWER}/test_hidden_two_sum.py": b"# hidden: " + CANARY + b"\n",
    f"{ANSWER}/__init__.py": b"",
    "tests/test_judge.py": b"# " + CANARY,
}
FOR_LEARNERS = {
    ".github/workflows/grade.yml",
    "LICENSE",
    "README.md",
    "copier.yml",
    "graders/__init__.py",
    "graders/judge.py",
    f"{KATA}/kata.toml",
    f"{KATA}/test_two_sum.py",
    f"{KATA}/two_sum.py",
    "katas/manifest.json",
    "noxfile.py",
}


def git(repo, *arguments):
    done = subprocess.run(["git", "-C", str(repo), *arguments], check=True, capture_output=True)
    return done.stdout.decode(errors="surrogateescape").strip()


def write(repo, files):
    for path, data in files.items():
        (repo / path).parent.mkdir(parents=True, exist_ok=True)
        (repo / path).write_bytes(data)


def commit(repo, files):
    write(repo, files)
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--message", f"two_sum: {CANARY.decode()}")


def commit_of(repo, branch):
    return git(repo, "rev-parse", f"refs/heads/{branch}")


def files_of(repo, ref):
    return set(git(repo, "ls-tree", "-r", "--name-only", ref).splitlines())


def manifest_of(repo, ref=STARTER):
    return json.loads(git(repo, "show", f"{ref}:katas/manifest.json"))


def branches_of(repo):
    return git(repo, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads")


@pytest.fixture(autouse=True)
def plain_git(monkeypatch):
    """Keep the tester's own git settings out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "tester")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "tester@localhost")


@pytest.fixture
def repo(tmp_path) -> Path:
    """Return a small main, in a folder whose name needs care."""
    root = tmp_path / "a folder, 目录"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, MAIN)
    return root


def clone(repo, dest, *options):
    git(repo, "clone", "--quiet", *options, repo.as_uri(), str(dest))
    return dest


class TestBranches:
    def test_starter_holds_what_a_learner_needs_and_nothing_else(self, repo):
        publish(repo)
        assert files_of(repo, STARTER) == FOR_LEARNERS
        for path in FOR_LEARNERS & set(MAIN):
            assert git(repo, "rev-parse", f"{STARTER}:{path}") == git(
                repo, "rev-parse", f"main:{path}"
            )

    def test_reference_solutions_holds_the_solutions_and_shares_no_history(self, repo):
        publish(repo)
        assert files_of(repo, REFERENCE) == {path for path in MAIN if path.startswith("solutions/")}
        assert git(repo, "rev-list", "--count", REFERENCE) == "1"
        assert git(repo, "rev-list", "--count", f"{REFERENCE}..main") == "1"

    def test_says_where_each_branch_stands_and_whether_it_moved(self, repo):
        starter, reference = publish(repo)
        assert (starter.branch, starter.commit, starter.changed) == (
            STARTER,
            commit_of(repo, STARTER),
            True,
        )
        assert (reference.branch, reference.changed) == (REFERENCE, True)

    def test_unchanged_content_makes_no_new_commit(self, repo):
        first = publish(repo)
        commit(repo, {"CHANGELOG.md": b"not for learners"})
        again = publish(repo)
        assert [p.commit for p in again] == [p.commit for p in first]
        assert [p.changed for p in again] == [False, False]

    def test_each_branch_is_its_own_parent(self, repo):
        first = publish(repo)
        commit(repo, {f"{KATA}/kata.toml": b"format = 1\nminutes = 20\n"})
        second = publish(repo)
        assert [p.changed for p in second] == [True, False]
        assert git(repo, "rev-parse", f"{STARTER}^@") == first[0].commit
        assert second[1].commit == first[1].commit

    def test_messages_do_not_quote_main(self, repo):
        publish(repo)
        assert CANARY.decode() not in git(repo, "log", "--format=%B%an%ae", STARTER)
        assert git(repo, "rev-parse", "main") in git(repo, "log", "--format=%B", STARTER)

    def test_publishes_another_commit_than_main_when_asked(self, repo):
        git(repo, "switch", "--quiet", "--create", "draft")
        commit(repo, {"LICENSE": b"draft\n"})
        publish(repo, "draft")
        assert git(repo, "show", f"{STARTER}:LICENSE") == "draft"

    def test_work_tree_and_index_are_not_touched(self, repo):
        write(repo, {"README.md": b"staged\n", "new.txt": b"untracked\n"})
        git(repo, "add", "README.md")
        write(repo, {"README.md": b"and edited\n"})
        index = (repo / ".git/index").read_bytes()
        before = git(repo, "status", "--porcelain=v2", "--branch")
        (repo / ".git/index").write_bytes(index)  # status itself may refresh it
        publish(repo)
        assert (repo / ".git/index").read_bytes() == index
        assert git(repo, "status", "--porcelain=v2", "--branch") == before
        assert git(repo, "show", f"{STARTER}:README.md") == "# kata40"

    def test_needs_no_identity_and_hears_no_hook(self, repo, monkeypatch, tmp_path):
        for role in ("AUTHOR", "COMMITTER"):
            monkeypatch.delenv(f"GIT_{role}_NAME")
            monkeypatch.delenv(f"GIT_{role}_EMAIL")
        hook = repo / ".git/hooks/reference-transaction"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))  # as inside a hook
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere/index"))
        published = publish(repo)
        monkeypatch.delenv("GIT_DIR")
        monkeypatch.delenv("GIT_INDEX_FILE")
        assert commit_of(repo, STARTER) == published[0].commit


class TestSecrecy:
    def test_a_clone_of_starter_holds_no_solution_in_any_object(self, repo, tmp_path):
        git(repo, "tag", "v1")
        publish(repo)
        commit(repo, {f"{KATA}/README.md": b"# Two sum\n"})
        publish(repo)
        copy = clone(repo, tmp_path / "learner", "--single-branch", "--branch", STARTER)
        everything = subprocess.run(
            ["git", "-C", str(copy), "cat-file", "--batch-all-objects", "--batch"],
            check=True,
            capture_output=True,
        ).stdout
        assert STUB in everything  # the listing does show contents
        assert CANARY not in everything
        assert CANARY.decode() not in git(copy, "log", "--all", "--patch", "--format=fuller")

    def test_a_copied_solution_stops_the_publication(self, repo):
        commit(repo, {f"{KATA}/two_sum.py": MAIN[f"{ANSWER}/two_sum.py"]})
        before = branches_of(repo)
        message = f"{KATA}/two_sum.py: the same as {ANSWER}/two_sum.py; take it out"
        with pytest.raises(GraderError, match=message):
            publish(repo)
        assert branches_of(repo) == before

    @pytest.mark.parametrize(
        "name",
        [
            "test_hidden_two_sum.py",
            "wrong_same_index.py",
            "slow_pairs.py",
            "hungry_table.py",
            "hang_loop.py",
            "ANSWER.zh.md",
            "key.toml",
            "mutants.toml",
        ],
    )
    def test_a_file_named_like_a_solution_stops_the_publication(self, repo, name):
        commit(repo, {f"{KATA}/{name}": b"oops\n"})
        with pytest.raises(GraderError, match=f"{name}: belongs to the solutions; move it to"):
            publish(repo)

    def test_a_link_stops_the_publication(self, repo):
        (repo / KATA / "answer.py").symlink_to("../../../../solutions")
        commit(repo, {})
        with pytest.raises(GraderError, match=r"answer.py: a link or submodule; learners get"):
            publish(repo)

    def test_empty_files_on_both_sides_are_no_secret(self, repo):
        assert MAIN["graders/__init__.py"] == MAIN[f"{ANSWER}/__init__.py"] == b""
        publish(repo)


class TestReproducible:
    def test_a_fresh_clone_makes_the_same_commits(self, repo, tmp_path):
        other = clone(repo, tmp_path / "other", "--single-branch", "--branch", "main")
        assert publish(repo) == publish(other)

    def test_a_clone_continues_from_the_tips_that_origin_has(self, repo, tmp_path):
        publish(repo)
        commit(repo, {"LICENSE": b"MIT, again\n"})
        other = clone(repo, tmp_path / "other")
        assert publish(other) == publish(repo)
        assert git(other, "rev-list", "--count", STARTER) == "2"

    def test_a_shallow_checkout_makes_the_same_commits(self, repo, tmp_path):
        publish(repo)
        for word in (b"once", b"twice"):
            commit(repo, {"LICENSE": word})
        shallow = clone(repo, tmp_path / "shallow", "--depth=1", "--no-single-branch")
        assert git(shallow, "rev-list", "--count", "main") == "1"
        assert publish(shallow) == publish(repo)

    def test_settings_of_the_person_who_publishes_change_nothing(self, repo, tmp_path):
        other = clone(repo, tmp_path / "other")
        for name, value in {
            "core.autocrlf": "true",
            "commit.gpgSign": "true",
            "i18n.commitEncoding": "ISO-8859-1",
            "user.name": "Somebody",
        }.items():
            git(other, "config", name, value)
        assert publish(other) == publish(repo)

    def test_a_clone_without_changes_gets_the_branches_of_origin(self, repo, tmp_path):
        published = publish(repo)
        other = clone(repo, tmp_path / "other")
        assert [p.changed for p in publish(other)] == [False, False]
        assert commit_of(other, REFERENCE) == published[1].commit


class TestRefusals:
    def test_no_such_commit(self, repo):
        with pytest.raises(GraderError, match="no commit 'nowhere'; publish from a clone that has"):
            publish(repo, "nowhere")

    def test_a_source_without_solutions(self, repo):
        publish(repo)
        with pytest.raises(GraderError, match="'starter' has no solutions/; publish from the"):
            publish(repo, STARTER)

    def test_outside_a_repository(self, tmp_path):
        with pytest.raises(GraderError, match="not a git repository"):
            publish(tmp_path)

    def test_a_branch_that_is_checked_out_does_not_move(self, repo, tmp_path):
        first = publish(repo)
        git(repo, "worktree", "add", "--quiet", str(tmp_path / "tree"), STARTER)
        publish(repo)  # nothing to move
        commit(repo, {"LICENSE": b"new\n"})
        with pytest.raises(GraderError, match=r"tree: branch 'starter' is checked out here;"):
            publish(repo)
        assert commit_of(repo, STARTER) == first[0].commit

    def test_branches_move_all_or_none_and_only_from_where_they_were_seen(self, repo):
        starter, reference = publish(repo)
        main = commit_of(repo, "main")
        moves = [Move(STARTER, starter.commit, main), Move(REFERENCE, starter.commit, main)]
        with pytest.raises(GraderError, match=r"update-ref failed: .*; try again"):
            Repository(repo).move(moves)
        with pytest.raises(GraderError, match=r"update-ref failed: .*; try again"):
            Repository(repo).move([Move(STARTER, "", main)])
        assert commit_of(repo, STARTER) == starter.commit
        assert commit_of(repo, REFERENCE) == reference.commit


class TestPush:
    @pytest.fixture
    def remote(self, repo, tmp_path):
        bare = tmp_path / "the remote.git"
        git(repo, "clone", "--quiet", "--bare", repo.as_uri(), str(bare))
        return bare

    def test_pushes_both_branches(self, repo, remote):
        published = publish(repo, remote=str(remote))
        assert [commit_of(remote, p.branch) for p in published] == [p.commit for p in published]

    def test_another_clone_continues_what_was_pushed(self, repo, remote, tmp_path):
        first = publish(repo, remote=str(remote))
        other = clone(remote, tmp_path / "other", "--single-branch", "--branch", "main")
        commit(other, {"LICENSE": b"new\n"})
        second = publish(other, remote="origin")
        assert git(remote, "rev-parse", f"{STARTER}^") == first[0].commit
        assert commit_of(remote, STARTER) == second[0].commit
        commit(repo, {"LICENSE": b"newer\n"})
        third = publish(repo, remote=str(remote))  # its own branches were behind by then
        assert git(remote, "rev-parse", f"{STARTER}^") == second[0].commit
        assert third[1].commit == first[1].commit

    def test_branches_that_went_different_ways_are_not_forced(self, repo, remote, tmp_path):
        other = clone(remote, tmp_path / "other")
        commit(other, {"LICENSE": b"theirs\n"})
        publish(other, remote="origin")
        commit(repo, {"LICENSE": b"ours\n"})
        publish(repo)
        with pytest.raises(GraderError, match=r"'starter' here and on .* have gone different ways"):
            publish(repo, remote=str(remote))

    def test_a_remote_that_is_not_there_is_named(self, repo, tmp_path):
        with pytest.raises(GraderError, match=r"git ls-remote failed: .*nothing"):
            publish(repo, remote=str(tmp_path / "nothing"))


class TestManifest:
    def test_starter_lists_its_stubs(self, repo):
        publish(repo)
        assert manifest_of(repo) == {"format": 1, "stubs": {"two_sum": [stubs.stub_hash(STUB)]}}

    def test_starter_lists_its_sheets_of_answers(self, repo):
        commit(repo, {"katas/algorithms/a01_two_sum/question/answers.toml": b"format = 1\n"})
        publish(repo)
        listed = manifest_of(repo)["stubs"]
        assert listed["a01_two_sum/answers"] == [stubs.stub_hash(b"format = 1\n")]

    def test_it_keeps_every_stub_that_was_ever_shipped(self, repo):
        publish(repo)
        commit(repo, {f"{KATA}/two_sum.py": STUB + b"# v2\n"})
        publish(repo)
        hashes = sorted([stubs.stub_hash(STUB), stubs.stub_hash(STUB + b"# v2\n")])
        assert manifest_of(repo)["stubs"] == {"two_sum": hashes}
        git(repo, "rm", "-r", "--quiet", KATA)
        commit(repo, {"katas/start_here/kata.toml": b"", "katas/start_here/start_here.py": b"pass"})
        publish(repo)
        assert manifest_of(repo)["stubs"] == {
            "start_here": [stubs.stub_hash(b"pass")],
            "two_sum": hashes,
        }

    def test_it_takes_over_what_main_has_committed(self, repo):
        older = {"format": 1, "stubs": {"two_sum": ["a" * 64], "retired": ["b" * 64]}}
        commit(repo, {stubs.MANIFEST: json.dumps(older).encode()})
        publish(repo)
        listed = manifest_of(repo)["stubs"]
        assert listed["retired"] == ["b" * 64]
        assert listed["two_sum"] == sorted(["a" * 64, stubs.stub_hash(STUB)])

    def test_a_broken_manifest_on_main_stops_the_publication(self, repo):
        commit(repo, {stubs.MANIFEST: b"?"})
        with pytest.raises(GraderError, match=r"main:katas/manifest.json: not JSON"):
            publish(repo)

    def test_writing_it_on_main_reaches_starter_unchanged(self, repo):
        assert write_manifest(repo) is True
        assert write_manifest(repo) is False
        commit(repo, {})
        publish(repo)
        assert git(repo, "rev-parse", f"{STARTER}:{stubs.MANIFEST}") == git(
            repo, "rev-parse", f"main:{stubs.MANIFEST}"
        )

    def test_it_is_stale_once_a_stub_changed(self, repo):
        write_manifest(repo)
        written = json.loads((repo / stubs.MANIFEST).read_bytes())
        assert manifest_for(repo) == written
        write(repo, {f"{KATA}/two_sum.py": b"other\n"})
        assert manifest_for(repo) != written
        assert len(manifest_for(repo)["stubs"]["two_sum"]) == 2

    def test_it_is_not_written_where_modules_may_be_solved(self, tmp_path):
        write(tmp_path, {f"{KATA}/kata.toml": b"", f"{KATA}/two_sum.py": b"solved"})
        with pytest.raises(GraderError, match=r"no solutions/ here, so its modules may be solved"):
            write_manifest(tmp_path)


class TestExtract:
    def test_lays_out_a_branch_byte_for_byte(self, repo, tmp_path):
        git(repo, "config", "core.autocrlf", "true")
        publish(repo)
        written = extract(repo, REFERENCE, tmp_path / "out")
        found = {p for p in (tmp_path / "out").rglob("*") if p.is_file()}
        assert set(written) == found
        for path in found:
            assert path.read_bytes() == MAIN[path.relative_to(tmp_path / "out").as_posix()]
        extract(repo, STARTER, tmp_path / "starter")
        assert (tmp_path / "starter/graders/judge.py").read_bytes() == MAIN["graders/judge.py"]

    def test_a_branch_that_only_origin_has_will_do(self, repo, tmp_path):
        publish(repo)
        other = clone(repo, tmp_path / "other")
        extract(other, REFERENCE, tmp_path / "out")
        assert (tmp_path / "out" / ANSWER / "two_sum.py").is_file()

    def test_a_missing_branch_is_named_with_what_to_do(self, repo, tmp_path):
        with pytest.raises(
            GraderError, match="no branch or commit 'reference-solutions'; get it with: git fetch"
        ):
            extract(repo, REFERENCE, tmp_path / "out")

    def test_links_are_refused_before_anything_is_written(self, repo, tmp_path):
        (repo / "link").symlink_to("/etc/passwd")
        commit(repo, {})
        with pytest.raises(GraderError, match="main:link: not a regular file"):
            extract(repo, "main", tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_no_file_is_written_over(self, repo, tmp_path):
        write(tmp_path / "out", {"LICENSE": b"mine"})
        with pytest.raises(FileExistsError):
            extract(repo, "main", tmp_path / "out")
        assert (tmp_path / "out/LICENSE").read_bytes() == b"mine"
