"""A learner's checkout in which `grade` is hit: the work and the memory must survive."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from graders.learn import memory
from graders.model import Verdict
from tests.faults import mix

if TYPE_CHECKING:
    from tests.faults.trial import Result

# What is in the work tree, and what a visible suite says of it.
WORK = {"two_sum": ("right", Verdict.ACCEPTED),
        "lru_cache_repair": ("wrong_cache", Verdict.WRONG_ANSWER),
        "round_robin_repair": ("right_threads", Verdict.ACCEPTED),
        "external_merge_sort": ("right_files", Verdict.ACCEPTED)}


def command(base: Path, chance: random.Random) -> list[str]:
    """Make the checkout if it is not there; return a command that grades it."""
    root = base / "checkout"
    if not root.exists():
        shutil.copytree(mix.ROOT / "katas", root / "katas",
                        ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
        for slug, (name, _) in WORK.items():
            module = next(root.glob(f"katas/*/*/{slug}/{slug}.py"))
            module.write_bytes(mix.source(name))
        (base / "checkout.sha256").write_text(_digest(root))
    if chance.random() < 0.5:
        shutil.rmtree(root / memory.FOLDER, ignore_errors=True)
    return [sys.executable, "-m", "graders", "grade", "--format", "json"]


def check(base: Path, result: Result) -> None:
    """Compare the work byte by byte, read the memory, and grade once more, undisturbed."""
    root = base / "checkout"
    if _digest(root) != (base / "checkout.sha256").read_text():
        result.wrong += 1
        result.notes.append("grade changed katas/")
    _check_memory(root, result)
    from tests.faults.trial import BOUND_S, Place

    done = subprocess.run([sys.executable, "-m", "graders", "grade"], cwd=root, check=False,
                          env=Place(base).environment(), capture_output=True, text=True,
                          timeout=BOUND_S)
    if done.returncode != 1:
        result.next_wrong += 1
        result.notes.append(f"grade afterwards: exit {done.returncode}: {done.stderr[-300:]}")
    _check_memory(root, result, whole=True)


def _check_memory(root: Path, result: Result, whole: bool = False) -> None:
    folder = root / memory.FOLDER
    kept = folder / "progress.json"
    if kept.exists():
        try:
            json.loads(kept.read_bytes())
        except ValueError:
            result.unreadable += 1
            result.notes.append("progress.json cannot be read")
    known = memory.read(root)
    for slug, (_, verdict) in WORK.items():
        told = known[slug].verdict if slug in known else None
        result.due += 1
        if told == verdict:
            result.right += 1
        elif told is None and not whole:
            result.untold += 1
        elif told is Verdict.JUDGE_ERROR and not whole:
            result.judge_error += 1
        else:
            result.wrong += 1
            result.notes.append(f"remembered for {slug}: {told}")
    if whole and folder.is_dir():
        left = sorted(each.name for each in folder.iterdir())
        ours = (".gitignore", "learner.json", "lock", "progress.json")
        stray = [each for each in left if each not in ours]
        result.leftovers += len(stray)
        result.notes += [f"left in {memory.FOLDER}: {each}" for each in stray]


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted((root / "katas").rglob("*")):
        digest.update(str(path.relative_to(root)).encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()
