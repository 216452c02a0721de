"""One run: a command, a fault at a random moment, and everything that must hold afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from graders.judge import cache, store
from graders.model import Scope
from tests.faults import checkout, control_groups, mix, processes
from tests.faults.hits import Target
from tests.faults.kinds import Kind

BOUND_S = 300.0  # a run of some seconds that takes so long hangs
SUBMISSIONS = 3  # of the mix in one run
JUDGE_ERROR = "JUDGE_ERROR"


@dataclass
class Result:
    """The counts of one run, or of many. What is wrong is told in `notes`."""

    runs: int = 0
    missed: int = 0  # the command was faster than the fault
    due: int = 0
    right: int = 0
    judge_error: int = 0
    untold: int = 0
    wrong: int = 0
    hangs: int = 0
    orphans: int = 0
    leftovers: int = 0
    unreadable: int = 0
    next_wrong: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: Result) -> None:
        """Add the counts of another run."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def sound(self) -> bool:
        """Whether nothing happened that must not."""
        return not (self.wrong or self.hangs or self.orphans or self.leftovers
                    or self.unreadable or self.next_wrong)


class Place:
    """Folders of one lane of runs: a store that lives on, and temporary files of each run."""

    def __init__(self, base: Path) -> None:
        self.base, self.store, self.tmp = base, base / "store", base / "tmp"
        for folder in (self.store, self.tmp):
            folder.mkdir(parents=True, exist_ok=True)

    def environment(self) -> dict[str, str]:
        """Return what a command of a run sees."""
        return {**os.environ, "TMPDIR": str(self.tmp), "KATA_STORE": str(self.store),
                "PYTHONPATH": str(mix.ROOT), "KATA_LANG": "en"}


def run(kind: Kind, place: Place, chance: random.Random) -> Result:
    """Carry out one run and check what is left."""
    names = chance.sample(sorted(mix.BY_NAME), SUBMISSIONS)
    result = Result()
    _forget_some(place.store, chance)
    mounts = _mounts()
    with kind.around(place.store):  # type: ignore[attr-defined]
        if kind.grade:
            command = checkout.command(place.base, chance)
        else:
            command = [sys.executable, "-m", "tests.faults.command", str(place.store), *names]
        born, printed, code = _strike([*kind.prefix, *command], kind, place, chance, result)
    result.orphans = processes.left_over(born)
    if kind.grade:
        checkout.check(place.base, result)
    else:
        _judge_verdicts(printed, names, code, kind, result)
    _check_store(place.store, kind, result)
    _next_run(place, chance, result)
    stray = sorted(each for each in _mounts() - mounts if str(place.base) in each)
    result.leftovers += len(stray)
    result.notes += [f"left mounted: {each}" for each in stray]
    left = sorted(each.name for each in place.tmp.iterdir())
    result.leftovers += len(left)
    result.notes += [f"left in TMPDIR: {each}" for each in left]
    shutil.rmtree(place.tmp)
    place.tmp.mkdir()
    return result


def _strike(command: list[str], kind: Kind, place: Place, chance: random.Random,
            result: Result) -> tuple[set[str], list[str], int]:
    """Run the command under its fault; return namespaces seen, lines printed, exit code."""
    out, err = place.base / "out", place.base / "err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, start_new_session=True,
                                   stdin=subprocess.DEVNULL, env=place.environment(),
                                   cwd=place.base / "checkout" if kind.grade else mix.ROOT)
    target = Target(process.pid, place.store, chance)
    if kind.prefix:  # it becomes the command by exec
        time.sleep(0.05)
    time.sleep(chance.uniform(0.0, 1.8) * chance.random())
    with contextlib.suppress(OSError):  # it was faster than we
        result.runs = int(kind.hit(target))
    result.missed = 1 - result.runs
    try:
        code = process.wait(BOUND_S)
    except subprocess.TimeoutExpired:
        result.hangs = 1
        result.notes.append(f"hang: {target.look()}")
        for pid in [process.pid, *processes.below(process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 9)
        code = process.wait()
    control_groups.dissolve(target)
    words = err.read_text(errors="replace")
    if "Traceback" in words and not _before_ours(words):
        result.wrong += 1
        result.notes.append(f"traceback: {words[-600:]}")
    return target.born, out.read_text(errors="replace").splitlines(), code


def _before_ours(words: str) -> bool:
    """Whether Ctrl-C came while Python itself was starting: nobody can say that more nicely."""
    return words.rstrip().endswith("KeyboardInterrupt") and f'File "{mix.ROOT}' not in words


def _judge_verdicts(printed: list[str], names: list[str], code: int, kind: Kind,
                    result: Result) -> None:
    result.due += len(names)
    told = set()
    for line in printed:
        try:
            report = json.loads(line)
        except ValueError:
            continue  # the command was killed while it wrote
        told.add(report["name"])
        _count(report["name"], report, result)
    untold = len(names) - len(told)
    result.untold += untold
    if untold and code == 0:
        result.wrong += 1
        result.notes.append(f"exit 0, but {untold} reports are missing")
    if code not in (0, 3) and not kind.ends:
        result.wrong += 1
        result.notes.append(f"exit code {code}")


def _count(name: str, report: dict[str, object], result: Result) -> None:
    entry = mix.BY_NAME[name]
    if report["verdict"] == JUDGE_ERROR:
        result.judge_error += 1
    elif (report["verdict"], report["points"]) == (entry.verdict, entry.points):
        result.right += 1
    else:
        result.wrong += 1
        result.notes.append(f"{name}: {report}")


def _plain_run(place: Place, names: list[str], result: Result) -> list[str]:
    done = subprocess.run([sys.executable, "-m", "tests.faults.command", str(place.store), *names],
                          capture_output=True, text=True, env=place.environment(), cwd=mix.ROOT,
                          timeout=BOUND_S, check=False)
    if done.returncode != 0:
        result.next_wrong += 1
        result.notes.append(f"undisturbed run: exit {done.returncode}: {done.stderr[-600:]}")
    return done.stdout.splitlines()


def _next_run(place: Place, chance: random.Random, result: Result) -> None:
    """The next command works, tells the right verdicts, and cleans up."""
    names = chance.sample(sorted(mix.BY_NAME), 1)
    _forget(place.store, lambda slug: chance.random() < 0.8)
    told = Result()
    lines = _plain_run(place, names, told)
    for report in map(json.loads, lines):
        _count(report["name"], report, told)
    if told.right != len(names):
        result.next_wrong += 1
        result.notes += told.notes


def _forget_some(place: Path, chance: random.Random) -> None:
    share = chance.random()
    _forget(place, lambda slug: chance.random() < share)


def _forget(place: Path, wanted: object) -> None:
    """Drop some verdicts, so that a run judges some and knows others."""
    for path in sorted(place.glob("verdicts/*/*.json")):
        if wanted(path.stem):  # type: ignore[operator]
            path.unlink(missing_ok=True)


def _check_store(place: Path, kind: Kind, result: Result) -> None:
    """Everything kept can be read, and is what an undisturbed run tells."""
    verdicts = cache.VerdictCache(place)
    right = {cache.sha256(mix.source(name)): name for name in mix.BY_NAME}
    for path in place.glob("verdicts/*/*.json"):
        report = verdicts.get(path.stem)
        if report is None:
            path.unlink(missing_ok=True)  # the next run of another kind must not find it
            result.unreadable += not kind.spoils
            result.notes += [] if kind.spoils else [f"unreadable: {path}"]
            continue
        name = right.get(report.submission_sha256)
        if report.scope is Scope.FULL and name and (report.verdict, report.points) != (
                mix.BY_NAME[name].verdict, mix.BY_NAME[name].points):
            result.wrong += 1
            result.notes.append(f"kept for {name}: {report.verdict}, {report.points} points")
    for path in place.glob("*.json"):
        if store.read(path) is None and not kind.spoils:
            result.unreadable += 1
            result.notes.append(f"unreadable: {path}")


def _mounts() -> set[str]:
    with open("/proc/self/mountinfo") as lines:
        return {line.split()[4] for line in lines}
