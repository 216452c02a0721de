"""The judge child's line to the services of the current test, as the kit uses it.

Between channel.py, which waits for the worker, and link.py, which talks to it: a request of the
suite to a service is bounded here, and a service's question about a learner's command answered.
"""

from __future__ import annotations

import select
import socket
from typing import Any

from graders.judge.channel import Channel
from graders.judge.clerk import Clerk
from graders.judge.clock import RERUN_BAND
from graders.judge.facts import Fact
from graders.judge.runner import ServiceRunner
from graders.judge.services import Gone, Patience
from graders.kit.crash import Crash
from graders.model import Status
from graders.phrases import phrase
from graders.services import frames

_LOOK_S = 0.05
# In a real lane: a server that writes to its disk, and a fork for each connection, is waited for.
_REAL_PATIENCE = 10


class Beside(Channel):
    """Base of Link: implements the part of graders.kit.remote.Link that is about services."""

    _services_watched = False
    _clerk: Clerk | None = None

    def sql(self, name: str, *arguments: Any) -> tuple[str, Any]:
        """Have the clerk carry out a request; return ("ok", value) or ("error", text).

        Raises Fact. TypeError where the kata declares no such service.
        """
        if self.fact:
            raise self.fact
        if "sql" not in self.kata.services:
            raise TypeError('sql: this kata declares no such service; write services = ["sql"] in '
                            "kata.toml")
        if self._clerk is None:
            self._clerk = Clerk(self.runner)
        try:
            return self._clerk.ask(name, *arguments)
        except Fact as fact:
            self.fact = fact
            # A test whose clerk somebody killed or stopped from outside deserves another run.
            self.disturbed = self.disturbed or fact.status in (Status.CRASHED, Status.TIME_LIMIT)
            raise

    def _close_clerk(self) -> None:
        if self._clerk is not None:
            self._clerk.close()

    @property
    def lane_is_real(self) -> bool:
        """Whether the services are real servers."""
        return any(any(each.options["upstream"]) for each in self.services.runners.values())

    def _patience_s(self) -> float:
        """Return the wall time that may pass while a request is open: more for a real server."""
        return super()._patience_s() * (_REAL_PATIENCE if self.lane_is_real else 1)

    def service_place(self, kind: str) -> tuple[str, int]:
        """Return host and port of a service; TypeError where the kata declares none."""
        try:
            return self.services.url(kind)
        except KeyError:
            raise TypeError(f'{kind}: this kata declares no such service; write services = '
                            f'["{kind}"] in kata.toml') from None

    def service(self, kind: str, *message: Any) -> tuple[str, Any]:
        """Send a request of the suite to a service; return ("ok", value) or ("error", text).

        Raises Fact.
        """
        if self.fact:
            raise self.fact
        self.service_place(kind)
        patience = Patience(self.services, self._allowance() * RERUN_BAND)

        def wait(runner: ServiceRunner) -> None:
            patience.check(kind)
            lines = [runner.channel, *self._event_lines()]
            select.select(lines, [], [], _LOOK_S)
            self._serve_events()

        try:
            return self.services.ask(kind, message, wait)
        except Gone:
            self.fact = self.services.finish() or Fact(Status.JUDGE_ERROR, phrase(
                "the {kind} service is gone", kind=kind))
            raise self.fact from None
        except Fact as fact:
            self.fact = fact
            raise

    def _watch_services(self, on: bool) -> None:
        """Have every service ask before a learner's command, or ask no more."""
        if on != self._services_watched:
            self._services_watched = on
            for kind in self.services.runners:
                self.service(kind, "watch", on)

    def _event_lines(self) -> list[socket.socket]:
        return self.services.events() if self._services_watched else []

    def _serve_events(self) -> None:
        for line in select.select(self._event_lines(), [], [], 0)[0]:
            try:
                frames.receive(line)
            except frames.FrameError:
                self._services_watched = False  # it is dead: that shows where it is asked
                return
            try:
                self._effect()
            except Crash:
                _answer(line, "cut")
                raise
            _answer(line, "go")

    def _effect(self) -> None:
        """Count an effect; raises Crash where one was planned."""
        raise NotImplementedError


def _answer(line: socket.socket, word: str) -> None:
    try:
        frames.send(line, word)
    except frames.FrameError:
        return  # dead, as above
