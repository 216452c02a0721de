"""The client's side of an engine: start it, send jobs, receive narrations, get rid of it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Protocol

from graders.errors import JudgeError
from graders.judge.records import Job, Narration
from graders.phrases import phrase
from graders.plain import from_plain, to_plain

PACKAGE_ROOT = Path(__file__).resolve().parent.parent.parent
_STOP_S = 5.0


def usual_engine() -> str:
    """Return the name of the engine that serves this system best: "fork" where it runs."""
    return "fork" if sys.platform == "linux" else "subprocess"


class Engine(Protocol):
    """What judge.py needs of an engine."""

    layers: tuple[str, ...]
    why_off: dict[str, str]

    def send(self, job: Job) -> None:
        """Queue a job."""

    def receive(self) -> Narration | None:
        """Wait for the next narration; None: the engine is gone."""

    def hang_up(self) -> None:
        """From any thread: have `receive` return None, now and from now on."""

    def close(self) -> None:
        """End it and everything it started."""


def engine_environment() -> dict[str, str]:
    """Return the fixed environment of engine processes; nothing is inherited but the path."""
    return {"PYTHONPATH": str(PACKAGE_ROOT), "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1",
            "TZ": "UTC", **({"SYSTEMROOT": os.environ["SYSTEMROOT"]}
                            if "SYSTEMROOT" in os.environ else {})}


class ForkEngine:
    """The warm engine of engine.py, over a socket pair."""

    def __init__(self, jobs: int, store: Path) -> None:
        try:
            self._start([str(jobs), str(store)])
        except OSError as error:
            raise JudgeError(phrase(
                "engine: could not be started ({error}); close other programs and run again",
                error=error)) from error
        line = self.stream.readline()
        if not line.endswith(b"\n"):
            words = self._last_words()
            self.close()
            raise JudgeError(phrase(
                "engine: did not start: {error}; run `python3 noxfile.py -s grade` again, or use "
                "--engine subprocess", error=words))
        ready = json.loads(line)
        self.pid, self.nursery = int(ready["ready"]), int(ready["nursery"])
        self.factor = float(ready["factor"])
        self.layers, self.why_off = tuple(ready["layers"]), dict(ready["why_off"])

    def _start(self, arguments: list[str]) -> None:
        with contextlib.ExitStack() as opened:
            ours, theirs = (opened.enter_context(each) for each in socket.socketpair())
            # A pipe would fill and block it.
            self.words = words = opened.enter_context(tempfile.TemporaryFile())
            self.process = subprocess.Popen(
                [sys.executable, "-s", "-m", "graders.judge.engine", str(theirs.fileno()),
                 str(os.getpid()), *arguments],
                pass_fds=[theirs.fileno()], env=engine_environment(), cwd="/",
                stdin=subprocess.DEVNULL, stderr=words, start_new_session=True)
            theirs.close()
            self.stream = ours.makefile("rwb")
            self.line = ours
            opened.pop_all()

    def send(self, job: Job) -> None:
        """Queue a job; an engine that died meanwhile shows at receive."""
        try:
            self.stream.write(json.dumps(to_plain(job)).encode() + b"\n")
            self.stream.flush()
        except OSError:
            return

    def receive(self) -> Narration | None:
        """Wait for the next narration."""
        try:
            line = self.stream.readline()
        except OSError:
            return None
        try:
            return from_plain(Narration, json.loads(line)) if line.endswith(b"\n") else None
        except (ValueError, RecursionError):
            return None  # an engine that says such things is as good as gone

    def hang_up(self) -> None:
        """End the line: the engine stops what is under way and ends, `receive` returns None."""
        with contextlib.suppress(OSError):  # closed already
            self.line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the line, which ends the engine and all it started; kill it if it lingers."""
        self.line.close()
        with contextlib.suppress(OSError):  # unsent jobs of a dead engine
            self.stream.close()
        try:
            self.process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.words.close()

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_STOP_S)  # it may still be about to say why
        self.process.kill()
        self.process.wait()
        self.words.seek(0)
        text = self.words.read().decode(errors="replace").strip()
        return text.splitlines()[-1] if text else phrase("no message")
