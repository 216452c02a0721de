"""Which schedulers `--scheduler` takes: TLS, or this machine; all else by name only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graders import cli
from graders.cohort.scheduler import is_private, scheduler
from graders.errors import GraderError
from tests.cohort.world import World, world

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("address", [
    "tls://grader.example.org:8786", "tls://10.0.0.7:8786", "tls://[fd00::1]:8786",
    "tcp://127.0.0.1:8786", "tcp://127.9.9.9:1", "tcp://[::1]:8786", "tcp://localhost:8786"])
def test_tls_and_this_machine_are_taken(address: str) -> None:
    assert scheduler(address, insecure=False).address == address
    assert is_private(address)


@pytest.mark.parametrize("address", [
    "tcp://10.0.0.7:8786", "tcp://grader.example.org:8786", "tcp://0.0.0.0:8786",
    "tcp://localhost.example.org:8786", "tcp://127.0.0.1.example.org:8786",
    "tcp://[fd00::1]:8786", "tcp://128.0.0.1:8786", "tcp://127.1:8786"])
def test_plain_tcp_to_anywhere_else_has_to_be_asked_for(address: str) -> None:
    with pytest.raises(GraderError, match=r"plain tcp beyond this machine: .+ or say --ins"):
        scheduler(address, insecure=False)
    assert scheduler(address, insecure=True).insecure
    assert not is_private(address)


@pytest.mark.parametrize("address", [
    "127.0.0.1:8786", "localhost:8786", "tcp://127.0.0.1", "tls://:8786", "tls://",
    "ws://127.0.0.1:8786", "inproc://127.0.0.1:1", "ucx://127.0.0.1:1", "tls://host:port",
    "tls://host:99999",
    "tcp://127.0.0.1:8786/x", "tls://[::1:8786", "tcp://127.0.0.1@10.0.0.7:8786",
    "tcp://10.0.0.7@127.0.0.1:8786", "tcp://127.0.0.1:8786\n", "TLS://host:8786"])
@pytest.mark.parametrize("insecure", [False, True])
def test_what_is_no_address_of_a_scheduler_is_refused(address: str, insecure: bool) -> None:
    with pytest.raises(GraderError, match="is no scheduler's address; write it as tls://HOST:P"):
        scheduler(address, insecure)


class TestTheCommand:
    @pytest.fixture
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
        here = world(tmp_path, ("ada",))
        monkeypatch.chdir(here.course)
        return here

    @pytest.mark.parametrize(("words", "told"), [
        (["--scheduler", "tcp://10.0.0.7:8786"], "plain tcp beyond this machine"),
        (["--scheduler", "tcp://127.0.0.1:8786", "--jobs", "2"], "--jobs is for this machine"),
        (["--insecure-scheduler"], "--insecure-scheduler goes with --scheduler")])
    def test_refuses_in_one_line_before_anything_is_made(
            self, here: World, capsys: pytest.CaptureFixture[str], words: list[str],
            told: str) -> None:
        assert cli.run(["cohort", "grade", str(here.cohort), *words]) == 2
        error = capsys.readouterr().err
        assert told in error and error.count("\n") == 1
        assert sorted(each.name for each in here.cohort.iterdir()) == ["cohort.toml", "roster.csv"]

    def test_says_what_to_install(self, here: World) -> None:
        here.add("ada", {"katas/algorithms/a01_sums/total_up/total_up.py": "total = sum\n"})
        here.collect()
        code = ("import sys; sys.modules['distributed'] = None\n"
                f"sys.path.insert(0, {str(ROOT)!r})\n"
                "from graders import cli; sys.exit(cli.run(sys.argv[1:]))")
        done = subprocess.run(
            [sys.executable, "-c", code, "cohort", "grade", str(here.cohort), "--scheduler",
             "tcp://127.0.0.1:9"], cwd=here.course, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.endswith(
            "distributed: is not installed; run: python3 noxfile.py -s scale -- grade …\n")
        assert done.stderr.count("\n") == 1
