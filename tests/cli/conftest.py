"""Repositories as a learner has them, and commands run in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graders import cli, stubs
from tests.cli.reports import ROOT

SOLUTIONS = ROOT / "solutions"
# What these tests know by number and name; how many katas there are besides says nothing here.
KATAS = ("two_sum", "lcs_dp", "causal_delivery", "lru_cache_repair", "hash_ring_rebalance",
         "round_robin_repair", "external_merge_sort")  # fmt: skip
ASKED = ("a01_two_sum", "s03_cache")  # topics whose questions they know
PATHS = Path(__file__).with_name("paths.toml")  # the shipped ones may name any kata
_OWN = ("KATA_LANG", "KATA_DEBUG", "GITHUB_STEP_SUMMARY", "_KATA_COMPLETE", "NO_COLOR")


@dataclass(frozen=True)
class Ran:
    """What became of one command."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Checkout:
    """A learner's repository with the seven katas, all untouched."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys

    def run(self, *arguments: str) -> Ran:
        """Run a command in this process."""
        self.capsys.readouterr()
        code = cli.run(arguments)
        captured = self.capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def spawn(self, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
        """Start a command in a process of its own; output is piped."""
        command = [sys.executable, "-m", "graders", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=self.root, **{**pipes, **options})  # type: ignore[call-overload,no-any-return]

    def module(self, slug: str) -> Path:
        """Return the learner's module of a kata."""
        return next((self.root / "katas").rglob(f"{slug}.py"))

    def solve(self, slug: str) -> None:
        """Put the reference into the working tree."""
        reference = next(SOLUTIONS.rglob(f"{slug}/{slug}.py"))
        shutil.copyfile(reference, self.module(slug))

    def write(self, slug: str, text: str) -> None:
        """Replace a kata's module."""
        self.module(slug).write_text(text, encoding="utf-8")


def _left_out(folder: str, names: list[str]) -> list[str]:
    """Return what of a folder is not copied: other katas, topics without any, other questions."""
    here = Path(folder)
    unasked = {"question"} if here.name not in ASKED else set()
    return [name for name in names if name in {"__pycache__", *unasked}
            or _only_others(here / name)]


def _only_others(folder: Path) -> bool:
    held = [marker.parent.name for marker in folder.rglob("kata.toml")]
    return bool(held) and not set(held) & set(KATAS)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository as `starter` has it, with a few katas only, to be copied."""
    root = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "katas", root / "katas", ignore=_left_out)
    shutil.copyfile(PATHS, root / "katas" / "paths.toml")
    return ship(root)


def ship(root: Path) -> Path:
    """Write the manifest of a repository whose modules are all stubs; return it."""
    found = [marker.parent for marker in (root / "katas").rglob("kata.toml")]
    known = {
        folder.name: frozenset({stubs.stub_hash((folder / f"{folder.name}.py").read_bytes())})
        for folder in found
    }
    (root / stubs.MANIFEST).write_bytes(stubs.render(stubs.document(known)))
    return root


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of verdicts for these tests alone."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(autouse=True)
def commands_as_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told on Windows is read in test_everywhere.py."""
    monkeypatch.setattr("graders.report.screen.PYTHON", "python3")
    monkeypatch.setattr("graders.cli.PROGRAM", "python3 -m graders")


@pytest.fixture
def checkout(
    shipped: Path,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Checkout]:
    """A fresh repository, and the process in it."""
    root = tmp_path / "my katas"  # a path with a space
    shutil.copytree(shipped, root)
    for name in _OWN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("KATA_STORE", str(store))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(root)
    yield Checkout(root, capsys)
    os.chdir(ROOT)
