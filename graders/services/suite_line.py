"""A service's end of the two lines to the suite: requests come in, questions go out."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from graders.services import frames

_READ = 1 << 16


class Refused(Exception):
    """What a suite asks for cannot be done; args hold the text."""


class SuiteLine:
    """Serves `control` when it can be read, and asks on `events`."""

    def __init__(self, control: socket.socket, events: socket.socket,
                 answer: Callable[[str, list[Any]], Any]) -> None:
        self.control, self.events, self._answer = control, events, answer
        self.closed = False  # the suite's side is gone: nobody is left to serve for
        self._inbox = bytearray()
        control.setblocking(False)
        events.setblocking(True)

    def serve(self) -> None:
        """Read what has arrived; answer the requests that are complete."""
        try:
            data = self.control.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.closed = True
            return
        self._inbox += data
        try:
            for verb, *arguments in frames.cut(self._inbox):
                self.control.setblocking(True)
                frames.send(self.control, self._answered(verb, arguments))
                self.control.setblocking(False)
        except frames.FrameError:
            self.closed = True

    def _answered(self, verb: str, arguments: list[Any]) -> list[Any]:
        try:
            answer = ["ok", self._answer(verb, arguments)]
            frames.encode(answer)
        except (Refused, frames.FrameError) as error:
            return ["error", str(error)]
        return answer

    def ask(self, *question: Any) -> Any:
        """Ask the suite's side and wait for the answer; None where it is gone."""
        try:
            frames.send(self.events, question)
            return frames.receive(self.events)
        except frames.FrameError:
            self.closed = True
            return None
