"""Yields at random opcodes of the learner's module, so that other threads come in between.

Only threads that say `begin` are disturbed, and only in functions of the learner's file. From
Python 3.12 on by sys.monitoring: opcode tracing by sys.settrace in several threads at once
crashed 3.12.1 (segmentation fault, seen with four threads). Learner's code can switch either off.
"""

from __future__ import annotations

import functools
import inspect
import random
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FrameType, FunctionType, MethodType
from typing import Any, Protocol

# A pause costs some 50 microseconds of wall time: long calls would take seconds, so the chance
# halves after each so many pauses of a thread.
_HALVE_AFTER = 500


class Jitter(Protocol):
    """What disturbs the threads of one run."""

    def start(self) -> None:
        """Get ready, before any thread runs."""

    def begin(self, number: int) -> None:
        """Disturb the calling thread from now on, in the pattern of `number`."""

    def end(self) -> None:
        """Leave the calling thread alone."""

    def stop(self) -> None:
        """Undo `start`."""


def make(function: FunctionType | None, seed: int, chance: float) -> Jitter:
    """Return what yields with `chance` at any opcode of the file that `function` stands in."""
    if function is None or chance == 0:
        return _Still()
    if sys.version_info >= (3, 12):
        return _Monitored(function, seed, chance)
    return _Traced(function, seed, chance)


def function_of(target: Any) -> FunctionType | None:
    """Return a Python function of the module that a target comes from.

    A target is a function, bound method, class or callable object. An inherited method stands
    for its object's class, a decorated function for what it wraps. None where there is no
    Python code.
    """
    direct = inspect.unwrap(getattr(target, "__func__", target))
    if isinstance(direct, functools.partial):
        return function_of(direct.func)
    owner = getattr(target, "__self__", None if isinstance(direct, FunctionType) else direct)
    if owner is None:
        return direct if isinstance(direct, FunctionType) else None
    kind = owner if isinstance(owner, type) else type(owner)
    found = [inspect.unwrap(getattr(each, "__func__", each)) for each in vars(kind).values()]
    own = (each for each in [direct, *found] if _stands_in(each, kind.__module__))
    return next(own, direct if isinstance(direct, FunctionType) else None)


def _stands_in(function: Any, module: str) -> bool:
    """Tell whether a function was written in a module, not made by a decorator like dataclass."""
    if not isinstance(function, FunctionType) or function.__module__ != module:
        return False
    return function.__code__.co_filename != "<string>"


class _Still:
    """No disturbance at all."""

    def start(self) -> None: ...

    def begin(self, number: int) -> None: ...

    def end(self) -> None: ...

    def stop(self) -> None: ...


class _Traced:
    """Python 3.11: a trace function in each thread."""

    def __init__(self, function: FunctionType, seed: int, chance: float) -> None:
        self._file, self._seed, self._chance = function.__code__.co_filename, seed, chance

    def start(self) -> None: ...

    def begin(self, number: int) -> None:
        file = self._file
        pause = _pause(self._seed, number, self._chance)

        def local(_frame: FrameType, event: str, _arg: Any) -> Any:
            if event == "opcode":
                pause()
            return local

        def outer(frame: FrameType, _event: str, _arg: Any) -> Any:
            if frame.f_code.co_filename != file:
                return None
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
            return local

        sys.settrace(outer)

    def end(self) -> None:
        sys.settrace(None)

    def stop(self) -> None: ...


if sys.version_info >= (3, 12):
    _EVENT = sys.monitoring.events.INSTRUCTION

    class _Monitored:
        """Python 3.12 and later: instrumented code objects, put in place before threads run."""

        def __init__(self, function: FunctionType, seed: int, chance: float) -> None:
            self._codes = list(_codes(function))
            self._seed, self._chance = seed, chance
            self._pauses: dict[int, Callable[[], None]] = {}
            self._tool = -1

        def start(self) -> None:
            tools = (number for number in (4, 3) if sys.monitoring.get_tool(number) is None)
            self._tool = next(tools, -1)
            if self._tool < 0:
                raise RuntimeError("run_threads: sys.monitoring has no free tool number")
            sys.monitoring.use_tool_id(self._tool, "kata40 jitter")
            sys.monitoring.register_callback(self._tool, _EVENT, self._seen)
            for code in self._codes:
                sys.monitoring.set_local_events(self._tool, code, _EVENT)

        def begin(self, number: int) -> None:
            self._pauses[threading.get_ident()] = _pause(self._seed, number, self._chance)

        def end(self) -> None:
            self._pauses.pop(threading.get_ident(), None)

        def stop(self) -> None:
            for code in self._codes:
                sys.monitoring.set_local_events(self._tool, code, 0)
            sys.monitoring.register_callback(self._tool, _EVENT, None)
            sys.monitoring.free_tool_id(self._tool)

        def _seen(self, _code: CodeType, _offset: int) -> None:
            pause = self._pauses.get(threading.get_ident())
            if pause is not None:
                pause()


def _pause(seed: int, number: int, chance: float) -> Callable[[], None]:
    """Return what, called at an opcode, sometimes lets another thread run."""
    draw, sleep = random.Random(seed * 97 + number).random, time.sleep
    pauses = 0

    def pause() -> None:
        nonlocal chance, pauses
        if draw() < chance:
            # Zero only offers the interpreter lock; a real sleep makes another thread run.
            sleep(0 if draw() < 0.5 else 1e-6)
            pauses += 1
            if pauses % _HALVE_AFTER == 0:
                chance /= 2

    return pause


def _codes(function: FunctionType) -> Iterator[CodeType]:
    """Yield the code of every function in the module of `function`, inner functions included."""
    file = function.__code__.co_filename
    queue = [each.__code__ for each in _functions([function, *function.__globals__.values()])]
    seen: set[int] = set()
    while queue:
        code = queue.pop()
        if code.co_filename == file and id(code) not in seen:
            seen.add(id(code))
            queue += [const for const in code.co_consts if isinstance(const, CodeType)]
            yield code


def _functions(values: Iterable[Any]) -> Iterator[FunctionType]:
    """Yield the functions among values, within classes, and behind decorators."""
    queue, seen = list(values), set[int]()
    while queue:
        each = queue.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, FunctionType):
            yield each
            queue.append(each.__dict__.get("__wrapped__"))
        elif isinstance(each, type):
            queue += vars(each).values()
        elif isinstance(each, property):
            queue += [each.fget, each.fset, each.fdel]
        elif isinstance(each, (staticmethod, classmethod, MethodType)):
            queue.append(each.__func__)
        elif isinstance(each, (functools.partial, functools.cached_property)):
            queue.append(each.func)
        elif isinstance(each, functools._lru_cache_wrapper):
            queue.append(each.__wrapped__)
