"""Verdicts remembered by everything that can change them.

Stored outside any checkout, readable by its owner only, one JSON file per key, written beside
and renamed. What cannot be read back is treated as absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

from graders import __version__
from graders.judge import packages, store
from graders.judge.machine import machine_id
from graders.judge.request import Request
from graders.model import FORMAT, Kata, Report, Status, Verdict
from graders.plain import from_plain, to_plain

ENTRY_CAP = 20_000  # files; above, the older half is dropped
SUITE_CAP = 2_000  # compiled suites: one folder for each text that a suite ever had
UNSURE = (0.7, 1.4)  # a test that used this much of its limit is judged again


def default_store() -> Path:
    """Return the folder for verdicts and machine speed: XDG cache, made private."""
    base = os.environ.get("KATA_STORE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "kata40")
    return Path(base)


def key(request: Request, seed: bytes, engine: str, layers: tuple[str, ...], lane: str) -> str:
    """Return the hash of everything that can change the Report of `request`."""
    assert request.submission is not None
    kata = request.kata
    parts = {
        "format": FORMAT,
        "submission": sha256(request.submission.source),
        "suite": _file(kata.suite),
        "hidden": _file(request.hidden) if request.hidden else "",
        "kata": _kata(kata),
        "graders": graders(),
        "libraries": _libraries(),
        "packages": packages.versions((*kata.packages, *request.packages)),
        "machine": machine_id(),
        "engine": engine,
        "layers": sorted(set(layers) - set(request.layers_off)),
        "lane": lane,
        "whole": request.whole,
        "seed": seed.hex(),
    }
    return sha256(json.dumps(parts, sort_keys=True).encode())


KATA_CAP = 1000  # more than any tree has; a process that loads trees again and again starts anew

_katas: dict[int, tuple[Kata, str]] = {}  # by id: a Kata has no hash; held, so no id comes twice


def _kata(kata: Kata) -> str:
    known = _katas.get(id(kata))
    if known is None:
        if len(_katas) >= KATA_CAP:
            _katas.clear()
        text = json.dumps({**to_plain(kata), "folder": ""}, sort_keys=True)
        known = _katas[id(kata)] = kata, sha256(text.encode())
    return known[1]


def sha256(data: bytes) -> str:
    """Return the hex digest."""
    return hashlib.sha256(data).hexdigest()


def _file(path: Path) -> str:
    return sha256(path.read_bytes())


@cache
def graders() -> str:
    """Return the hash of the graders' own code: every module of this package."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _libraries() -> str:
    return f"{sys.version} pytest {metadata.version('pytest')}"


class VerdictCache:
    """Reports under the store's verdicts/."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "verdicts"

    def get(self, name: str) -> Report | None:
        """Return the Report kept under `name`, or None."""
        held = store.read(self._path(name))
        try:
            return None if held is None else from_plain(Report, held)
        except ValueError:
            return None  # damaged, or of a version that knew other fields

    def put(self, name: str, report: Report) -> None:
        """Keep `report` unless its verdict could come out differently another time."""
        if sure(report):
            store.write(self._path(name), to_plain(report))

    def prune(self) -> None:
        """Drop the older half of the verdicts, and of compiled suites, when there are too many."""
        try:
            entries = [entry for folder in os.scandir(self.folder) if folder.is_dir()
                       for entry in os.scandir(folder)]
            for entry in _older_half(entries, ENTRY_CAP):
                os.unlink(entry.path)
            for entry in (*entries, *os.scandir(self.folder.parent)):
                if store.left_by_a_killed_run(entry.name):
                    Path(entry.path).unlink(missing_ok=True)
            compiled = list(os.scandir(self.folder.parent / "bytecode"))
            for entry in _older_half(compiled, SUITE_CAP):
                shutil.rmtree(entry.path)
        except OSError:
            return  # another run prunes at the same time, or nothing is there

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.json"


def _older_half(entries: list[os.DirEntry[str]], cap: int) -> list[os.DirEntry[str]]:
    if len(entries) <= cap:
        return []
    return sorted(entries, key=lambda entry: entry.stat().st_mtime)[: len(entries) // 2]


def sure(report: Report) -> bool:
    """Whether the same submission gets this Report again: no fault, no wall end, no near miss."""
    if report.verdict is Verdict.JUDGE_ERROR:
        return False
    for test in report.tests:
        if test.status is Status.TIME_LIMIT and test.message.startswith("blocked or sleeping"):
            return False
        if test.limit_s and UNSURE[0] <= test.cpu_s / test.limit_s <= UNSURE[1]:
            return False
    return True


def remember_layers(base: Path, layers: tuple[str, ...]) -> None:
    """Keep which layers work here, so that a cached verdict needs no engine to be found."""
    known_layers.cache_clear()
    store.write(base / f"layers-{_host()}.json", {"layers": layers})


@cache
def known_layers(base: Path) -> tuple[str, ...] | None:
    """Return the layers remembered for this kernel and user, or None."""
    held = store.read(base / f"layers-{_host()}.json") or {}
    layers = held.get("layers")
    if not isinstance(layers, list) or not all(isinstance(each, str) for each in layers):
        return None
    return tuple(layers)


def _host() -> str:
    import platform

    user = os.geteuid() if hasattr(os, "geteuid") else 0
    return sha256(f"{platform.release()} {machine_id()} {user}".encode())[:12]
