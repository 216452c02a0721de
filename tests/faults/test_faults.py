"""A small sample of `python -m tests.faults`, which does this hundreds of times."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faults import mix


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_judge_that_is_hit_tells_nothing_wrong_and_leaves_nothing() -> None:
    kinds = ["kill_worker", "kill_judge_child", "kill_tree", "kill_grade", "spoilt_store"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *kinds, "--runs", "1", "--seed", "2"],
        cwd=mix.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = {cells[1]: cells[2:-1] for line in done.stdout.splitlines()
            if len(cells := [each.strip() for each in line.split("|")]) > 2}
    whole = [int(each) for each in rows["all"]]
    runs, missed, due, right = whole[:4]
    assert runs + missed == len(kinds) and runs >= 3
    assert due >= right > 0
    assert whole[6:] == [0] * 6  # wrong, hangs, orphans, leftovers, unreadable, next wrong
