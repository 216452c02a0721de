"""From a save to the last byte on the terminal: `watch`, and pytest-watcher with fresh pytest.

Both sit in a terminal of their own and watch the same ten tests; in each round the module is saved
to each, every time with another text, so that nothing is known beforehand. The clock runs from
before the write until the last byte of what is written on it. pytest-watcher comes from PyPI into
an environment of its own, waits for no further changes (`--delay 0`), and runs the pytest of ours
as a fresh process, no plugins of others, no cache. Where it cannot be installed the row says why.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from benchmarks import material
from benchmarks.others import installed
from benchmarks.results import Finding, Line, Reach, ratios
from benchmarks.settings import ROOT, Settings
from benchmarks.warm import keep_speed

_REACH = Reach(150)  # ms
_QUIET_S = 0.15  # after which nothing more is expected
_LONGEST_S = 60.0
# What is written when nothing is under way yet, and of a right and of a wrong module.
_OURS = (rb"ACCEPTED.*q quit", rb"ACCEPTED.*q quit", rb"WRONG_ANSWER.*q quit")
_THEIRS = (rb"quit pytest-watcher", rb"10 passed[^\n]* in ", rb"\d+ failed[^\n]* in ")


class Window:
    """A terminal, a command in it, and the module that it watches."""

    def __init__(self, command: list[str], module: Path, words: tuple[bytes, ...],
                 environment: dict[str, str], folder: Path) -> None:
        import pty

        self.module = module
        self.ready, *self.done = (re.compile(each, re.DOTALL) for each in words)
        self.terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs,
                                        stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)

    def __enter__(self) -> Window:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()
        os.close(self.terminal)

    def settle(self) -> None:
        """Wait until it is ready, and nothing has been written for two seconds."""
        self._read(self.ready, 2.0)

    def save(self, text: str, wrong: int) -> float:
        """Save the module; return the seconds until the last byte of the answer to it."""
        began_s = time.perf_counter()
        self.module.write_text(text, encoding="utf-8")
        return self._read(self.done[wrong], _QUIET_S) - began_s

    def _read(self, done: re.Pattern[bytes], quiet_s: float) -> float:
        """Return when the last byte came. Raises RuntimeError when what ends it never does."""
        text, last_s = b"", time.perf_counter()
        limit_s = last_s + _LONGEST_S
        while time.perf_counter() < limit_s:
            if select.select([self.terminal], [], [], quiet_s)[0]:
                text += os.read(self.terminal, 1 << 16)
                last_s = time.perf_counter()
            elif done.search(text):
                return last_s
        raise RuntimeError(f"no verdict within {_LONGEST_S:.0f} s: {text[-300:]!r}")


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return the milliseconds of each, for a right and a wrong module in turns."""
    texts = [material.source(material.SPANS), material.source(material.SPANS, "wrong")]
    notes: list[str] = []
    taken: dict[str, list[float]] = {"watch": []}
    windows = {"watch": _ours(scratch)}
    try:
        try:
            windows["pytest-watcher"] = _theirs(scratch)
            taken["pytest-watcher"] = []
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            notes.append(f"pytest-watcher: skipped: {error}")
        for each in windows.values():
            each.settle()
        for turn in range(2 * settings.rounds + 2):
            for name, window in windows.items():
                took_s = window.save(f"{texts[turn % 2]}\n# {turn}\n", turn % 2)
                if turn >= 2:  # the first of each wrote bytecode
                    taken[name].append(1e3 * took_s)
    finally:
        for each in windows.values():
            each.__exit__(None, None, None)
    return Finding(tuple(_lines(taken)), tuple(notes))


def _lines(taken: dict[str, list[float]]) -> list[Line]:
    lines = []
    for number, what in enumerate(("right", "wrong")):
        for name, samples in taken.items():
            reach = _REACH if name == "watch" else None
            lines.append(Line(f"save to last byte, {what}, {name}", "ms",
                              tuple(samples[number::2]), reach))
    if "pytest-watcher" in taken:
        lines.append(Line("watch / pytest-watcher", "x",
                          ratios(taken["watch"], taken["pytest-watcher"])))
    return lines


def _ours(scratch: Path) -> Window:
    folder = scratch / "tree" / "katas" / "algorithms" / "a01_benchmarks" / material.SPANS
    shutil.copytree(material.kata(material.SPANS).folder, folder,
                    ignore=shutil.ignore_patterns("__pycache__", "submissions"))
    keep_speed(scratch / "store")
    environment = {**material.plain_environment(), "PYTHONPATH": str(ROOT), "KATA_LANG": "en",
                   "KATA_STORE": str(scratch / "store"), "TERM": "xterm"}
    command = [sys.executable, "-m", "graders", "watch", material.SPANS]
    return Window(command, folder / f"{material.SPANS}.py", _OURS, environment, scratch / "tree")


def _theirs(scratch: Path) -> Window:
    program = installed("pytest-watcher") / "ptw"
    text = material.source(material.SPANS)
    folder = material.checkout(scratch / "pytest", material.SPANS, text)
    runner = Path(sys.executable).with_name("pytest")
    command = [str(program), "--delay", "0", "--runner", str(runner), ".", "-q", "-p",
               "no:cacheprovider"]
    environment = {**material.trimmed_environment(), "TERM": "xterm"}
    return Window(command, folder / f"{material.SPANS}.py", _THEIRS, environment, folder)
