"""What a checkout remembers: never an error, never half a file, never a lost hint."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graders.learn import memory
from graders.learn.memory import Memory
from graders.model import Verdict
from tests.cli.reports import ROOT


@pytest.fixture
def file(tmp_path: Path) -> Path:
    memory.update(tmp_path, {"two_sum": {"hints": 1}})
    return tmp_path / ".kata40" / "progress.json"


def test_nothing_is_remembered_in_a_fresh_checkout(tmp_path: Path) -> None:
    assert memory.read(tmp_path) == {}


def test_fields_are_changed_one_by_one(tmp_path: Path) -> None:
    assert memory.update(tmp_path, {"two_sum": {"hints": 2}})
    assert memory.update(tmp_path, {"two_sum": {"verdict": Verdict.ACCEPTED, "sha256": "a"}})
    assert memory.read(tmp_path) == {"two_sum": Memory(2, Verdict.ACCEPTED, "a")}


def test_the_file_says_its_format_and_git_leaves_it_out(file: Path) -> None:
    assert json.loads(file.read_text())["format"] == 1
    assert (file.parent / ".gitignore").read_text() == "*\n"
    assert sorted(os.listdir(file.parent)) == [".gitignore", "lock", "progress.json"]


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"\xff", b"[]", b"{}", b'{"format": 1, "katas": {"a": {"hints": "x"}}}',
     b'{"format": 0, "katas": {}}', b"[" * 100_000],
)  # fmt: skip
def test_a_broken_file_counts_as_empty_and_is_written_anew(file: Path, broken: bytes) -> None:
    file.write_bytes(broken)
    assert memory.read(file.parent.parent) == {}
    assert memory.update(file.parent.parent, {"lcs_dp": {"hints": 1}})
    assert memory.read(file.parent.parent) == {"lcs_dp": Memory(1)}


def test_a_file_of_newer_graders_is_left_alone(file: Path) -> None:
    newer = '{"format": 2, "katas": {"two_sum": {}}}'
    file.write_text(newer)
    assert memory.read(file.parent.parent) == {}
    assert not memory.update(file.parent.parent, {"lcs_dp": {"hints": 1}})
    assert file.read_text() == newer


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / ".kata40").write_text("a file")
    assert not memory.update(tmp_path, {"two_sum": {"hints": 1}})
    assert memory.read(tmp_path) == {}


def test_a_folder_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".kata40").symlink_to(elsewhere)
    assert not memory.update(tmp_path, {"two_sum": {"hints": 1}})
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no such limit on Windows")
def test_a_full_disk_leaves_the_old_file(file: Path) -> None:
    before = file.read_bytes()
    code = (
        "import resource, sys; from pathlib import Path; from graders.learn import memory\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "print(memory.update(Path(sys.argv[1]), {'two_sum': {'hints': 3}}))"
    )
    command = [sys.executable, "-c", code, str(file.parent.parent)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("False\n", "")
    assert file.read_bytes() == before
    assert sorted(os.listdir(file.parent)) == [".gitignore", "lock", "progress.json"]


def test_what_a_killed_writer_left_goes_with_the_next_one(file: Path) -> None:
    half = file.with_name("progress.jsonabc123")
    half.write_text("{")
    assert memory.update(file.parent.parent, {"two_sum": {"hints": 2}})
    assert sorted(each.name for each in file.parent.iterdir()) == [
        ".gitignore", "lock", "progress.json"]


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    slugs = [f"kata_{number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda slug: memory.update(tmp_path, {slug: {"hints": 1}}), slugs))
    assert sorted(memory.read(tmp_path)) == sorted(slugs)
