"""A service as a child process of whoever asks: for plain pytest and the portable engine.

Nothing of it is sandboxed: it serves the code of the person who runs it.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from graders.services import frames

_ROOT = Path(__file__).resolve().parent.parent.parent
_END_S = 2.0
_READY_S = 30.0  # an interpreter's start, and imports, on a machine that is very busy


class LocalService:
    """One service process and its lines; `close` ends it."""

    def __init__(self, kind: str, upstream: tuple[str, str] = ("", "")) -> None:
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        token = secrets.token_bytes(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(_READY_S)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "graders.services.host"], stdin=subprocess.PIPE,
                stdout=self._words, stderr=self._words, cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"})
            assert self.process.stdin is not None
            told = {"kind": kind, "url": upstream[0], "run": upstream[1],
                    "port": server.getsockname()[1], "token": token.hex()}
            try:
                self.process.stdin.write(json.dumps(told).encode() + b"\n")
                self.process.stdin.close()
                self.control, self.events = (self._accepted(server, token) for _ in range(2))
                self.port = int(frames.receive(self.control))
            except (OSError, frames.FrameError) as error:
                words = self.words() or str(error)
                self.close()
                raise OSError(f"the {kind} service did not start: {words}") from error

    def _accepted(self, server: socket.socket, token: bytes) -> socket.socket:
        """Return the next connection that brings the token; others are turned away."""
        while True:
            line, _ = server.accept()
            line.settimeout(_READY_S)
            got = b""
            while len(got) < len(token) and (piece := line.recv(len(token) - len(got))):
                got += piece
            if secrets.compare_digest(got, token):
                line.settimeout(None)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return line
            line.close()

    def words(self) -> str:
        """Return the last line that the process printed."""
        self.process.poll()
        self._words.seek(0)
        lines = self._words.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def close(self) -> None:
        """End the process and wait for it; one that is busy is killed."""
        for name in ("control", "events"):
            if hasattr(self, name):
                getattr(self, name).close()
        try:
            self.process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._words.close()
