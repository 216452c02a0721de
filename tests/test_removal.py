"""Folders that strangers filled are removed, and nothing outside them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graders.removal import remove

DEEP = """
import os, sys
os.chdir(sys.argv[1])
for _ in range(3000):
    open("file", "w").close()
    os.mkdir("d")
    os.chdir("d")
"""


def test_a_folder_deeper_than_recursion_and_paths_goes(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    subprocess.run([sys.executable, "-c", DEEP, str(full)], check=True)
    remove(str(full))
    assert list(tmp_path.iterdir()) == []


def test_links_go_and_what_they_name_stays(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    full = tmp_path / "full"
    (full / "below").mkdir(parents=True)
    (full / "below" / "out").symlink_to(outside)
    (full / "out").symlink_to(outside)
    (full / "nowhere").symlink_to("nowhere")
    remove(str(full))
    (tmp_path / "link").symlink_to(outside)
    remove(str(tmp_path / "link"))
    assert [each.name for each in tmp_path.iterdir()] == ["outside"]
    assert (outside / "kept").read_text() == "kept"


def test_folders_without_rights_go(tmp_path: Path) -> None:
    full = tmp_path / "full"
    (full / "a" / "b" / "c").mkdir(parents=True)
    (full / "a" / "file").touch()
    for each in (full / "a" / "b" / "c", full / "a" / "b", full / "a", full):
        each.chmod(0)
    remove(str(full))
    assert not full.exists()


def test_names_that_are_numbers_are_not_taken_twice(tmp_path: Path) -> None:
    full = tmp_path / "full"
    for name in ("1", "2", "1/1", "1/2", "2/1", "2/1/1", "2/1/3"):
        (full / name).mkdir(parents=True, exist_ok=True)
        (full / name / "file").touch()
    remove(str(full))
    assert not full.exists()


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        remove(str(tmp_path / "gone"))
    assert os.listdir(tmp_path) == []
