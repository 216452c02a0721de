"""One exchange with the worker: bytes over the socket, bounded by its CPU clock and the wall.

The wall counts only while a request is open and does not count waiting for a processor, so that
a busy machine changes no verdict. What goes wrong becomes a sticky Fact.
"""

from __future__ import annotations

import select
import socket
import time
from typing import Any, NoReturn

from graders.judge import wire
from graders.judge.clock import RERUN_BAND
from graders.judge.facts import Fact
from graders.judge.inbox import LENGTH_BYTES, Inbox
from graders.judge.runner import Runner
from graders.judge.services import Services
from graders.model import Kata, Status
from graders.phrases import phrase

WALL_FLOOR_S = 2.0
_GLANCE_S = 0.02  # most answers are there within it, so only then its clocks are looked at
_CHECK_S = 0.001  # of wall time between two looks at the CPU of a worker that keeps answering
_LOOK_S = 0.5  # so often a worker that answers nothing is looked at
_LATE_S = 0.25  # a wait that took so much longer than asked: we did not run meanwhile


class Channel:
    """Base of Link: sends, reads, waits; `_answer` and `_serve` are for what the worker asks."""

    runner: Runner  # from `Link.serve` on

    def __init__(self, kata: Kata, factor: float) -> None:
        self.kata, self.factor = kata, factor
        self.limit_s = 0.0
        self.fact: Fact | None = None
        self.services = Services(())
        self._codec = wire.Codec(self._to_ref, self._from_ref, kata.api.result_types)
        self._inbox = Inbox(self._receive, self._refuse_too_long)
        self._heard: socket.socket | None = None  # what _ears listens to
        self._ears: Any = None
        self._reset_clocks()

    def _reset_clocks(self) -> None:
        self._before_s = 0.0  # CPU of workers of this test that are gone (planned crashes)
        self._base_s = self._wall_used_s = self._began_s = self._away_s = self._checked_s = 0.0
        self._inbox.clear()
        self._alive = self._loading = False
        self.disturbed = False  # somebody stopped or killed the worker, or stopped us, in this test

    def _exchange(self, message: tuple[Any, ...]) -> Any:
        began_s, self._away_s = time.monotonic(), 0.0
        self._began_s = began_s
        try:
            self._send(message)
            return self._finish_exchange()
        finally:
            self._wall_used_s += time.monotonic() - began_s - self._away_s

    def _send(self, message: tuple[Any, ...]) -> None:
        self._push(self._codec.dumps(message))

    def _push(self, body: bytes) -> None:
        data = memoryview(wire.frame(body))
        while data:
            try:
                data = data[self.runner.channel.send(data):]
            except BlockingIOError:
                self._wait(to_send=True)
            except OSError:
                self._overrun(Status.CRASHED, "")

    def _finish_exchange(self) -> Any:
        while True:
            reply = self._decoded(self._inbox.message())
            now_s = time.monotonic()
            if now_s - self._checked_s > _CHECK_S:
                self._checked_s = now_s
                self.check_cpu()
            if type(reply) is wire.Question:
                self._answer(reply)
            elif type(reply) is not tuple or not reply or type(reply[0]) is not str:
                self._overrun(Status.CRASHED, phrase("broke the protocol"))
            elif reply[0] != "ask":
                return reply
            else:
                self._serve(reply[1:])
            self._away_s += time.monotonic() - now_s

    def _decoded(self, data: bytes) -> Any:
        try:
            if data.startswith(wire.QUESTION, LENGTH_BYTES):
                return self._codec.loads_question(data, LENGTH_BYTES)
            return self._codec.loads(data, LENGTH_BYTES)
        except wire.TooMuch as error:
            self._overrun(Status.OUTPUT_LIMIT, phrase(
                "the result is too large: {text}", text=error))
        except wire.ProtocolError:
            self._overrun(Status.CRASHED, phrase("wrote to the judge's channel"))
        except MemoryError:
            self._overrun(Status.OUTPUT_LIMIT,
                          phrase("the result does not fit the judge's memory"))

    def _refuse_too_long(self, size: int) -> None:
        if size > wire.FRAME_CAP:
            self._overrun(Status.OUTPUT_LIMIT, phrase(
                "a result of {size} MiB; at most {most} MiB may cross", size=size >> 20,
                most=wire.FRAME_CAP >> 20))

    def _receive(self, most: int) -> bytes:
        """Return what comes next, at most so many bytes; there is at least one."""
        if not self._glance():
            self._wait(to_send=False)
        while True:
            try:
                piece = self.runner.channel.recv(most)
            except BlockingIOError:
                self._wait(to_send=False)
                continue
            except OSError:
                piece = b""
            if not piece:
                self._overrun(Status.CRASHED, "")
            return piece

    def _glance(self) -> bool:
        """Wait a moment for an answer, where nothing else is to be waited for."""
        if self._event_lines() or not hasattr(select, "poll"):
            return False
        if self._heard is not self.runner.channel:
            self._heard, self._ears = self.runner.channel, select.poll()
            self._ears.register(self._heard, select.POLLIN)
        began_s = time.monotonic()
        ready = self._ears.poll(1000 * _GLANCE_S)
        self.disturbed |= time.monotonic() - began_s > _GLANCE_S + _LATE_S
        return bool(ready)

    def _allowance(self) -> float:
        """The limit in this machine's CPU seconds."""
        limit_s = self.kata.limits.load_cpu_s if self._loading else self.limit_s
        return limit_s * self.factor

    def _used(self) -> float:
        return self._before_s + self._clock() - self._base_s

    def _clock(self) -> float:
        """The CPU that the submission uses: its worker's, and what the services work for it."""
        return self.runner.cpu_s() + self.services.cpu_s()

    def _queued_s(self) -> float:
        return self.runner.queued_s() + self.services.queued_s()

    def check_cpu(self) -> None:
        """End the test where the worker has used more CPU than any load excuses."""
        if self._alive and self._used() > self._allowance() * RERUN_BAND:
            self._overrun(Status.TIME_LIMIT, self._time_text())

    def _time_text(self) -> str:
        used_s = f"{self._used() / self.factor:.2f}"
        if self._loading:
            return phrase("loading the module: stopped after {used_s} s CPU; the limit is "
                          "{limit_s} s", used_s=used_s, limit_s=f"{self.kata.limits.load_cpu_s:g}")
        return phrase("used: stopped after {used_s} s CPU; the limit is {limit_s} s",
                      used_s=used_s, limit_s=f"{self.limit_s:g}")

    def _patience_s(self) -> float:
        """Return the wall time that may pass while a request is open."""
        return max(WALL_FLOOR_S, 2 * self._allowance())

    def _blocked_text(self, passed_s: float) -> str:
        return phrase("blocked or sleeping: {passed_s} s passed with {used_s} s of CPU used",
                      passed_s=f"{passed_s:.1f}", used_s=f"{self._used() / self.factor:.2f}")

    def _wait(self, to_send: bool) -> None:
        """Wait until the channel is ready; bounded by CPU used and by wall time not queued."""
        wall_s = self._patience_s()
        while True:
            left_cpu_s = self._allowance() * RERUN_BAND - self._used()
            if left_cpu_s <= 0:
                self._overrun(Status.TIME_LIMIT, self._time_text())
            passed_s = time.monotonic() - self._began_s - self._away_s + self._wall_used_s
            if passed_s > wall_s and passed_s - self._queued_s() > wall_s:
                self._overrun(Status.TIME_LIMIT, self._blocked_text(passed_s))
            pause_s = min(left_cpu_s / (1 + self.kata.threads + self.kata.processes) + 0.002,
                          max(wall_s - passed_s, 0.05))
            if self._poll(to_send, min(pause_s, _LOOK_S)):
                return

    def _poll(self, to_send: bool, pause_s: float) -> bool:
        """Wait that long; note where the wall clock went on while worker or judge stood still."""
        began_s = time.monotonic()
        lines = self._event_lines()
        ready = _ready(self.runner.channel, to_send, pause_s, lines)
        if lines:
            self._serve_events()
        late = time.monotonic() - began_s > pause_s + _LATE_S
        self.disturbed = self.disturbed or late or (not ready and self.runner.held())
        return ready

    def _event_lines(self) -> list[socket.socket]:
        """Return the lines on which a service may ask while we wait."""
        return []

    def _serve_events(self) -> None:
        """Answer what services have asked."""

    def _overrun(self, status: Status, text: str) -> NoReturn:
        if self.fact is None:
            self.fact = Fact(status, text)
        raise self.fact

    def _answer(self, asked: wire.Question) -> None:
        raise NotImplementedError

    def _serve(self, message: tuple[Any, ...]) -> None:
        raise NotImplementedError

    def _to_ref(self, value: Any) -> tuple[str, Any] | None:
        raise NotImplementedError

    def _from_ref(self, kind: str, payload: Any) -> Any:
        raise NotImplementedError


def _ready(channel: socket.socket, to_send: bool, pause_s: float,
           lines: list[socket.socket]) -> bool:
    """Wait at most `pause_s` until `channel` can be written to (or read from), or a line read."""
    if hasattr(select, "poll"):  # any number of descriptor
        poll = select.poll()
        poll.register(channel, select.POLLOUT if to_send else select.POLLIN)
        for each in lines:
            poll.register(each, select.POLLIN)
        return any(number == channel.fileno() for number, _ in poll.poll(1000 * pause_s))
    readers, writers = ([], [channel]) if to_send else ([channel], [])  # Windows
    found = select.select([*readers, *lines], writers, [], pause_s)
    return channel in found[0] or channel in found[1]
