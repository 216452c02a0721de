"""What must work where there is no fork: learners' commands, plain pytest, the subprocess engine.

Neither macOS nor Windows is here. `like_windows.py` takes away what Windows lacks, in every
process of a copy of the tree, so what these tests find is use of what only POSIX has; paths,
handles and encodings of other systems are for the matrix in .github/workflows/ci.yml.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HERE = ROOT / "tests"
# They are imported on Linux alone, from inside functions; the engine is its own program.
LINUX_ONLY = {f"graders.judge.{name}" for name in
              ("at_fork", "child", "engine", "nursery", "service_process", "service_runner",
               "tree_runner")}
TWO_SUM = "katas/algorithms/a01_two_sum/two_sum"
README = ("python noxfile.py -s grade", "python noxfile.py -s tests")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which every Python starts without what Windows lacks."""
    root = tmp_path_factory.mktemp("poor")
    for name in ("graders", "katas", "solutions"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copy(HERE / "like_windows.py", root / "sitecustomize.py")
    return root


@pytest.fixture
def run(poor: Path) -> Run:
    """Run Python in that tree."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, arguments)], cwd=poor, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(poor), "KATA_STORE": str(poor / "store"),
                     "TMPDIR": str(poor), "KATA_LANG": "en"})

    return run


def judge(run: Run, slug: str, file: Path) -> subprocess.CompletedProcess[str]:
    return run("-m", "graders", "judge", slug, file, "--engine", "subprocess")


def test_the_poor_interpreter_lacks_what_windows_lacks(run: Run) -> None:
    tried = ("import os, select, signal, sys\n"
             "assert not hasattr(os, 'fork') and not hasattr(select, 'poll')\n"
             "assert not hasattr(signal, 'SIGKILL') and sys.platform == 'win32'\n"
             "for name in 'fcntl', 'resource', 'pwd':\n"
             "    try: __import__(name)\n"
             "    except ImportError: continue\n"
             "    raise SystemExit(name)")
    assert run("-c", tried).returncode == 0


def test_temporary_folders_lie_where_the_environment_says(run: Run, poor: Path) -> None:
    """Elsewhere a run that has file locks would take them for left behind, and remove them."""
    module = poor / "katas/algorithms/a01_two_sum/two_sum/told.py"
    module.write_text("import os\nraise ValueError(os.getcwd())\n")
    told = judge(run, "two_sum", module).stdout
    module.unlink()
    assert f"{poor}/kata40-run-" in told.replace("\n", "")


def test_every_module_that_is_not_linuxs_can_be_imported(run: Run, poor: Path) -> None:
    paths = sorted(path.relative_to(poor) for path in (poor / "graders").rglob("*.py"))
    names = {".".join(path.with_suffix("").parts) for path in paths}
    names = {name.removesuffix(".__init__") for name in names if not name.endswith("__main__")}
    assert names >= LINUX_ONLY
    done = run("-c", "".join(f"import {name}\n" for name in sorted(names - LINUX_ONLY)))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("topic, slug", [
    ("algorithms/a01_two_sum", "two_sum"),
    ("systems/s06_load_balancing", "round_robin_repair"),
    ("systems/s16_big_data", "external_merge_sort"),
])
def test_a_reference_is_accepted(run: Run, poor: Path, topic: str, slug: str) -> None:
    done = judge(run, slug, poor / "solutions" / topic / slug / f"{slug}.py")
    assert "ACCEPTED" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
    assert "rlimits is off (win32 has no such layer)" in done.stdout


@pytest.mark.parametrize("source, verdict", [
    ("def find_pair(values, target): return 0, 0", "WRONG_ANSWER"),
    ("def find_pair(values, target):\n    while True: pass", "TIME_LIMIT_EXCEEDED"),
    ("import os\ndef find_pair(values, target): os._exit(0)", "RUNTIME_ERROR"),
])
def test_what_is_not_right_is_told_as_on_linux(
    run: Run, tmp_path: Path, source: str, verdict: str
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(source + "\ndef count_pairs(values, target): return 0\n")
    done = judge(run, "two_sum", file)
    assert verdict in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("command", [["list"], ["next"], ["show", "two_sum"], ["hint", "two_sum"],
                                     ["grade"]])
def test_a_command_that_judges_nothing_works(run: Run, command: list[str]) -> None:
    done = run("-m", "graders", *command)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_what_to_type_next_is_what_windows_understands(run: Run) -> None:
    assert "\npython noxfile.py -s " in run("-m", "graders", "next").stdout
    assert "python -m graders --help" in run("-m", "graders", "gradee").stderr


def test_every_test_that_is_not_linuxs_can_be_collected(poor: Path) -> None:
    """The second command of the README; its tests import what they need wherever they are."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "--capture=sys",
         "-p", "no:cacheprovider", "tests"], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(poor)})
    assert done.returncode == 0, done.stdout[-4000:]


def test_grade_takes_the_engine_that_runs_here(run: Run, poor: Path) -> None:
    stub = poor / TWO_SUM / "two_sum.py"
    before = stub.read_bytes()
    try:
        stub.write_bytes(before + b"\n# begun\n")
        done = run("-m", "graders", "grade", "two_sum", "--format", "json")
    finally:
        stub.write_bytes(before)
    (report,) = json.loads(done.stdout)["reports"]
    assert (report["engine"], report["verdict"]) == ("subprocess", "NOT_STARTED"), report["message"]


def test_watch_judges_on_save_and_ends_with_its_input(poor: Path) -> None:
    stub = poor / TWO_SUM / "two_sum.py"
    before = stub.read_bytes()
    environment = {**os.environ, "PYTHONPATH": str(poor), "KATA_STORE": str(poor / "store"),
                   "TMPDIR": str(poor), "KATA_LANG": "en"}
    command = [sys.executable, "-m", "graders", "watch", "two_sum", "--poll"]
    try:
        with subprocess.Popen(command, cwd=poor, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True, env=environment) as watching:
            assert watching.stdout and watching.stdin
            while "two_sum: Two sum" not in watching.stdout.readline():
                assert watching.poll() is None
            stub.write_bytes(before + b"\n# begun\n")
            while "NOT_STARTED: two_sum" not in watching.stdout.readline():
                assert watching.poll() is None
            watching.stdin.close()
            assert watching.wait(60) == 0
    finally:
        stub.write_bytes(before)


def test_plain_pytest_runs_a_suite(run: Run, poor: Path) -> None:
    stub = poor / TWO_SUM / "two_sum.py"
    before = stub.read_bytes()
    try:
        shutil.copy(poor / "solutions/algorithms/a01_two_sum/two_sum/two_sum.py", stub)
        done = run("-m", "pytest", "-q", "--capture=sys", TWO_SUM)
    finally:
        stub.write_bytes(before)
    assert done.returncode == 0, done.stdout
    assert "8 passed" in done.stdout


def test_what_needs_linux_says_so(run: Run) -> None:
    done = run("-m", "graders", "verify", "two_sum")
    assert done.returncode == 2
    assert "only Linux has" in done.stderr


@pytest.fixture
def steps() -> list[str]:
    job = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    elsewhere = job["elsewhere"]
    assert {"macos-latest", "windows-latest"} <= set(elsewhere["strategy"]["matrix"]["os"])
    assert elsewhere["runs-on"] == "${{ matrix.os }}"
    return [step.get("run", "") for step in elsewhere["steps"]]


class TestTheWorkflows:
    WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

    @pytest.mark.parametrize("command", [*README, "python noxfile.py -s judge", "pytest"])
    def test_run_what_a_learner_runs_on_macos_and_windows(
        self, steps: list[str], command: str
    ) -> None:
        assert any(command in step for step in steps)

    def test_run_both_commands_of_the_readme(self) -> None:
        for page in ("README.md", "README.zh.md"):
            text = (ROOT / page).read_text(encoding="utf-8")
            assert all(command.replace("python", "python3", 1) in text for command in README)

    @pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
    def test_use_actions_by_the_commit(self, path: Path) -> None:
        """A tag can be moved to other code; the comment says which one it was."""
        used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
        assert used
        for each in used:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", each), each
