"""Crashes at a chosen effect, and the files as they were at each file operation.

An effect is a call of a `counted` or exposed object, a change to a file (see `inside.effects`),
or a command to a service; the crash comes *before* it, so `crash_after(1)` leaves nothing done.

Under the judge the worker is killed: nothing more runs, buffered bytes are lost, and the next
call meets a fresh worker with the same work directory. In plain pytest Crash(BaseException) is
raised: `finally` blocks and `with` blocks still run, and buffered bytes reach the file when it
is closed; a service answers this and every further command with an error instead. What a suite
asserts afterwards must hold for both.
"""

from __future__ import annotations

from threading import Lock
from types import TracebackType
from typing import Any, Self

from graders.kit import files, remote, services
from graders.kit.inside import effects
from graders.phrases import phrase

_MOST_SNAPSHOTS = 2000
_MOST_BYTES = 64 << 20  # of all snapshots of one block, in the judge's memory


class Crash(BaseException):
    """The learner's process is gone. No Exception: `except Exception` must not survive it."""


_listeners: list[effects.Listener] = []


def _tell(kind: str) -> None:
    for each in tuple(_listeners):
        each(kind)


def _listen(listener: effects.Listener) -> None:
    _listeners.append(listener)
    if len(_listeners) == 1:
        try:
            home = files.root()
        except ValueError:
            home = ""
        effects.set_listener(_tell, home)


def _unlisten(listener: effects.Listener) -> None:
    _listeners.remove(listener)
    if not _listeners:
        effects.set_listener(None)


class PlannedCrash:
    """One planned crash; `fired` and `effects` tell afterwards what happened."""

    _open = False

    def __init__(self, k: int) -> None:
        self._k = k
        self._link: remote.Link | None = None
        self._lock = Lock()
        self.fired = False
        self.effects = 0

    def __enter__(self) -> Self:
        if PlannedCrash._open:
            raise ValueError("crash_after: one crash at a time; this block is inside another")
        PlannedCrash._open = True
        self._link = remote.current()
        if self._link is None:
            _listen(self._seen)
            services.listen(self._goes_on)
        else:
            self._link.plan_crash(self._k)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None
    ) -> bool:
        PlannedCrash._open = False
        if self._link is None:
            _unlisten(self._seen)
            services.listen(None)
            # A process that has crashed says nothing more, whatever its `except` blocks made of it.
            return self.fired and isinstance(value, (Crash, Exception))
        self.effects, self.fired = self._link.effects()
        self._link.plan_crash(None)
        return isinstance(value, Crash)

    def _seen(self, _kind: str) -> None:
        if not self._goes_on():
            raise Crash(f"planned crash at effect {self._k}")

    def _goes_on(self, _kind: str = "") -> bool:
        with self._lock:  # a service asks from a thread of its own
            if not self.fired:
                self.effects += 1
                self.fired = self.effects == self._k
            return not self.fired


class Snapshots:
    """The files of a folder before each file operation of the learner: `taken`, in order."""

    def __init__(self, path: files.Path) -> None:
        self._path = path
        self._link: remote.Link | None = None
        self._bytes = 0
        self._full = False
        self.taken: list[dict[str, bytes]] = []

    def __enter__(self) -> Self:
        files.list(self._path)  # a folder that is not there is a mistake of the suite
        self._link = remote.current()
        if self._link is None:
            _listen(self._seen)
        else:
            self._link.watch_files(self._take)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        if self._link is None:
            _unlisten(self._seen)
        else:
            self._link.watch_files(None)
        if self._full and kind is None:
            raise AssertionError(
                phrase(
                    "more than {count} file operations, or {size} MiB in the snapshots of them",
                    count=_MOST_SNAPSHOTS,
                    size=_MOST_BYTES >> 20,
                )
            )

    def _seen(self, kind: str) -> None:
        if kind == "file":
            self._take()

    def _take(self) -> None:
        if self._full:
            return
        found = files.contents(self._path)
        self._bytes += sum(map(len, found.values()))
        if len(self.taken) >= _MOST_SNAPSHOTS or self._bytes > _MOST_BYTES:
            self._full = True
            return
        self.taken.append(found)


def crash_after(k: int) -> PlannedCrash:
    """Crash the learner's code at its k-th effect in the `with` block (the first is 1).

    Afterwards `.fired` tells whether it came to that, `.effects` how many effects were seen, the
    crashing one included: assert that it fired. A large k counts the effects of a whole run.
    """
    if not isinstance(k, int) or isinstance(k, bool) or k < 1:
        raise ValueError(f"crash_after: k is {k!r}; the first effect is 1")
    return PlannedCrash(k)


def snapshots(path: files.Path) -> Snapshots:
    """Record the files below `path` at each file operation of the learner in the `with` block.

    `.taken` holds a dict of relative name to bytes for each, as it was before the operation.
    """
    return Snapshots(path)
