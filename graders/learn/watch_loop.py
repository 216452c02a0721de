"""The loop of `watch`: judge on save, and do what single keys ask for.

    watchdog's thread ──Changed──┐
    terminal ──────────Pressed───┼──> one loop ──> pending ──> judging thread ──Judged──┐
    signals ───────────Ended─────┘       ^                                              |
                                         └──────────────────────────────────────────────┘

All is decided and written in one thread. Of the saves that come during a judgement one more
follows, of what the files are then; a verdict on files that have changed meanwhile is not shown.
Keys wait for a judgement under way, all but those that end `watch`.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from graders.errors import GraderError
from graders.judge.request import Request, read_submission
from graders.learn import paths, progress, question, watch_pages
from graders.learn.watch_judging import Judging
from graders.learn.watch_keys import END, INTERRUPT
from graders.learn.watch_scope import Concern, Saved, Scope, Stamp, stamp
from graders.learn.watch_terminal import Terminal
from graders.model import Kata, Report
from graders.report.text import layers_off
from graders.words import say, tell

INTERRUPTED = 130
_SETTLE_S = 0.008  # what one save does to a file is one change
_WHOLE_S, _WHOLE_TRIES = 0.02, 10  # an editor that has removed or emptied it is about to write
_PATIENCE_S = 0.2  # a judgement that takes longer gets a passing line


@dataclass(frozen=True, slots=True)
class Changed:
    """A file below katas/ was written, replaced or removed."""

    path: Path


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key was pressed."""

    key: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A moment has passed since the first of some changes."""


@dataclass(frozen=True, slots=True)
class Work:
    """One judgement: of what, and what its files were when it began."""

    kata: Kata
    before: Stamp
    request: Request


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement is over, with a Report or without."""

    work: Work
    report: Report | None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """The program that had the terminal has ended; `error` says what went wrong."""

    error: str


@dataclass(frozen=True, slots=True)
class Ended:
    """`watch` is to end, with this exit code."""

    code: int


Event = Changed | Pressed | Settled | Judged | Returned | Ended


class Commands(Protocol):
    """What keys do."""

    def press(self, key: str) -> None:
        """Do what a key asks for."""

    def returned(self, error: str) -> None:
        """Take the terminal back from another program."""


class Watch:
    """What is watched, what waits, what is under way."""

    def __init__(self, scope: Scope, current: Kata, terminal: Terminal, judging: Judging) -> None:
        self.scope, self.terminal, self.judging = scope, terminal, judging
        self.slug = current.slug  # what the keys are about
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self.keyed = False  # whether there are keys
        self.away = False  # whether another program has the terminal
        self._pending: dict[Concern, None] = {}  # newest last
        self._typed: deque[str] = deque()
        self._last: dict[str, Stamp] = {}  # of each kata, what was judged last
        self._work: Work | None = None
        self._tries = 0
        self._settling = False
        self._told_layers = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def kata(self) -> Kata:
        """The kata that the keys are about. Raises GraderError when it has left the tree."""
        return self.scope.kata(self.slug)

    async def run(self, commands: Commands) -> int:
        """Do what events ask for until one ends it; return the exit code."""
        while True:
            code = self._handle(await self.events.get(), commands)
            if code is None:
                code = self._press(commands)
            if code is not None:
                return code

    def judge(self, kata: Kata) -> None:
        """Judge a kata whether it has changed or not."""
        self._last.pop(kata.slug, None)
        self._add(Concern(Saved.CODE, kata.slug))

    def go_to(self, kata: Kata) -> None:
        """Make this the kata that the keys are about, and watch it if it was not."""
        self.scope.add(kata)
        if self.slug != kata.slug:
            self.slug = kata.slug
            self.warm(kata)

    def warm(self, kata: Kata) -> None:
        """Have the judge ready for a kata."""
        self._start(self._warm(read_submission(kata, kata.stub)))

    # -- events ----------------------------------------------------------------------------

    def _handle(self, event: Event, commands: Commands) -> int | None:
        match event:
            case Ended(code):
                return code
            case Pressed(key) if key == INTERRUPT:
                return INTERRUPTED
            case Pressed(key) if key in ("q", END) and not self._typed:
                return 0
            case Pressed(key):
                self._typed.append(key)
            case Changed(path):
                if concern := self.scope.concern(path):
                    self._add(concern)
            case Settled():
                self._settling = False
                self._begin()
            case Judged():
                self._judged(event)
            case Returned(error):
                commands.returned(error)
        return None

    def _press(self, commands: Commands) -> int | None:
        """Do what the keys typed so far ask for; return an exit code if one of them ends it."""
        while self._typed and not (self._pending or self._work or self.away):
            key = self._typed.popleft()
            if key in ("q", END):
                return 0
            commands.press(key)
        return None

    def _add(self, concern: Concern) -> None:
        self._pending.pop(concern, None)
        self._pending[concern] = None
        self._tries = 0
        self._settle(_SETTLE_S)

    def _settle(self, wait_s: float) -> None:
        if not self._settling and self._work is None:
            self._settling = True
            asyncio.get_running_loop().call_later(wait_s, self.events.put_nowait, Settled())

    # -- judging ---------------------------------------------------------------------------

    def _begin(self) -> None:
        """Take up what waits, the newest first, until a judgement is under way."""
        while self._pending and self._work is None and not self._settling:
            concern = next(reversed(self._pending))
            try:
                if concern.kind is Saved.SHEET:
                    del self._pending[concern]
                    self._mark(concern.name)
                elif concern.kind is Saved.METADATA:
                    del self._pending[concern]
                    self.scope.reload()
                    self.judge(self.scope.kata(concern.name))
                else:
                    self._take_up(concern)
            except GraderError as error:
                self._pending.pop(concern, None)
                self.terminal.say(tell(str(error)), "yellow")
                self.show_keys()

    def _take_up(self, concern: Concern) -> None:
        kata = self.scope.kata(concern.name)
        if not _whole(kata.stub) and self._tries < _WHOLE_TRIES:
            self._tries += 1
            self._settle(_WHOLE_S)
            return
        del self._pending[concern]
        before = stamp(kata)
        if before == self._last.get(kata.slug):
            return  # told of once more
        self._work = Work(kata, before, read_submission(kata, kata.stub))
        self._start(self._judge(self._work))
        asyncio.get_running_loop().call_later(_PATIENCE_S, self._say_judging, self._work)

    async def _judge(self, work: Work) -> None:
        try:
            done = Judged(work, await self.judging.report(work.request))
        except Exception as error:  # whatever it is, the loop is told
            done = Judged(work, None, error)
        self.events.put_nowait(done)

    async def _warm(self, request: Request) -> None:
        try:
            await self.judging.warm(request)
        except GraderError:
            return  # the next judgement says why

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _say_judging(self, work: Work) -> None:
        if work is self._work:
            self.terminal.passing(say("judging {slug} …", slug=work.kata.slug))

    def _judged(self, done: Judged) -> None:
        work, self._work = done.work, None
        now = stamp(work.kata)
        if done.error is not None and not isinstance(done.error, GraderError):
            raise done.error
        if now.content != work.before.content:  # no word on what is no longer there
            self._add(Concern(Saved.CODE, work.kata.slug))
            return
        self._last[work.kata.slug] = now
        if done.report is not None:
            self._show(work, done.report)
        else:
            self.terminal.say(tell(str(done.error)), "bold magenta")
        self.show_keys()
        self._begin()

    def _show(self, work: Work, report: Report) -> None:
        kata = work.kata
        self.slug = kata.slug
        if work.request.submission is not None and not work.request.compile_error:
            source = work.request.submission.source
            progress.remember(self.scope.catalog.root, kata.slug, source, report)
        screen = self.terminal.screen
        text = watch_pages.verdict(kata, report, self._following() if report.accepted else None,
                                   screen)
        if not self._told_layers:
            off = layers_off([report], screen)
            text += screen.render(*off) if off else ""
            self._told_layers = True
        if not self.terminal.fits(text):
            text += watch_pages.again(report, screen)
        self.terminal.show(text)

    def _following(self) -> Kata | None:
        held = paths.course(self.scope.catalog)
        chosen = paths.following(held.standings, held.given_up)
        return chosen.kata if chosen else None

    def _mark(self, topic_folder: str) -> None:
        place = self.scope.sheet(topic_folder)
        (result,) = question.grade(self.scope.catalog.root, [place])
        self.terminal.show(watch_pages.sheet(result, self.terminal.screen))
        self.show_keys()

    def show_keys(self) -> None:
        """Say which keys there are, where there are any."""
        if self.keyed:
            self.terminal.show(watch_pages.key_line(self.terminal.screen))


def _whole(path: Path) -> bool:
    """Whether a module is there and not empty, as it is for a moment while it is written."""
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False
