"""A worker inside this process: what the judge's link does, without sockets or a sandbox.

Everything crosses by value through a copy of plain data; references become the real objects on
the way in, handles on the way out. It runs the very worker halves, so the judge half of the kit
is exercised as under the judge, except for limits, clocks of another process and real crashes.
"""

from __future__ import annotations

import copy
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NoReturn

import pytest

from graders.kit import measure, remote
from graders.kit.crash import Crash
from graders.kit.inside import effects
from graders.kit.inside.build import build
from graders.kit.inside.ops import OPS

PLAIN = (type(None), bool, int, float, complex, str, bytes)


class RemoteObject(remote.Remote):
    """A function, method, iterator or handle of the fake worker."""

    __slots__ = ("real",)

    def __init__(self, link: FakeLink, real: Any) -> None:
        self._link, self.real = link, real

    @property
    def __name__(self) -> str:
        return str(self.real.__name__)

    def __call__(self, *args: Any) -> Any:
        return self._link.call(self.real, *args)

    def method(self, name: str) -> RemoteObject:
        return RemoteObject(self._link, getattr(self.real, name))


class RemoteClass(remote.RemoteType):
    """Proxy class of a learner's class."""

    def __call__(cls, *args: Any) -> Any:
        link: FakeLink = cls._link
        return RemoteObject(link, link.call_live(cls.real, *args))


class StubToken:
    """What the learner's code sees of a token: identity."""


class Offer:
    """What the learner's code sees of an offered object."""

    def __init__(self, link: FakeLink, offered: remote.Offered) -> None:
        self._link, self._offered = link, offered

    def __call__(self, *args: Any) -> Any:
        return self._ask("__call__", args)

    def __getattr__(self, name: str) -> Any:
        if name not in self._offered.names:
            raise AttributeError(name)
        return lambda *args: self._ask(name, args)

    def _ask(self, name: str, args: tuple[Any, ...]) -> Any:
        effects.effect()
        target = self._offered.target
        back = self._link.to_suite(args)
        answer = target(*back) if name == "__call__" else getattr(target, name)(*back)
        return self._link.to_worker(answer)


class FakeLink:
    """Implements graders.kit.remote.Link."""

    def __init__(self, folder: str, declared: tuple[str, ...] = ()) -> None:
        self.folder, self.declared = folder, declared
        self.descriptor = os.open(folder, os.O_RDONLY)
        self.built: dict[int, Any] = {}
        self.tokens: dict[int, tuple[remote.Token, StubToken]] = {}
        self.curves: list[tuple[Any, ...]] = []
        self.ops: list[str] = []
        self._plan: int | None = None
        self._effects, self._fired = 0, False
        self._watcher: Callable[[], None] | None = None
        measure._reset_peak()  # a real worker is fresh

    def function(self, real: Any) -> Any:
        return RemoteObject(self, real)

    def cls(self, real: type) -> Any:
        return RemoteClass(real.__name__, (), {"_link": self, "real": real})

    def close(self) -> None:
        os.close(self.descriptor)

    # what the kit asks

    def op(self, name: str, *args: Any) -> Any:
        self.ops.append(name)
        return self.call(OPS[name], *args)

    def too_slow(self, text: str) -> NoReturn:
        pytest.fail(text, pytrace=False)

    def check_cpu(self) -> None:
        """Nothing is limited here."""

    def left_s(self) -> float:
        return 1e9

    def as_owner(self) -> AbstractContextManager[None]:
        return nullcontext()

    def cpu_s(self) -> float:
        return measure._cpu_s()

    fine_clock = True

    def stopwatch_s(self) -> float:
        return self.cpu_s()

    def status(self) -> dict[str, Any]:
        return {
            "pid": os.getpid(),
            "threads": threading.active_count(),
            "children": 0,
            "peak_mib": _peak_mib(),
        }

    def output(self) -> str:
        return "printed by the worker"

    def record_growth(
        self, sizes: tuple[int, ...], cpu_s: tuple[float, ...], exponent: float, label: str
    ) -> None:
        self.curves.append((sizes, cpu_s, exponent, label))

    def plan_crash(self, after: int | None) -> None:
        self._plan = after
        if after is not None:
            self._effects, self._fired = 0, False
        self._listen()

    def effects(self) -> tuple[int, bool]:
        return self._effects, self._fired

    def watch_files(self, seen: Any) -> None:
        self._watcher = seen
        self._listen()

    def workdir(self) -> tuple[str, int]:
        return self.folder, self.descriptor

    def exceptions(self) -> tuple[str, ...]:
        return self.declared

    def seed(self) -> bytes:
        return b"seed of this test"

    # the wire

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        return self.to_suite(self.call_live(function, *args))

    def call_live(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*self.to_worker(args))

    def to_worker(self, value: Any) -> Any:
        match value:
            case RemoteObject():
                return value.real
            case RemoteClass():
                return value.real
            case remote.Crossing():
                if value.uid not in self.built:
                    spec = copy.deepcopy(value.spec)
                    self.built[value.uid] = build(value.kind, spec)
                return self.built[value.uid]
            case remote.Offered():
                return Offer(self, value)
            case remote.Token():
                return self.tokens.setdefault(id(value), (value, StubToken()))[1]
            case _:
                return self._plain(value, self.to_worker)

    def to_suite(self, value: Any) -> Any:
        if isinstance(value, StubToken):
            return next(mine for mine, stub in self.tokens.values() if stub is value)
        if isinstance(value, Iterator):
            return RemoteObject(self, value)
        for base in (str, bytes, tuple, list, dict):
            if isinstance(value, base) and type(value) is not base:
                return self.to_suite(base(value))
        return self._plain(value, self.to_suite)

    def _plain(self, value: Any, inner: Callable[[Any], Any]) -> Any:
        if type(value) in PLAIN:
            return value
        if type(value) in (list, tuple, set, frozenset):
            return type(value)([inner(each) for each in value])
        if type(value) is dict:
            return {inner(k): inner(v) for k, v in value.items()}
        raise TypeError(f"{type(value).__name__} does not cross")

    def _listen(self) -> None:
        wanted = self._plan is not None or self._watcher is not None
        effects.set_listener(self._seen if wanted else None, self.folder if wanted else "")

    def _seen(self, kind: str) -> None:
        if kind == "file" and self._watcher is not None:
            self._watcher()
        if self._plan is not None:
            self._effects += not self._fired
            self._fired = self._fired or self._effects == self._plan
            if self._fired:
                raise Crash


def _peak_mib() -> float:
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:")) / 1024
