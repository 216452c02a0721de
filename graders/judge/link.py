"""The judge child's line to the worker of the current test: requests and references.

One request is under way at a time; while it is, the worker may ask back (offered functions,
effects). Waiting and its bounds are channel.py's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import Any, NoReturn

from graders.judge import calls, facts, wire
from graders.judge.beside import Beside
from graders.judge.facts import Fact
from graders.judge.records import Exit
from graders.judge.runner import Runner
from graders.kit import remote
from graders.kit.crash import Crash
from graders.model import GrowthRow, Kata, Kind, Status
from graders.phrases import phrase

OUTPUT_CAP = 1 << 20  # bytes a test may print
EFFECT_CAP = 50_000  # file operations and calls back that one test may watch
OUTPUT_TAIL = 2 << 10  # of them shown


class Link(Beside):
    """Implements graders.kit.remote.Link for one judge child; `begin` and `end` frame a test."""

    def __init__(self, kata: Kata, factor: float) -> None:
        super().__init__(kata, factor)
        self.declared = facts.declared_exceptions(kata.api)
        self.adopt: Callable[[Any, int], Any] = _no_classes  # set by proxy.module
        self.growth: list[GrowthRow] = []
        self.untouched: frozenset[str] = frozenset()
        self.peak_mib = self.load_cpu_s = 0.0
        self._source = self._seed = b""
        self._code: bytes | None = None
        self._clear(0.0, "")

    def serve(self, runner: Runner, source: bytes, seed: bytes) -> None:
        """Take up one submission; the suite, with our stand-ins in it, is collected already."""
        self.runner, self._source, self._seed = runner, source, seed

    def _clear(self, limit_s: float, name: str) -> None:
        self.test, self.limit_s = name, limit_s
        self.fact: Fact | None = None
        self.trail = calls.Trail()
        self.met_untouched = False
        self.generation = getattr(self, "generation", 0) + 1
        self._offers: list[remote.Offered] = []
        self._tokens: list[remote.Token] = []
        self._asked: dict[int, int] = {}
        self._reset_clocks()
        self._crash_at: int | None = None
        self._effects, self._crashed, self._revivable = 0, False, False
        self._seen: Callable[[], Any] | None = None
        self._watching = self._services_watched = False
        self._workdir: tuple[str, int] | None = None
        self.used_workdir = False

    # -- the frame of a test ---------------------------------------------------------------

    def begin(self, name: str, limit_s: float) -> None:
        """Start a fresh worker and load the module. Raises Fact, or the learner's exception."""
        self._clear(limit_s, name)
        self.services.start()
        self._start()

    def end(self) -> Exit:
        """Kill and reap the worker; return its CPU (reference seconds), peak and exit."""
        spent_s, gone = self._stop(keep_box=False)
        self._look_at_memory(gone)
        fact = self.services.finish()
        if fact and (self.fact is None or fact.status is Status.JUDGE_ERROR):
            self.fact = fact
        return Exit(spent_s / self.factor, self.peak_mib, gone.signal, gone.code)

    def _look_at_memory(self, gone: Exit) -> None:
        self.peak_mib = max(self.peak_mib, gone.peak_mib)
        unclear = (Status.TIME_LIMIT, Status.CRASHED)  # what a memory bomb may look like as well
        if gone.peak_mib > self.kata.limits.memory_mib and (
                self.fact is None or self.fact.status in unclear):
            self.fact = Fact(Status.MEMORY_LIMIT, phrase(
                "used {peak_mib} MiB; the limit is {limit_mib} MiB",
                peak_mib=f"{gone.peak_mib:.0f}", limit_mib=self.kata.limits.memory_mib))

    def _start(self) -> None:
        self.runner.start()
        self._inbox.clear()
        self._alive, self._loading, self._watching = True, True, False
        self._base_s, self._wall_used_s = self._clock(), 0.0
        try:
            self._load()
        finally:
            loaded_s = self._clock() if self._alive else self._base_s
            self.load_cpu_s = (loaded_s - self._base_s) / self.factor
            self._loading, self._base_s, self._wall_used_s = False, loaded_s, 0.0

    def _load(self) -> None:
        api = self.kata.api
        plain = {"names": api.names(), "iterators": api.iterators, "forbid": api.forbid,
                 "classes": tuple(each.name for each in api.classes),
                 "result_types": api.result_types, "program": self.kata.kind is Kind.PROGRAM}
        source = self._source if self._code is None else b""
        request = ("load", self.kata.slug, source, plain, self._code)
        reply = self._exchange(request)
        if self._code is None and reply[0] == "code":  # later workers have run learner code
            reply = self._take_code(reply)
        match reply:
            case ("ok", _):
                return
            case ("bad", str(text), int(line)):
                place = f"{self.kata.slug}.py:{line}" if line else f"{self.kata.slug}.py"
                raise calls.CompileError(phrase("{place}: {text}; mend this line", place=place,
                                                text=text))
            case ("missing", list(names)) if all(type(name) is str for name in names):
                raise calls.CompileError(phrase(
                    "{file}: does not define {names}; the kata asks for it",
                    file=f"{self.kata.slug}.py", names=", ".join(names[:5])))
            case ("raise", _, _, _):
                raise self._learner_error(reply)
        self._overrun(Status.CRASHED, phrase("broke the protocol while loading"))

    def _take_code(self, reply: Any) -> Any:
        """Keep the compiled module, made before the first learner byte ran; return what follows."""
        match reply:
            case ("code", bytes(code), list(untouched), list(uses)):
                self._code = code
                self.untouched = frozenset(each for each in untouched if type(each) is str)
            case _:
                self._overrun(Status.CRASHED, phrase("broke the protocol"))
        if uses:
            what, line = uses[0]
            self._overrun(Status.RUNTIME_ERROR, phrase(
                "uses {what}, line {line}; this kata forbids it", what=what, line=line))
        return self._finish_exchange()

    def _stop(self, keep_box: bool) -> tuple[float, Exit]:
        if self._workdir is not None and not keep_box:
            self.runner.close_workdir()
            self._workdir = None
        spent_s = self._before_s
        if self._alive:
            spent_s += self._clock() - self._base_s
            self._alive = False
        self._close_clerk()
        return spent_s, self.runner.finish(keep_box)

    # -- requests --------------------------------------------------------------------------

    def request(self, call: calls.Call) -> Any:
        """Make one call in the worker; return its value or raise what it raised."""
        if self.fact:
            raise self.fact
        try:
            return self._request(call)
        except Fact as fact:  # sticky, wherever it was found
            self.fact = self.fact or fact
            raise

    def _request(self, call: calls.Call) -> Any:
        if not self._alive:
            if not self._revivable:
                raise RuntimeError(phrase("learner code can be called inside a test only"))
            self.generation += 1  # what lived in the crashed worker is gone
            self._start()
            if call.verb != "watch":
                self._watch()
        self.trail.calling(call)
        reply = self._exchange(call.message())
        match reply:
            case ("ok", value):
                self.trail.returned(value)
                return value
            case ("new" | "iter", *_):
                return self.adopt(reply, self.generation)
            case ("stop",) if call.verb == "next":
                raise StopIteration
            case ("raise", _, _, _):
                raise self._learner_error(reply)
            case ("foreign", str(kind)):
                raise facts.ForeignResult(phrase(
                    "returned {kind}; the kata expects plain data", kind=kind[:200]))
            case ("toomuch", str(text)):
                self._overrun(Status.OUTPUT_LIMIT, phrase(
                    "the result is too large: {text}", text=text[:200]))
        return self._overrun(Status.CRASHED, phrase("broke the protocol"))

    def _learner_error(self, reply: Any) -> Exception:
        _, names, args, where = reply
        if type(names) is not list or not all(type(name) is str for name in names) \
                or type(args) is not tuple or type(where) is not list:
            self._overrun(Status.CRASHED, phrase("broke the protocol"))
        error = facts.learner_error(names[:20], args, self.declared)
        frames = [(line, function) for line, function in
                  (f for f in where if type(f) is tuple and len(f) == 2)
                  if type(line) is int and type(function) is str]
        if names and names[0] == "NotImplementedError" and frames \
                and frames[-1][1] in self.untouched:
            self.met_untouched = True
        self.trail.raised(error, frames)
        return error

    # -- what the worker asks --------------------------------------------------------------

    def _serve(self, message: tuple[Any, ...]) -> None:
        match message:
            case ("effect", str(kind)) if self._watching and self._effects < EFFECT_CAP:
                if self._seen is not None and kind == "file":
                    self._seen()  # before a crash: the snapshot shows what the crash leaves
                self._effect()
                self._send(("value", None))
            case _:
                self._overrun(Status.CRASHED, phrase("broke the protocol"))

    def _answer(self, asked: wire.Question) -> None:
        number = asked.offer
        if number >= len(self._offers) or asked.name >= len(self._offers[number].names):
            self._overrun(Status.CRASHED, phrase("asked for something that was not offered"))
        offered = self._offers[number]
        self._asked[number] = self._asked.get(number, 0) + 1
        if self._asked[number] > offered.limit:
            self._overrun(Status.FAILED, phrase(
                "called back more than {limit} times in a test", limit=offered.limit))
        self._effect()
        try:
            value = getattr(offered.target, offered.names[asked.name])(*asked.args, **asked.named)
        except Exception as error:
            self._send(("error", calls.builtin_name(error), tuple(map(calls.plain, error.args))))
        else:
            self._push(self._codec.dumps(value, wire.RETURNED))

    def _effect(self) -> None:
        self._effects += 1
        if self._effects == self._crash_at:
            self._crash_at, self._crashed, self._revivable = None, True, True
            self._before_s, _ = self._stop(keep_box=True)
            raise Crash(self._effects)

    # -- graders.kit.remote.Link -----------------------------------------------------------

    def op(self, name: str, *args: Any) -> Any:
        """Run the worker half of a kit word."""
        return self.request(calls.Call("op", name, args=args))

    def run_program(self, stdin: bytes, exit_codes: tuple[int, ...]) -> tuple[int, bytes]:
        """Refuse: program.py has the link of a kata that is one."""
        raise TypeError('run_program: this kata is no program; write kind = "program" in kata.toml')

    def cpu_s(self) -> float:
        """Return the test's CPU so far in reference seconds."""
        return self._used() / self.factor

    @property
    def fine_clock(self) -> bool:
        """Whether the runner's CPU clock tells microseconds apart."""
        return self.runner.fine_clock

    def stopwatch_s(self) -> float:
        """Return cpu_s, or wall time where the system counts CPU in ticks of 1/64 s (Windows).

        Load can only lengthen wall time, and growth takes the least of several.
        """
        if self.fine_clock:
            return self.cpu_s()
        return time.perf_counter() / self.factor

    def left_s(self) -> float:
        """Return what is left of the test's limit in reference seconds."""
        return self.limit_s - self.cpu_s()

    def status(self) -> dict[str, Any]:
        """Return what the kernel tells of the worker."""
        return self.runner.status()

    def output(self) -> str:
        """Return the tail of what the worker printed."""
        return self.runner.output(OUTPUT_TAIL)[1]

    def record_growth(self, sizes: tuple[int, ...], cpu_s: tuple[float, ...], exponent: float,
                      label: str) -> None:
        """Keep one growth curve for the Report."""
        self.growth.append(GrowthRow(self.test, sizes, cpu_s, exponent, label))

    def too_slow(self, text: str) -> NoReturn:
        """End the test as TIME_LIMIT by its growth."""
        self.fact = self.fact or facts.TooSlow(text)
        raise self.fact

    def plan_crash(self, after: int | None) -> None:
        """Kill the worker at its `after`-th effect from now."""
        self._crash_at, self._effects, self._crashed = after, 0, False
        self._watch()

    def effects(self) -> tuple[int, bool]:
        """Return effects seen since `plan_crash`, and whether the crash fired."""
        return self._effects, self._crashed

    def watch_files(self, seen: Callable[[], Any] | None) -> None:
        """Call `seen()` at each file operation of the worker."""
        self._seen = seen
        self._watch()

    def _watch(self) -> None:
        """Tell the worker whether to report effects; a worker made anew is told when it is."""
        self._watch_services(self._crash_at is not None and not self.fact)
        wanted = self._crash_at is not None or self._seen is not None
        if self._alive and not self.fact and wanted != self._watching:
            self._watching = wanted
            self.request(calls.Call("watch", wanted))

    def workdir(self) -> tuple[str, int]:
        """Return the work directory's path in the worker and our descriptor of it."""
        if self._workdir is None:
            try:
                self._workdir = self.runner.workdir()
            except OSError as error:
                self._overrun(Status.RUNTIME_ERROR, phrase(
                    "the work directory is gone ({error})", error=error))
        self.used_workdir = True
        return self._workdir

    def as_owner(self) -> AbstractContextManager[None]:
        """Act as the owner of the work directory's files."""
        return self.runner.as_owner()

    def exceptions(self) -> Collection[str]:
        """Return the names of the exceptions that the kata declares."""
        return self.declared.keys()

    def seed(self) -> bytes:
        """Return this run's seed."""
        return self._seed

    # -- references ------------------------------------------------------------------------

    def _to_ref(self, value: Any) -> tuple[str, Any] | None:
        return calls.to_ref(value, self.generation, self._offers, self._tokens)

    def _from_ref(self, kind: str, payload: Any) -> Any:
        if kind == "tok" and type(payload) is int and 0 <= payload < len(self._tokens):
            return self._tokens[payload]
        raise wire.ProtocolError("reference from the worker")


def _no_classes(reply: Any, generation: int) -> Any:
    raise facts.ForeignResult(phrase("returned an object that the kata does not declare"))
