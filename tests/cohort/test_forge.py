"""cohort create on a forge: each client against a server of ours that answers as its forge does."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from graders import cli
from graders.cohort import access, settings
from graders.cohort import create as creation
from graders.cohort import roster as rosters
from graders.cohort import update as updating
from graders.cohort.choose import remote
from graders.cohort.template import File
from graders.cohort.template import Template as Found
from graders.errors import GraderError
from tests.cohort import small
from tests.cohort.forges import TOKEN, Forge, Trouble, serve
from tests.cohort.killed import COUNTED
from tests.cohort.small import Template, git

KINDS = ("github", "gitlab", "gitea", "gitee")
PEOPLE = ("ada,Ada,a@x.org,,", "l2,Linus,l@x.org,,linus-t")
AGAIN = {"Retry-After": "0"}
RENDERED: dict[str, Mapping[str, File]] = {}
SETTINGS = '[forge]\nkind = "{kind}"\nurl = "{url}"\nowner = "cs101"\nprefix = "os-"\n'


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    made = Template(tmp_path_factory.mktemp("templates") / "starter")
    made.tag("v1")
    return made


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    (tmp_path / "hosted").mkdir()
    made = Forge(tmp_path / "hosted")
    server = serve(made)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATA_FORGE_TOKEN", TOKEN)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What copier makes is read in test_create; here it is made once for all."""
    real = creation.template.render

    def render(found: Found, data: Mapping[str, object]) -> Mapping[str, File]:
        key = repr((found.address, found.commit, found.version, sorted(data.items())))
        if key not in RENDERED:
            RENDERED[key] = real(found, data)
        return RENDERED[key]

    monkeypatch.setattr(creation.template, "render", render)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path, template: Template, forge: Forge, kind: str) -> Path:
    return small.cohort(tmp_path / "autumn", template,
                        more=SETTINGS.format(kind=kind, url=forge.url))


def plan(folder: Path, *rows: str) -> creation.Plan:
    listed = small.roster(folder.parent / "roster.csv", *(rows or PEOPLE))
    return creation.plan(folder, listed, remote)


def make(folder: Path, *rows: str) -> creation.Created:
    return creation.create(plan(folder, *rows), 2, lambda *told: None)


def test_makes_shares_and_pushes_each_repository(folder: Path, forge: Forge, kind: str) -> None:
    created = make(folder)
    assert (created.made, created.failed) == (("ada", "l2"), ())
    assert forge.members == {"os-ada": {"ada"}, "os-l2": {"linus-t"}}
    assert set(forge.private.values()) == {True}
    assert forge.protected == ({"os-ada", "os-l2"} if kind == "gitlab" else set())
    for name, person in (("os-ada", "Ada"), ("os-l2", "Linus")):
        page = git(forge.repository(name), "show", "main:README.md")
        assert f"Katas of {person}." in page
    assert not list((folder / "repos").iterdir())
    assert all(TOKEN in each for each in forge.tokens)


def test_notes_the_addresses_in_its_roster(folder: Path, forge: Forge) -> None:
    make(folder)
    listed = rosters.read(folder / "roster.csv")
    assert [each.repo for each in listed] == [
        forge.repository("os-ada").as_uri(), forge.repository("os-l2").as_uri()]
    assert listed[1].account == "linus-t"


def test_a_second_run_changes_nothing(folder: Path, forge: Forge) -> None:
    make(folder)
    before = len(forge.writes)
    created = make(folder)
    assert (created.made, created.kept) == ((), ("ada", "l2"))
    assert len(forge.writes) == before


def test_a_dry_run_prints_the_calls_that_a_run_makes(folder: Path, forge: Forge) -> None:
    lines = creation.dry_run(plan(folder))
    assert forge.writes == [] and not (folder / "roster.csv").exists()
    make(folder)
    told = [" ".join(line.split()[:2]) for line in lines if line.split()[0] in ("POST", "PUT")]
    assert sorted(told) == sorted(forge.writes)
    assert sum(line.startswith("git push ") for line in lines) == 2
    assert TOKEN not in " ".join(lines)
    assert creation.dry_run(plan(folder))[1:] == []


def test_the_owner_may_be_a_person(folder: Path, forge: Forge) -> None:
    forge.person = True
    assert make(folder).made == ("ada", "l2")


def test_waits_and_asks_again_when_it_is_told_to(folder: Path, forge: Forge, kind: str) -> None:
    refusal = {"message": "You have exceeded a secondary rate limit"}
    status = 403 if kind == "github" else 429
    for call in ("GET /repos", "GET /projects", "POST ", "PUT "):
        forge.trouble.append(Trouble(call, status, AGAIN, refusal))
    created = make(folder, PEOPLE[0])
    assert (created.made, created.failed) == (("ada",), ())
    assert not [each for each in forge.trouble
                if each.call.startswith("POST")] and forge.members == {"os-ada": {"ada"}}


@pytest.mark.parametrize("call", ["POST", "PUT", "GET"])
def test_a_refusal_is_told_and_stops_no_other(folder: Path, forge: Forge, call: str,
                                              kind: str) -> None:
    below = "/projects/cs101%2Fos-ada" if kind == "gitlab" else "/repos/cs101/os-ada"
    where = "POST /" if call == "POST" else f"{call} {below}"
    if kind == "gitlab" and call == "PUT":
        where = f"POST {below}"
    forge.trouble.append(Trouble(where, 400, body={"message": "not like this"}))
    created = creation.create(plan(folder), 1, lambda *told: None)
    assert [each for each, _ in created.failed] == ["ada"] and created.made == ("l2",)
    assert "os-ada: refused (" in created.failed[0][1] and TOKEN not in created.failed[0][1]
    assert make(folder).made == ("ada",)
    assert forge.members == {"os-ada": {"ada"}, "os-l2": {"linus-t"}}


def test_an_answer_that_got_lost_does_no_harm(folder: Path, forge: Forge) -> None:
    """The repository was made, but the forge said 500: the next run finds it."""
    forge.trouble.append(Trouble("POST ", 400, after=True))
    assert [each for each, _ in make(folder, PEOPLE[0]).failed] == ["ada"]
    assert list(forge.members) == ["os-ada"]
    assert make(folder, PEOPLE[0]).made == ("ada",)
    assert forge.members == {"os-ada": {"ada"}}


def test_a_repository_with_other_commits_is_left_alone(folder: Path, forge: Forge,
                                                       tmp_path: Path) -> None:
    forge.create({"name": "os-ada", "private": True})
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "hers")
    git(tmp_path / "hers", "commit", "--quiet", "--allow-empty", "--message", "hers")
    git(tmp_path / "hers", "push", "--quiet", str(forge.repository("os-ada")), "main")
    assert make(folder).kept == ("ada",)
    assert git(forge.repository("os-ada"), "log", "--format=%s", "main") == "hers"


def test_a_repository_elsewhere_is_pushed_to_there(folder: Path, forge: Forge,
                                                   tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hers.git")
    assert make(folder, f"ada,Ada,a@x.org,{tmp_path}/hers.git,").made == ("ada",)
    assert forge.members == {}
    assert git(tmp_path / "hers.git", "rev-list", "--count", "main") == "1"


def test_an_update_reaches_it(folder: Path, forge: Forge, kind: str, tmp_path: Path) -> None:
    own = Template(tmp_path / "own")
    own.tag("v1")
    more = SETTINGS.format(kind=kind, url=forge.url)
    small.cohort(folder, own, more=more)
    make(folder)
    own.write("graders/judge.py", "VERSION = 2\n")
    own.tag("v2")
    small.cohort(folder, own, "v2", more)
    found = updating.update(folder, (), (2, lambda *told: None))
    assert all(each.settled and each.decision for each in found)
    assert git(forge.repository("os-l2"), "show", "main:graders/judge.py") == "VERSION = 2"


KILLED = COUNTED + """
from pathlib import Path
from graders.cohort import create as creation, forge, transfer
from graders.cohort.choose import remote
left = int(sys.argv[3])
forge.OnForge._ask = counted(forge.OnForge._ask)
transfer.give = counted(transfer.give)
transfer.tip = counted(transfer.tip)
planned = creation.plan(Path(sys.argv[1]), Path(sys.argv[2]), remote)
creation.create(planned, 1, lambda *told: None)
"""


def test_killed_between_any_two_calls_the_next_run_ends_it(folder: Path, forge: Forge) -> None:
    listed = small.roster(folder.parent / "roster.csv", *PEOPLE)
    for step in range(1, 40):
        command = [sys.executable, "-c", KILLED, folder, listed, str(step)]
        done = subprocess.run(command, cwd=small.ROOT, capture_output=True, text=True,
                              env=os.environ)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        if done.returncode == 0:
            break
        if step % 3 == 0:  # else go on from where the last was killed
            assert make(folder).failed == ()
            assert forge.members == {"os-ada": {"ada"}, "os-l2": {"linus-t"}}
    assert forge.members == {"os-ada": {"ada"}, "os-l2": {"linus-t"}}
    assert step >= 3
    for name in forge.members:
        assert git(forge.repository(name), "rev-list", "--count", "main") == "1"


class TestTheToken:
    def read(self, folder: Path, more: str) -> settings.Cohort:
        small.cohort(folder, "/srv/x", more=more)
        return settings.read(folder)

    def test_goes_to_git_for_that_forge_alone(self, tmp_path: Path) -> None:
        cohort = self.read(tmp_path, '[forge]\nkind = "gitea"\nurl = "https://g.example.org"\n'
                                     'owner = "x"\n')
        told = access.variables(cohort)
        assert told["GIT_CONFIG_KEY_0"] == "http.https://g.example.org/.extraHeader"
        word = told["GIT_CONFIG_VALUE_0"].removeprefix("Authorization: Basic ")
        assert base64.b64decode(word).decode() == f"oauth2:{TOKEN}"
        env = {**os.environ, **told}
        for url, sent in (("https://g.example.org/x/y.git", True),
                          ("https://other.example.org/x", False)):
            done = subprocess.run(["git", "config", "--get-urlmatch", "http.extraHeader", url],
                                  env=env, capture_output=True, text=True)
            assert ("Authorization" in done.stdout) is sent

    def test_is_asked_for_before_anything_is_written(
        self, folder: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("KATA_FORGE_TOKEN")
        before = small.everything(folder)
        with pytest.raises(GraderError, match="KATA_FORGE_TOKEN: is not set; make a token at http"):
            plan(folder)
        assert small.everything(folder) == before and forge.calls == []

    @pytest.mark.parametrize("value", ["two words", "a\nb", "a\x07"])
    def test_that_cannot_be_one_is_refused(self, folder: Path, value: str,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KATA_FORGE_TOKEN", value)
        with pytest.raises(GraderError, match="KATA_FORGE_TOKEN: holds more than a token"):
            plan(folder)

    def test_is_on_no_command_line_and_in_no_log(
        self, folder: Path, forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither among what git is started with, nor in a log that the environment asks for."""
        commands, log = tmp_path / "commands", tmp_path / "log"
        (tmp_path / "bin").mkdir()
        wrapper = tmp_path / "bin/git"
        wrapper.write_text(f'#!/bin/sh\necho "$*" >> {commands}\nexec {shutil.which("git")} "$@"\n')
        wrapper.chmod(0o755)
        monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("GIT_TRACE2_EVENT", str(log))
        monkeypatch.setenv("GIT_TRACE2_CONFIG_PARAMS", "http.*")
        assert make(folder, PEOPLE[0]).made == ("ada",)
        word = access.variables(settings.read(folder))["GIT_CONFIG_VALUE_0"].rpartition(" ")[2]
        assert " push " in commands.read_text()
        for told in (commands.read_text(), log.read_text()):  # of other calls there is a log
            assert word not in told and TOKEN not in told

    def test_is_never_sent_for_all_to_read(self, tmp_path: Path) -> None:
        with pytest.raises(GraderError, match="would send the token for all to read; begin it"):
            self.read(tmp_path, '[forge]\nkind = "gitea"\nurl = "http://g.example.org"\n'
                                'owner = "x"\n')


def test_an_account_that_is_not_there_is_told(tmp_path: Path, template: Template, forge: Forge,
                                              ) -> None:
    folder = small.cohort(tmp_path / "c", template,
                          more=SETTINGS.format(kind="gitlab", url=forge.url))
    created = make(folder, "nobody,N,n@x.org,,")
    assert "has no account 'nobody'; write it into the column 'account'" in created.failed[0][1]


def test_the_command_makes_them_on_the_forge(folder: Path, forge: Forge, kind: str,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    listed = small.roster(folder.parent / "roster.csv", *PEOPLE)
    told = cli.run(["cohort", "create", str(listed), "--out", str(folder), "--forge", kind])
    assert told == 0
    assert capsys.readouterr().out == "2 made, 0 there before, 0 failed\n"
