"""A service of the judge child: an Init of its own, and a fresh process of it for each test."""

from __future__ import annotations

import socket

from graders.judge.records import Exit
from graders.judge.sandbox import Options
from graders.judge.tree_runner import TreeRunner

_BACKLOG = 128
_EVENT_S = 5.0  # a question is one small frame, sent at once


class TreeServiceRunner(TreeRunner):
    """Implements runner.ServiceRunner by nursery, joiner and Init, as workers are made.

    The listening socket is made here, in the judge child's network namespace, before any learner
    code runs, without SO_REUSEPORT; our copy keeps the port taken when the service dies.
    """

    def __init__(self, requests: socket.socket, options: Options) -> None:
        super().__init__(requests, options)
        self.kind, self.port = options["service"], 0
        self.events = self._listener = self._theirs = socket.socket()

    def start(self) -> None:
        """Start it. Raises Fact(JUDGE_ERROR) when Init is gone."""
        self.events, self._theirs = socket.socketpair()
        self.events.settimeout(_EVENT_S)
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(_BACKLOG)
        self.port = self._listener.getsockname()[1]
        try:
            super().start()
        finally:
            self._theirs.close()

    def _more_files(self) -> list[int]:
        return [self._theirs.fileno(), self._listener.fileno()]

    def finish(self, keep_box: bool) -> Exit:
        """Kill and reap it, and give the port back."""
        for each in (self.events, self._listener):
            each.close()
        return super().finish(keep_box)
