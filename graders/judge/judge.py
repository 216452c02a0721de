"""The judge as commands use it: requests in, Reports out.

    with Judge(root) as judge:
        report = judge.judge(request)

Starts an engine only when a verdict is not known yet. The visible suite is judged and sealed
before the hidden one is read. A fault is tried once more on a fresh engine, then reported as
JUDGE_ERROR.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from graders import __version__
from graders.errors import JudgeError
from graders.judge import cache, store, verdict
from graders.judge.engines import Engine, ForkEngine, usual_engine
from graders.judge.machine import machine_id
from graders.judge.records import Job, Narration
from graders.judge.request import Request, in_real_lane
from graders.judge.sandbox import effective
from graders.judge.services import MEMORY_MIB
from graders.model import Kata, Machine, Protection, Report, Scope, Submission, Verdict
from graders.phrases import phrase
from graders.services import lanes, sweep

_WINDOW = 16  # cases handed to the engine at a time, for each job that it runs
ALONE_RUNS = 2  # a machine that is busy whenever we ask must not keep a job for ever
_MEMORY_EACH_MIB = 128  # engine, judge child and Init beside the worker


@dataclass
class _Case:
    """One request on its way."""

    index: int
    request: Request
    seed: bytes
    key: str
    began_s: float
    sealed: Narration | None = None  # the visible suite's narration
    id: str = ""
    alone: int = 0  # how often its present suite was judged alone


class Judge:
    """Holds the engine between requests; a context manager, so that nothing is left running."""

    def __init__(  # noqa: PLR0913 - keyword-only settings of one object
                 self, root: Path, *, jobs: int | None = None, engine: str | None = None,
                 require_sandbox: bool = False, use_cache: bool = True,
                 store: Path | None = None, lane: str = "embedded") -> None:
        self.root, self.engine_name = root, engine or usual_engine()
        self.jobs = jobs or os.cpu_count() or 1
        self.require_sandbox, self.use_cache = require_sandbox, use_cache
        self.store = store or cache.default_store()
        self.lane = lanes.find(lane)
        self.verdicts = cache.VerdictCache(self.store)
        self.engine: Engine | None = None
        self._factor = 1.0
        self._serial = 0
        self._stopped = False

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the engine and everything it started."""
        if self.engine is not None:
            self.engine.close()
            self.engine = None
            self.verdicts.prune()
            sweep.sweep(self.lane, self.lane.run)

    def stop(self) -> None:
        """From any thread: break off what is under way, for good; whoever waits gets JudgeError."""
        self._stopped = True
        if (engine := self.engine) is not None:
            engine.hang_up()

    def warm(self, request: Request) -> None:
        """Start the engine and have it collect the suite of `request`, so that it is at hand.

        Raises JudgeError when no engine starts.
        """
        empty = replace(request, submission=Submission(request.kata.slug, b""), compile_error="")
        for _ in self._run([self._case(0, empty)], None):
            pass  # an empty module is refused before any test

    def judge(self, request: Request) -> Report:
        """Judge one request."""
        return next(iter(self.judge_many([request])))[1]

    def judge_many(self, requests: Iterable[Request]) -> Iterator[tuple[int, Report]]:
        """Judge all, in parallel; yield (position, Report) as each is done.

        Raises JudgeError when no engine starts, or a demanded layer is missing.
        """
        waiting: list[_Case] = []
        for index, request in enumerate(requests):
            case = self._case(index, request)
            known = self._known(case)
            if known is None:
                waiting.append(case)
            else:
                yield index, known
        again: list[_Case] = []
        yield from self._run(waiting, again)
        if again:  # once more, on a fresh engine
            self.close()
            yield from self._run(again, None)

    # -- what is known without an engine ---------------------------------------------------

    def _case(self, index: int, request: Request) -> _Case:
        seed = request.seed or default_seed(request)
        if self._lane_of(request) != "embedded":
            request = in_real_lane(request)
        return _Case(index, request, seed, "", time.monotonic())

    def _known(self, case: _Case) -> Report | None:
        if case.request.compile_error:
            told = Narration("", compile_error=case.request.compile_error)
            return self._report(case, (told,))
        layers = cache.known_layers(self.store) if self.engine is None else self.engine.layers
        if not self.use_cache or layers is None:
            return None
        case.key = cache.key(case.request, case.seed, self.engine_name, layers,
                             self._lane_of(case.request))
        known = self.verdicts.get(case.key)
        if known and self.require_sandbox and not all(p.on for p in known.protections):
            return None
        return known

    # -- running ---------------------------------------------------------------------------

    def _run(self, cases: list[_Case], again: list[_Case] | None) -> Iterator[tuple[int, Report]]:
        """Judge the cases; put into `again` what deserves another try, or None: no other.

        No more of them are handed out than keep an engine busy: only those share its fate when
        it dies, and neither side's line fills while the other one writes.
        """
        memory_mib = max((each.limits.memory_mib + MEMORY_MIB * len(each.services)
                          for each in (case.request.kata for case in cases)), default=0)
        todo = deque(cases)
        under_way: dict[str, _Case] = {}
        most = _WINDOW * self.jobs if again is not None else self.jobs
        while todo or under_way:
            engine = self._engine(memory_mib)
            while todo and len(under_way) < most:
                case = todo.popleft()
                self._serial += 1  # no id comes twice: a run broken off may still be answered
                case.id = str(self._serial)
                under_way[case.id] = case
                self._send(engine, case)
            told = engine.receive()
            if told is None:
                yield from self._engine_lost(under_way, again)
                under_way.clear()
                self._refuse_if_stopped()
                continue
            if told.id not in under_way:
                continue  # of a run that was broken off
            case = under_way[told.id]
            if told.factor:
                self._factor = min(self._factor, told.factor)
            if told.busy and not told.fault and case.alone < ALONE_RUNS:
                case.alone += 1
                self._send(engine, case)
                continue
            case.alone = 0
            fault = told.fault or any(outcome.judge_fault for outcome in told.outcomes)
            if fault and again is not None:
                del under_way[told.id]
                again.append(_Case(case.index, case.request, case.seed, case.key, case.began_s))
                continue
            if case.request.hidden and case.sealed is None and not fault \
                    and not told.compile_error:
                case.sealed = told
                self._send(engine, case)
                continue
            del under_way[told.id]
            narrations = (case.sealed, told) if case.sealed else (told,)
            yield case.index, self._finished(case, narrations)

    def _engine_lost(self, under_way: dict[str, _Case],
                     again: list[_Case] | None) -> Iterator[tuple[int, Report]]:
        self.close()
        for case in under_way.values():
            if again is not None:
                again.append(_Case(case.index, case.request, case.seed, case.key, case.began_s))
            else:
                fault = Narration("", fault=phrase("the engine died twice; run again, and if it "
                                                   "stays so report it with KATA_DEBUG=1"))
                yield case.index, self._report(case, (fault,))

    def _send(self, engine: Engine, case: _Case) -> None:
        request = case.request
        assert request.submission is not None
        hidden = request.hidden if case.sealed else None
        engine.send(Job(case.id, request.kata, hidden or request.kata.suite, hidden is not None,
                        request.submission.source, case.seed, case.alone > 0,
                        case.alone in (0, ALONE_RUNS), request.layers_off, self._lane(request),
                        request.packages, **verdict.known_of(case.sealed, request.whole)))

    def _engine(self, memory_mib: int) -> Engine:
        self._refuse_if_stopped()
        if self.engine is None:
            with contextlib.suppress(OSError):  # without a store nothing is kept, that is all
                for kept in ("bytecode", "verdicts"):  # hidden suites lie there in compiled form
                    store.make_private(self.store / kept)
            jobs = min(self.jobs, _room_for(memory_mib))
            if self.engine_name == "fork":
                started = _started(jobs, self.store)
                self._factor = started.factor
                self.engine = started
            else:
                from graders.judge.portable import PortableEngine

                portable = PortableEngine(jobs, self.store)
                self._factor = portable.factor
                self.engine = portable
            cache.remember_layers(self.store, self.engine.layers)
            self._refuse_if_stopped()  # while it was starting
        if self.require_sandbox and self.engine.why_off:
            layer, why = next(iter(self.engine.why_off.items()))
            raise JudgeError(phrase(
                "sandbox: the layer {layer} is missing here ({why}); judge on a machine that has "
                "it, or without --require-sandbox", layer=layer, why=why))
        return self.engine

    def _refuse_if_stopped(self) -> None:
        if self._stopped:
            self.close()
            raise JudgeError(phrase("the judge was stopped"))

    def _lane(self, request: Request) -> lanes.Lane:
        """Return the lane of a job. Raises JudgeError where its services do not answer."""
        if not request.kata.services or not self.lane.is_real:
            return lanes.Lane()
        for kind in request.kata.services:
            if not self.lane.url(kind):
                raise JudgeError(phrase(
                    "{kata}: no server for '{kind}' answers ({place}); start one, name it by the "
                    "variable, or leave --lane out", kata=request.kata.slug, kind=kind,
                    place=lanes.advice(self.lane.name, kind)))
        return self.lane

    def _lane_of(self, request: Request) -> str:
        """Return the lane's name for a Report and its key; without services there is but one."""
        return self.lane.name if request.kata.services else "embedded"

    # -- reports ---------------------------------------------------------------------------

    def _finished(self, case: _Case, narrations: tuple[Narration, ...]) -> Report:
        report = self._report(case, narrations)
        if self.use_cache and self.engine is not None:
            # Not case.key: it stands on the layers remembered, which may be others by now.
            name = cache.key(case.request, case.seed, self.engine_name, self.engine.layers,
                             self._lane_of(case.request))
            self.verdicts.put(name, report)
        return report

    def _report(self, case: _Case, narrations: tuple[Narration, ...]) -> Report:
        request = case.request
        assert request.submission is not None
        decision = verdict.decide(request.kata, narrations)
        suites = [request.kata.suite, *([request.hidden] if request.hidden else [])]
        protections = narrations[-1].protections
        if self._lane_of(request) != "embedded":
            protections = (*protections, Protection("own_services", False, phrase(
                "the servers of the lane are not the submission's own: what it sends reaches "
                "them")))
        if request.layers_off:
            left = effective((p.name for p in protections if p.on), request.layers_off)
            protections = tuple(
                p if p.name in left or not p.on else
                replace(p, on=False, why=phrase("switched off by a test of the judge"))
                for p in protections)
        return Report(
            kata=request.kata.slug, verdict=decision.verdict,
            scope=Scope.FULL if request.hidden else Scope.VISIBLE,
            score=round(decision.points / 100, 4), points=decision.points, stages=decision.stages,
            tests=decision.tests, growth=decision.growth,
            cpu_s=sum(each.cpu_s for each in narrations),
            wall_s=time.monotonic() - case.began_s,
            peak_mib=max(each.peak_mib for each in narrations), protections=protections,
            machine=Machine(machine_id(), round(self._factor, 4)), engine=self.engine_name,
            lane=self._lane_of(request), seed=case.seed.hex(),
            submission_sha256=cache.sha256(request.submission.source),
            suite_sha256=_digest(suites), grader_version=__version__,
            message=_advice(decision.verdict, decision.message))


def proving_lanes(kata: Kata) -> list[str]:
    """Return the real lanes of which every server that the kata needs answers now."""
    return lanes.proving(kata.services)


def _advice(word: Verdict, message: str) -> str:
    if word is Verdict.JUDGE_ERROR:
        return phrase("{text} (this is a fault of the judge or of the machine, not of your code; "
                      "run the command again, and report it if it stays)", text=message)
    return message


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def default_seed(request: Request) -> bytes:
    """Return the seed of a run without a cohort secret: fixed for a kata and its suites."""
    suites = [request.kata.suite, *([request.hidden] if request.hidden else [])]
    return hashlib.sha256(f"{request.kata.slug} {_digest(suites)}".encode()).digest()[:16]


def _started(jobs: int, store: Path) -> ForkEngine:
    """Start an engine, once more where that fails. Raises JudgeError."""
    try:
        return ForkEngine(jobs, store)
    except JudgeError:
        return ForkEngine(jobs, store)


def _room_for(memory_mib: int) -> int:
    """Return how many jobs of this size fit the memory that is free now; at least one."""
    try:
        with open("/proc/meminfo") as lines:
            free = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return 64  # not Linux: the number of processors has to do
    return max(1, (free >> 10) // (memory_mib + _MEMORY_EACH_MIB))


