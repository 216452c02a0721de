"""What a learner's repository may cost: each bound is met, and told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.cohort.bounded_git import Bounds, run
from graders.errors import GraderError

MIB = 1 << 20


def test_endless_work_of_a_helper_ends_at_the_bound() -> None:
    """The bound is inherited: git itself only waits here."""
    with pytest.raises(GraderError, match="MiB of memory or 1 s of work; ask the learner"):
        run(["-c", "alias.spin=!while :; do :; done", "spin"], Bounds(wall_s=90.0, cpu_s=1))


def test_memory_ends_at_the_bound() -> None:
    with pytest.raises(GraderError, match="64 MiB of memory or 20 s of work; ask the learner"):
        run(["hash-object", "--stdin"], Bounds(memory_mib=64), bytes(128 * MIB))


def test_a_file_that_is_written_ends_at_the_bound() -> None:
    with pytest.raises(GraderError, match="git: more than 1 MiB, 2048 MiB of memory"):
        run(["-c", "alias.pour=!yes", "pour"], Bounds(file_mib=1))


def test_who_does_not_answer_is_left_with_all_that_was_started() -> None:
    with pytest.raises(GraderError, match=r"git: no answer in 0\.5 s; try again later"):
        run(["-c", "alias.wait=!sleep 600", "wait"], Bounds(wall_s=0.5))


def test_neither_settings_of_the_user_nor_the_environment_have_a_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitconfig").write_text("[alias]\n\thome = !echo home\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "alias.variable")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "!echo variable")
    for name in ("home", "variable"):
        with pytest.raises(GraderError, match="failed without a word"):
            run(["config", "--get", f"alias.{name}"])
