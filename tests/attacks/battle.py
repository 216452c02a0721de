"""Judges attacks at one level of protection and tells what each got, earned and harmed."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import psutil

from graders.judge import store
from graders.judge.engines import ForkEngine
from graders.judge.judge import Judge
from graders.judge.request import Request, read_submission
from graders.judge.sandbox import LAYERS
from graders.model import Report, Status, Verdict
from graders.report import json as report_json
from graders.report.detail import detail
from graders.report.learner import for_learner
from graders.report.screen import Screen
from tests.attacks.corpus import MAKERS, Attack
from tests.attacks.field import MARK, Field
from tests.attacks.targets import SLUG, TARGETS, Target


@dataclass(frozen=True, slots=True)
class Level:
    """Which layers stand."""

    name: str
    engine: str = "fork"
    left: tuple[str, ...] = LAYERS

    @property
    def off(self) -> tuple[str, ...]:
        return tuple(layer for layer in LAYERS if layer not in self.left)


FULL = Level("every layer")
LANDLOCK = Level("Landlock and limits", left=("no_new_privs", "landlock", "rlimits"))
LIMITS = Level("limits only", left=("rlimits",))
SUBPROCESS = Level("subprocess engine", engine="subprocess")
LEVELS = (FULL, LANDLOCK, LIMITS, SUBPROCESS)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attack at one level."""

    attack: Attack
    level: str
    verdict: str
    credit: tuple[str, ...]  # tests that passed and must not
    harms: tuple[str, ...]

    @property
    def held(self) -> bool:
        return not self.credit and not self.harms


class Battle:
    """One judge at one level, and the field around it."""

    def __init__(self, folder: Path, level: Level) -> None:
        folder.chmod(0o755)
        self.folder, self.level = folder, level
        self._held = ExitStack()
        self.field = self._held.enter_context(Field(folder))
        kept = folder / "store"
        self.factor = math.inf  # the smallest that the judge has kept
        self.judge = self._held.enter_context(
            Judge(folder, jobs=1, engine=level.engine, use_cache=False, store=kept))
        self.judge._engine(96)  # now, so that the store holds what it keeps of this machine

    def __enter__(self) -> Battle:
        return self

    def __exit__(self, *about: object) -> None:
        self._held.close()

    def request(self, attack: Attack) -> Request:
        """Write the target's suites and the submission; return what `judge` would make of it."""
        target: Target = TARGETS[attack.target]
        kata = target.kata(self.folder)
        head = f"# {self.field.secrets['suite']}\nimport pytest\nfrom graders.kit import *\n" \
               f"from {SLUG} import *\n"
        kata.suite.write_text(head + self.field.suite(dedent(target.suite)))
        hidden = None
        if target.hidden:
            hidden = self.folder / f"test_hidden_{SLUG}.py"
            hidden.write_text(head + self.field.suite(dedent(target.hidden)))
        path = self.folder / f"{SLUG}.py"
        path.unlink(missing_ok=True)
        text = self.field.fill(attack.text)
        source = (text if attack.alone else target.rest + "\n" + text).encode()
        path.write_bytes(source)
        if attack.made:
            path.unlink()
            MAKERS[attack.made](path, source)
        made = read_submission(kata, path)
        return Request(kata, made.submission, hidden, compile_error=made.compile_error,
                       layers_off=self.level.off)

    def judged(self, attack: Attack) -> Result:
        """Judge one attack."""
        self.field.reset()
        before, held = self._engine(), self._store()
        request = self.request(attack)
        report = self.judge.judge(request)
        credit = tuple(row.name for row in report.tests if row.status is Status.PASSED
                       and row.name not in TARGETS[attack.target].deserved)
        harms = list(dict.fromkeys(self.field.harms(shown(request, report))))
        if report.verdict is Verdict.JUDGE_ERROR:
            harms.append("made the judge fail")
        if before and before != self._engine():
            harms.append("made the judge start anew")
        if self._store() != held:
            harms.append("wrote into the judge's store")
            self._restore(held)
        for each in psutil.process_iter():
            if harms and MARK in " ".join(_command(each)):
                each.kill()
        return Result(attack, self.level.name, str(report.verdict), credit, tuple(harms))

    def _store(self) -> dict[Path, bytes]:
        """Return what the store holds that decides anything: verdicts, layers, speed.

        The judge itself keeps a smaller speed factor and the seals of what it compiled: a factor
        counts as changed where its sum is wrong, or where it has become larger.
        """
        held = {}
        for path in (self.folder / "store").rglob("*.json"):
            if path.name == "seal.json":
                continue
            held[path] = path.read_bytes()
            if path.name.startswith("speed-"):
                factor = float((store.read(path) or {"factor": math.inf})["factor"])
                self.factor = min(self.factor, factor)
                held[path] = b"" if factor <= self.factor else held[path]
        return held

    def _restore(self, held: dict[Path, bytes]) -> None:
        for path in self._store():
            path.unlink()
        for path, data in held.items():
            if data:  # a speed that is gone is measured anew
                path.write_bytes(data)

    def _engine(self) -> tuple[int, int] | None:
        engine = self.judge.engine
        return (engine.pid, engine.nursery) if isinstance(engine, ForkEngine) else None


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def shown(request: Request, report: Report) -> str:
    """Return all that a learner sees of a Report: text and JSON."""
    seen = for_learner(report)
    out = io.StringIO()
    screen = Screen(request.kata.folder)
    out.write(screen.render(*detail(request.kata, seen, screen)))
    text = json.dumps(report_json.report_data(seen), ensure_ascii=False)
    return out.getvalue() + text


def judge_all(attacks: list[Attack], level: Level, folder: Path) -> Iterator[Result]:
    """Judge each attack at one level, one after the other."""
    with Battle(folder, level) as battle:
        for attack in attacks:
            yield battle.judged(attack)
