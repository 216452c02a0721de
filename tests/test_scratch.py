"""Temporary folders: a run removes its own, and the next run those of a killed one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from graders import scratch

ROOT = Path(scratch.__file__).parents[1]
HOLD = """
import os, time
from graders.scratch import Scratch
held = Scratch()
if os.fork() == 0:
    time.sleep(60)
print(held.path, flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_block_leaves_nothing(place: Path) -> None:
    with scratch.scratch(0o755) as folder:
        (Path(folder) / "deep" / "er").mkdir(parents=True)
        assert Path(folder).stat().st_mode & 0o777 == 0o755
    assert list(place.iterdir()) == []


def test_what_is_in_use_stays(place: Path) -> None:
    held = scratch.Scratch()
    assert scratch.sweep() == []
    assert os.path.isdir(held.path)
    held.remove()
    assert list(place.iterdir()) == []


def test_what_a_killed_run_left_goes_when_the_last_of_its_processes_is_gone(place: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLD], cwd=ROOT, text=True,
                               stdout=subprocess.PIPE, start_new_session=True,
                               env={**os.environ, "TMPDIR": str(place)})
    try:
        assert process.stdout
        path = process.stdout.readline().strip()
        assert Path(path).parent == place
        process.kill()
        process.wait()
        assert scratch.sweep() == []  # its child still works in there
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdout
        process.stdout.read()  # ends when the child is gone as well
        process.stdout.close()
    assert scratch.sweep() == [path]
    assert list(place.iterdir()) == []


def test_links_files_and_other_names_are_left_alone(place: Path) -> None:
    (place / "elsewhere").mkdir()
    (place / f"{scratch.PREFIX}link").symlink_to(place / "elsewhere")
    (place / f"{scratch.PREFIX}file").write_text("")
    (place / "kata40-other").mkdir()
    before = sorted(place.iterdir())
    assert scratch.sweep() == []
    assert sorted(place.iterdir()) == before
