"""cohort create: from a roster to repositories, whatever stops it on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from copier import run_copy

from graders import cli
from graders.cohort import create as creation
from graders.cohort import roster as rosters
from graders.cohort.choose import remote
from graders.cohort.personal import SENTINELS, Master
from graders.cohort.template import File
from graders.errors import GraderError
from tests.cohort import small
from tests.cohort.killed import COUNTED
from tests.cohort.small import Template, everything, git

NAMES = ("Ada Lovelace", "林纳斯", "null", "O'Brien: \"x\" #1", "A*d_a <b>[x](javascript:y) \\ `c`",
         "{{ 7*7 }}{% raw %}", "yes", "1e3", "- a", "@x & y | z", "x" * 80)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    made = Template(tmp_path_factory.mktemp("templates") / "starter")
    made.tag("v1")
    return made


@pytest.fixture
def folder(tmp_path: Path, template: Template) -> Path:
    return small.cohort(tmp_path / "autumn", template)


def run(*arguments: str | Path) -> int:
    return cli.run(["cohort", *map(str, arguments)])


def make(folder: Path, *rows: str, kind: str | None = None) -> creation.Created:
    listed = small.roster(folder.parent / "roster.csv", *rows)
    planned = creation.plan(folder, listed, lambda cohort: remote(cohort, kind))
    return creation.create(planned, 2, lambda done, total, label: None)


def rows(*names: str) -> list[str]:
    quoted = ['"{}"'.format(name.replace('"', '""')) for name in names]
    return [f"l{i},{name},l{i}@x.org,," for i, name in enumerate(quoted)]


class TestTheRepositories:
    def test_are_what_copier_itself_makes_for_each_learner(
        self, tmp_path: Path, folder: Path, template: Template
    ) -> None:
        created = make(folder, *rows(*NAMES))
        assert created.made == tuple(f"l{i}" for i in range(len(NAMES)))
        for i, name in enumerate(NAMES):
            theirs = tmp_path / "real" / f"l{i}"
            run_copy(str(template.folder), theirs, defaults=True, quiet=True, vcs_ref="v1", data={
                "project_name": "Autumn 2026: {{katas}}", "cohort": "autumn",
                "learner_id": f"l{i}", "learner_name": name, "language": "en",
                "tracks": ["systems", "algorithms"]})
            diff = subprocess.run(["diff", "-r", "--exclude=.git", theirs, folder / f"repos/l{i}"],
                                  capture_output=True, text=True)
            assert diff.stdout + diff.stderr == ""

    def test_are_clean_whole_and_each_its_own(self, folder: Path) -> None:
        make(folder, "ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,")
        for each, other in (("ada", b"Bob"), ("bob", b"Ada")):
            repo = folder / "repos" / each
            assert git(repo, "status", "--porcelain") == ""
            assert git(repo, "rev-parse", "--abbrev-ref", "HEAD") == "main"
            assert git(repo, "rev-list", "--count", "--all") == "1"
            git(repo, "fsck", "--strict")
            assert git(repo, "remote") == "" and not (repo / ".git/hooks").exists()
            names = git(repo, "cat-file", "--batch-all-objects", "--batch-check").split()[::3]
            held = b"".join(subprocess.run(["git", "-C", repo, "cat-file", "-p", name],
                                           capture_output=True).stdout for name in names)
            assert other not in held and b"SECRET" not in held and b"zq0learner" not in held
        links = [path for path in (folder / "repos").rglob("*")
                 if path.is_file() and path.stat().st_nlink > 1]
        assert links == []

    def test_have_the_same_commits_wherever_they_are_made(
        self, tmp_path: Path, folder: Path, template: Template
    ) -> None:
        other = small.cohort(tmp_path / "elsewhere", template)
        for each in (folder, other):
            make(each, "ada,Ada,a@x.org,,")
        tips = [git(each / "repos/ada", "rev-parse", "HEAD") for each in (folder, other)]
        assert tips[0] == tips[1]

    def test_have_what_the_cohort_chose(self, tmp_path: Path, template: Template) -> None:
        folder = small.cohort(tmp_path / "few", template, more='katas = ["two_sum"]')
        make(folder, "ada,Ada,a@x.org,,")
        held = {path.parent.name for path in (folder / "repos/ada/katas").rglob("kata.toml")}
        assert held == {"two_sum", "start_here"}
        assert "systems" not in (folder / "repos/ada/README.md").read_text()

    def test_hold_nothing_that_came_after_the_tag(self, tmp_path: Path) -> None:
        own = Template(tmp_path / "own")
        own.tag("v1")
        own.write("docs/learn.md", "# Later\n")
        own.write("docs/later.md", "# Later\n")
        git(own.folder, "add", "--all")
        git(own.folder, "commit", "--quiet", "--message", "later")
        folder = small.cohort(tmp_path / "c", own)
        make(folder, "ada,Ada,a@x.org,,")
        assert b"# Later" not in b"".join(small.files(folder / "repos/ada").values())
        assert not (folder / "repos/ada/docs/later.md").exists()

    def test_can_be_bare_and_take_pushes_forward_only(self, tmp_path: Path, folder: Path) -> None:
        make(folder, "ada,Ada,a@x.org,,", kind="bare")
        repo = folder / "repos/ada"
        assert git(repo, "rev-parse", "--is-bare-repository") == "true"
        clone = tmp_path / "clone"
        git(tmp_path, "clone", "--quiet", repo.as_uri(), str(clone))
        assert (clone / "README.md").is_file()
        (clone / "mine.txt").write_text("x")
        git(clone, "add", "--all")
        git(clone, "commit", "--quiet", "--message", "mine")
        git(clone, "push", "--quiet", "origin", "main")
        git(clone, "commit", "--quiet", "--amend", "--message", "another")
        with pytest.raises(subprocess.CalledProcessError):
            git(clone, "push", "--quiet", "--force", "origin", "main")

    def test_are_pushed_to_the_addresses_of_the_roster(self, tmp_path: Path, folder: Path) -> None:
        git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hers.git")
        row = f"ada,Ada,a@x.org,{tmp_path}/hers.git,"
        assert make(folder, row).made == ("ada",)
        assert git(tmp_path / "hers.git", "log", "--format=%s", "main") == "Autumn 2026: {{katas}}"
        assert not (folder / "repos/ada").exists()
        assert make(folder, row).kept == ("ada",)


class TestRunningItAgain:
    def test_adds_only_what_is_missing(self, folder: Path) -> None:
        make(folder, "ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,")
        (folder / "repos/ada/katas/mine.txt").write_text("work")
        before = everything(folder / "repos/ada")
        shutil.rmtree(folder / "repos/bob")
        created = make(folder, "ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,", "eve,Eve,e@x.org,,")
        assert (created.made, created.kept, created.failed) == (("bob", "eve"), ("ada",), ())
        assert everything(folder / "repos/ada") == before
        assert [each.id for each in rosters.read(folder / "roster.csv")] == ["ada", "bob", "eve"]

    def test_renders_once_for_all_and_never_again(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rendered = []
        real = creation.template.render
        monkeypatch.setattr(creation.template, "render",
                            lambda *given: rendered.append(1) or real(*given))  # type: ignore
        make(folder, "ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,")
        make(folder, "ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,", "eve,Eve,e@x.org,,")
        assert rendered == [1]

    def test_is_refused_while_another_is_at_work(self, folder: Path) -> None:
        started, release = threading.Event(), threading.Event()

        def wait(done: int, total: int, label: str) -> None:
            started.set()
            release.wait(60)

        listed = small.roster(folder.parent / "roster.csv", "ada,Ada,a@x.org,,")
        planned = creation.plan(folder, listed, remote)
        first = threading.Thread(target=creation.create, args=(planned, 1, wait))
        first.start()
        assert started.wait(60)
        try:
            with pytest.raises(GraderError, match="another command is at work in this cohort"):
                creation.create(planned, 1, wait)
        finally:
            release.set()
            first.join()

    def test_a_repository_that_fails_stops_no_other(self, tmp_path: Path, folder: Path) -> None:
        created = make(folder, f"ada,Ada,a@x.org,{tmp_path}/nowhere.git,", "bob,Bob,b@x.org,,")
        assert created.made == ("bob",)
        assert [each for each, _ in created.failed] == ["ada"]
        assert "no such repository" in created.failed[0][1]


# Runs create in a process that is killed at its N-th effect: a git started, a file renamed.
KILLED = COUNTED + """
import subprocess
from pathlib import Path
from graders.cohort import create as creation
from graders.cohort.choose import remote
left = int(sys.argv[3])
def cached(template, data):
    from graders.cohort.template import File
    import pickle
    return pickle.loads(Path(sys.argv[4]).read_bytes())
creation.template.render = cached
planned = creation.plan(Path(sys.argv[1]), Path(sys.argv[2]), remote)
for where, name in ((subprocess, "Popen"), (os, "replace"), (os, "rename"), (Path, "rename"),
                    (Path, "write_text"), (Path, "mkdir")):
    real = getattr(where, name)
    if isinstance(real, type):
        class Popen(real):
            def __init__(self, *given, **named):
                counted(lambda: None)()
                super().__init__(*given, **named)
        setattr(where, name, Popen)
    else:
        setattr(where, name, counted(real))
creation.create(planned, 1, lambda done, total, label: None)
print("whole")
"""


def test_killed_at_any_step_and_run_again_it_is_right(
    tmp_path: Path, template: Template
) -> None:
    import pickle

    people = ["ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,"]
    whole = small.cohort(tmp_path / "whole", template)
    listed = small.roster(tmp_path / "roster.csv", *people)
    planned = creation.plan(whole, listed, remote)
    rendered = tmp_path / "rendered"
    rendered.write_bytes(pickle.dumps(dict(creation._render(planned))))
    creation.create(planned, 1, lambda done, total, label: None)
    wanted = {each: (small.files(whole / "repos" / each), tip(whole, each))
              for each in ("ada", "bob")}
    for step in range(1, 200, 3):
        folder = small.cohort(tmp_path / "autumn", template)
        command = [sys.executable, "-c", KILLED, folder, listed, str(step), rendered]
        done = subprocess.run(command, cwd=small.ROOT, capture_output=True, text=True)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        again = creation.plan(folder, listed, remote)
        assert creation.create(again, 2, lambda done, total, label: None).failed == ()
        found = {each: (small.files(folder / "repos" / each), tip(folder, each))
                 for each in ("ada", "bob")}
        assert found == wanted, step
        assert not list(folder.glob("repos/.new-*")) and not list(folder.glob(".roster*"))
        for each in ("ada", "bob"):
            git(folder / "repos" / each, "fsck", "--strict")
        shutil.rmtree(folder)
    assert step > 25 and "whole" in done.stdout


def tip(folder: Path, learner: str) -> str:
    return git(folder / "repos" / learner, "rev-parse", "HEAD")


class TestItRefuses:
    """Each with one line, and nothing written."""

    @pytest.mark.parametrize(("more", "told"), [
        ('topics = ["s04"]', "cohort.toml: topics: 's04' is not in the template at v1; did you"),
        ('topics = ["zzz"]', "topics: 'zzz' is not in the template at v1; it has: a01, s03"),
        ('katas = ["two_sums"]', "katas: 'two_sums' is not in the template at v1; did you"),
        ('topics = ["s03"]\nkatas = ["two_sum"]', "no kata of 'katas' is in a topic of 'topics'"),
        ('[extensions.adda]\ndeadline = 2026-12-01T00:00:00Z\nreason = "ill"',
         "cohort.toml: [extensions.adda]: no such learner in"),
    ])
    def test_settings_that_do_not_fit(self, tmp_path: Path, template: Template, more: str,
                                      told: str) -> None:
        self.refused(small.cohort(tmp_path / "c", template, more=more), told)

    def test_a_tag_that_is_not_there(self, tmp_path: Path, template: Template) -> None:
        self.refused(small.cohort(tmp_path / "c", template, "v9"),
                     "starter: has no tag 'v9'; its newest: v1")

    def test_a_template_without_a_tag(self, tmp_path: Path, template: Template) -> None:
        git(tmp_path, "clone", "--quiet", "--no-tags", str(template.folder), "bare")
        self.refused(small.cohort(tmp_path / "c", str(tmp_path / "bare")),
                     "has no tag 'v1'; it has none: git tag v1")

    def test_a_dirty_template(self, tmp_path: Path, template: Template) -> None:
        git(tmp_path, "clone", "--quiet", str(template.folder), "mine")
        (tmp_path / "mine/katas/new.py").write_text("x")
        self.refused(small.cohort(tmp_path / "c", str(tmp_path / "mine")),
                     "has changes that are not committed, and would not be handed out; commit")

    def test_a_template_that_is_no_repository(self, tmp_path: Path) -> None:
        self.refused(small.cohort(tmp_path / "c", str(tmp_path)), "is no git repository; change")

    def test_an_address_without_that_tag(self, tmp_path: Path, served: str) -> None:
        self.refused(small.cohort(tmp_path / "c", served, "v9"),
                     "has no tag 'v9'; push that tag, or change 'version' in cohort.toml")

    def test_an_address_that_copier_would_take_for_a_folder(self, tmp_path: Path) -> None:
        self.refused(small.cohort(tmp_path / "c", "https://git.example.org/katas"),
                     "copier takes an address only with .git at its end; change 'template'")

    def test_a_roster_with_an_id_twice(self, tmp_path: Path, template: Template) -> None:
        self.refused(small.cohort(tmp_path / "c", template), "'ada' is taken by line 2",
                     "ada,Ada,a@x.org,,", "ada,Eve,e@x.org,,")

    def test_a_folder_without_settings(self, tmp_path: Path) -> None:
        (tmp_path / "c").mkdir()
        self.refused(tmp_path / "c", "no cohort.toml here")

    def test_a_forge_that_the_settings_do_not_describe(self, tmp_path: Path,
                                                       template: Template) -> None:
        self.refused(small.cohort(tmp_path / "c", template), "no [forge] of kind 'gitea'; add it",
                     kind="gitea")

    def refused(self, folder: Path, told: str, *people: str, kind: str | None = None) -> None:
        before = everything(folder)
        with pytest.raises(GraderError) as caught:
            make(folder, *(people or ("ada,Ada,a@x.org,,",)), kind=kind)
        assert told in str(caught.value) and "\n" not in str(caught.value)
        assert everything(folder) == before

    def test_nothing_that_is_handed_out_has_a_sentinel(self) -> None:
        for folder in ("graders", "docs", "katas", "copier"):
            for path in (small.ROOT / folder).rglob("*.*"):
                held = path.read_bytes() if path.is_file() else b""
                assert not any(word.encode() in held for word in SENTINELS.values()), path

    def test_a_template_that_writes_the_learner_elsewhere(self) -> None:
        both = b"zq0learner0id0qz zq0learner0name0qz"
        with pytest.raises(GraderError, match=r"into other files .*\(README\.md, notes\.md\)"):
            Master.of({"README.md": File(both), "notes.md": File(both)})


@pytest.fixture
def served(tmp_path: Path, template: Template) -> str:
    git(tmp_path, "clone", "--quiet", "--bare", str(template.folder), "starter.git")
    return (tmp_path / "starter.git").as_uri()


def test_the_template_may_be_an_address(tmp_path: Path, served: str) -> None:
    folder = small.cohort(tmp_path / "c", served)
    assert make(folder, "ada,Ada,a@x.org,,").made == ("ada",)
    answers = (folder / "repos/ada/.copier-answers.yml").read_text()
    assert f"_src_path: {served}\n" in answers and "_commit: v1\n" in answers


class TestTheCommand:
    def test_makes_and_tells_in_one_line(self, folder: Path,
                                         capsys: pytest.CaptureFixture[str]) -> None:
        listed = small.roster(folder.parent / "r.csv", "ada,Ada,a@x.org,,")
        assert run("create", listed, "--out", folder) == 0
        assert capsys.readouterr().out == "1 made, 0 there before, 0 failed\n"

    def test_prints_every_call_and_makes_none(self, folder: Path,
                                              capsys: pytest.CaptureFixture[str]) -> None:
        listed = small.roster(folder.parent / "r.csv", "ada,Ada,a@x.org,,", "bob,Bob,b@x.org,,")
        before = everything(folder)
        assert run("create", listed, "--out", folder, "--dry-run") == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("write ") and lines[1].startswith("copier copy --vcs-ref v1 ")
        assert lines[2:] == [f"git init {folder}/repos/ada", f"git init {folder}/repos/bob"]
        assert everything(folder) == before

    def test_tells_which_failed_and_exits_with_1(self, tmp_path: Path, folder: Path,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
        listed = small.roster(folder.parent / "r.csv", f"ada,Ada,a@x.org,{tmp_path}/no.git,")
        assert run("create", listed, "--out", folder) == 1
        assert "ada: " in capsys.readouterr().out

    def test_shows_a_bar_on_a_terminal(self, folder: Path) -> None:
        import pexpect

        listed = small.roster(folder.parent / "r.csv", "ada,Ada,a@x.org,,")
        child = pexpect.spawn(sys.executable, ["-m", "graders", "cohort", "create", str(listed),
                                               "--out", str(folder)], cwd=str(small.ROOT),
                              env={**os.environ, "TERM": "xterm"}, timeout=120)
        child.expect_exact("making [########################] 1/1  ada")
        child.expect_exact("1 made")
        child.expect(pexpect.EOF)
