"""The worker: the only process that ever runs a learner's code.

Locks itself down, then serves requests from the judge child. Nothing it says is believed
beyond its plain meaning; it holds no suite, no expected value and no secret.

    request  load · call · method · get · next · close · exit · watch · op · program
    reply    ok value | new class number | iter number | raise names args where
             | foreign type | toomuch text | code … | bad text line
    question (inside a request) a call of what was offered  ->  what it returned | error name args
    ask      (inside a request) effect what  ->  value None | error name args
"""

from __future__ import annotations

import importlib
import marshal
import os
import random
import signal
import socket
import sys
import threading
import types
from typing import Any

from graders.judge import sandbox, scan, wire
from graders.judge.inbox import LENGTH_BYTES, Inbox
from graders.kit.inside import build, effects, ops, program

_WARM = ("ast bisect builtins collections copy dataclasses decimal enum fractions functools heapq "
         "itertools linecache math operator random re string threading traceback types typing "
         "datetime json hashlib struct array queue time contextlib abc weakref")
_INIT = "resource shutil"  # os.wait4 imports resource, when Init may no longer read the library
_STACK_BYTES = 256 << 10  # many threads must fit the address space


def set_streams() -> None:
    """Make standard output and error lose nothing and refuse nothing; forks inherit it."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]


def preload() -> None:
    """Import once, in the nursery, what nearly every submission imports."""
    import gc

    for name in _WARM.split():
        importlib.import_module(name)
    if sys.platform != "win32":
        for name in _INIT.split():
            importlib.import_module(name)
    threading.stack_size(_STACK_BYTES)
    sys.dont_write_bytecode = True
    set_streams()
    random.seed(0)  # or the same submission would see other numbers in every run
    gc.collect()
    gc.freeze()


def main(descriptors: list[int], options: sandbox.Options) -> None:
    """Take over the descriptors, lock down, say hello, serve until the channel closes.

    `descriptors`: the channel, the file for what is printed, and for a program one more for its
    standard output alone.
    """
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    channel, output, *answer = [os.dup(each) for each in descriptors]
    os.dup2(answer[0] if answer else output, 1)
    os.dup2(output, 2)
    os.dup2(channel, 3)
    os.closerange(4, 256)
    os.chdir(f"{options['box']}/work")  # so that a suite sees what is left in the current folder
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # as in any Python; Init has them at default
        signal.signal(number, signal.SIG_IGN)
    sandbox.lock_down(options)
    os.write(3, b"!")  # SO_PASSCRED adds our pid as the judge child sees it
    serve(socket.socket(fileno=3), f"{options['box']}/work")
    os._exit(0)


def serve(channel: socket.socket, work: str) -> None:
    """Answer requests on `channel` until it closes; `work` is the work directory."""
    Worker(channel, work).run()


class Token:
    """An item whose value and order only the suite's side knows."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def __repr__(self) -> str:
        return f"<token {self.number}>"


class Worker:
    """One learner's module, the objects made from it, and the wire to the judge child."""

    def __init__(self, channel: socket.socket, work: str) -> None:
        self.channel, self.work = channel, work
        self.inbox = Inbox(channel.recv)
        self.codec = wire.Codec(self._to_ref, self._from_ref, vouched=True)
        self.module = types.ModuleType("unloaded")
        self.filename = ""
        self.code: types.CodeType | None = None  # of a program: it runs when it is asked to
        self.api: dict[str, Any] = {}
        self.objects: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.built: dict[int, Any] = {}
        self.tokens: dict[int, Token] = {}
        self.asking = threading.Condition()  # who holds it has the channel
        self.open = False  # a request is, so what is asked will be answered

    def run(self) -> None:
        """Serve until the other side closes."""
        while data := self.inbox.message():
            verb, *rest = self.codec.loads(data, LENGTH_BYTES)
            with self.asking:
                self.open = True
                self.asking.notify_all()
            reply = self._answer(verb, rest)
            with self.asking:
                self.open = False
                self._finish(verb, reply)

    def _finish(self, verb: str, reply: tuple[Any, ...]) -> None:
        try:
            self._send(reply)
        except OSError:  # a program that closed every descriptor: what it printed stands
            os._exit(reply[1] if verb == "program" and reply[0] == "ok" else 7)

    def _send(self, reply: tuple[Any, ...]) -> None:
        try:
            body = self.codec.dumps(reply)
            if len(body) > wire.FRAME_CAP:
                raise wire.TooMuch(f"a result of {len(body) >> 20} MiB")
        except wire.CannotCross as error:
            body = self.codec.dumps(("foreign", str(error).removesuffix(" is not plain data")))
        except wire.TooMuch as error:
            body = self.codec.dumps(("toomuch", str(error)))
        except MemoryError:
            body = self.codec.dumps(("raise", ["MemoryError", "Exception"], (), []))
        except Exception as error:  # a type of the learner's that even its base refuses
            body = self.codec.dumps(("foreign", type(error).__name__))
        self.channel.sendall(wire.frame(body))

    def ask(self, asked: wire.Question | tuple[str, ...]) -> Any:
        """Ask the suite's side; its exceptions surface here.

        A thread that goes on when its request is over has to wait for the next one: who reads
        then would take that request for an answer.
        """
        with self.asking:
            self.asking.wait_for(lambda: self.open)
            body = (self.codec.dumps_question(asked) if isinstance(asked, wire.Question)
                    else self.codec.dumps(asked))
            self.channel.sendall(wire.frame(body))
            data = self.inbox.message()
        if data.startswith(wire.RETURNED, LENGTH_BYTES):
            return self.codec.loads(data, LENGTH_BYTES + len(wire.RETURNED))
        verdict, *rest = self.codec.loads(data, LENGTH_BYTES)
        if verdict == "value":
            return rest[0]
        kind = getattr(importlib.import_module("builtins"), rest[0], Exception)
        raise kind(*rest[1])

    def _effect(self, what: str) -> None:
        self.ask(("ask", "effect", what))

    def _answer(self, verb: str, rest: list[Any]) -> tuple[Any, ...]:
        try:
            match verb:
                case "load":
                    return self._load(*rest)
                case "call":
                    name, args, kwargs = rest
                    value = getattr(self.module, name)(*args, **kwargs)
                    return self._reply(value, name in self.api["iterators"])
                case "method":
                    number, name, args, kwargs = rest
                    value = getattr(self.objects[number], name)(*args, **kwargs)
                    return self._reply(value, name == "__iter__")
                case "get":
                    return self._reply(getattr(self.objects[rest[0]], rest[1]), False)
                case "exit":
                    return self._exit(*rest)
                case "next":
                    return self._next(rest[0])
                case "close":
                    close = getattr(self.objects[rest[0]], "close", None)
                    return ("ok", close() if close else None)
                case "watch":
                    effects.set_listener(self._effect if rest[0] else None, self.work)
                    return ("ok", None)
                case "op":
                    return ("ok", ops.OPS[rest[0]](*rest[1]))
                case "program" if self.code is not None:
                    program.give_input(rest[0], os.path.dirname(self.work))
                    program.set_streams()
                    return ("ok", program.run(self.code, self.module))
            raise wire.ProtocolError(f"unknown request {verb}")
        except BaseException as error:
            return self._describe(error)

    def _reply(self, value: Any, is_iterator: bool) -> tuple[Any, ...]:
        if is_iterator:
            return ("iter", self._keep(iter(value)))
        for name in self.api["classes"]:
            declared = getattr(self.module, name, None)
            if isinstance(declared, type) and isinstance(value, declared):
                return ("new", name, self._keep(value))
        return ("ok", value)

    def _next(self, number: int) -> tuple[Any, ...]:
        try:
            return ("ok", next(self.objects[number]))
        except StopIteration:
            return ("stop",)

    def _exit(self, number: int, name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Leave a context manager, with the suite's exception rebuilt from its name."""
        target = self.objects[number]
        if not name:
            return ("ok", bool(target.__exit__(None, None, None)))
        kind = getattr(importlib.import_module("builtins"), name, RuntimeError)
        error = kind(*args)
        return ("ok", bool(target.__exit__(kind, error, error.__traceback__)))

    def _keep(self, value: Any) -> int:
        number = self.numbers.get(id(value))
        if number is None:
            number = self.numbers[id(value)] = len(self.objects) + 1
            self.objects[number] = value
        return number

    def _load(self, name: str, source: bytes, api: dict[str, Any],
              compiled: bytes | None) -> tuple[Any, ...]:
        self.api = api
        self.codec = wire.Codec(self._to_ref, self._from_ref, api["result_types"], vouched=True)
        filename = self.filename = f"{name}.py"
        if compiled is None:
            outcome = scan.compile_source(source, filename, tuple(api["forbid"]))
            if outcome[0] == "bad":
                return outcome
            self._send(outcome)  # made before the first learner byte ran, so it is honest
            compiled = outcome[1]
        module = self.module = types.ModuleType("__main__" if api["program"] else name)
        module.__file__ = filename
        if api["forbid"]:
            module.__dict__["__builtins__"] = scan.restricted_builtins(tuple(api["forbid"]))
        if api["program"]:
            self.code = marshal.loads(compiled)
            return ("ok", None)
        sys.modules[name] = module
        exec(marshal.loads(compiled), vars(module))
        missing = [each for each in api["names"] if not hasattr(module, each)]
        return ("missing", missing) if missing else ("ok", None)

    def _describe(self, error: BaseException) -> tuple[Any, ...]:
        names = [kind.__name__ for kind in type(error).__mro__]
        arguments = tuple(self._plain(each) for each in getattr(error, "args", ()))
        where: list[tuple[int, str]] = []
        step = error.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            if code.co_filename == self.filename:
                where.append((step.tb_lineno, getattr(code, "co_qualname", code.co_name)))
            step = step.tb_next
        return ("raise", names, arguments, where[-3:])

    def _plain(self, value: Any) -> Any:
        try:
            self.codec.dumps(value)
        except Exception:  # of a type that does not cross, too large, or hostile
            try:
                return repr(value)[:500]
            except Exception as error:
                return f"<{type(value).__name__}: its repr raised {type(error).__name__}>"
        return value

    @staticmethod
    def _to_ref(value: Any) -> tuple[str, Any] | None:
        return ("tok", value.number) if type(value) is Token else None

    def _from_ref(self, kind: str, payload: Any) -> Any:
        match kind:
            case "fn" | "cls":
                return getattr(self.module, payload)
            case "obj":
                return self.objects[payload]
            case "meth":
                return getattr(self.objects[payload[0]], payload[1])
            case "tok":
                return self.tokens.setdefault(payload, Token(payload))
            case "kit":
                uid, name, spec = payload
                if uid not in self.built:
                    self.built[uid] = build.build(name, spec)
                return self.built[uid]
            case "offer":
                return offer(self, payload[0], tuple(payload[1]))
        raise wire.ProtocolError(f"unknown reference {kind}")


def offer(worker: Worker, number: int, names: tuple[str, ...]) -> Any:
    """Return the worker's stand-in for a function or an exposed object of the suite."""

    def caller(place: int, name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            return worker.ask(wire.Question(number, place, args, kwargs))

        call.__name__ = name
        return call

    if names == ("__call__",):
        return caller(0, "__call__")
    return types.SimpleNamespace(**{
        name: caller(place, name) for place, name in enumerate(names)})
