"""Command line: `python -m tests.faults [KIND …] [--runs N] [--seed S] [--lanes N]`.

Prints one table; exit 1 when anything happened that must not, with what it was.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from tests.faults import processes, trial
from tests.faults.kinds import KINDS

Answers: TypeAlias = "multiprocessing.Queue[tuple[str, trial.Result]]"
COLUMNS = ("runs", "missed", "due", "right", "judge_error", "untold", "wrong", "hangs", "orphans",
           "leftovers", "unreadable", "next_wrong")


def main(arguments: list[str]) -> int:
    """Carry out the runs; return the exit code. Interrupted, it shows what it has so far."""
    options = _parser().parse_args(arguments)
    began_s = time.monotonic()
    names = [name for name in options.kinds or KINDS if not (why := _why_not(name)) or
             _say(f"{name}: left out, {why}")]
    totals = {name: trial.Result() for name in names}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        for name, result in _results(names, options):
            totals[name].add(result)
            for note in result.notes:
                _say(note)
            if options.log:
                with options.log.open("a") as log:
                    log.write(json.dumps([name, vars(result)]) + "\n")
    show(totals)
    print(f"{sum(each.runs for each in totals.values())} runs, seed {options.seed}, "
          f"{time.monotonic() - began_s:.0f} s on {os.cpu_count()} processors")
    return 0 if all(each.sound for each in totals.values()) else 1


def _results(names: list[str],
             options: argparse.Namespace) -> Iterator[tuple[str, trial.Result]]:
    """Yield the result of each run, in any order."""
    work = [(name, f"{options.seed}/{name}/{number}") for number in range(options.runs)
            for name in names]
    context = multiprocessing.get_context("fork")
    answers: Answers = context.Queue()
    lanes = [context.Process(target=_lane, args=(work[lane::options.lanes], answers), daemon=True)
             for lane in range(options.lanes)]
    for lane in lanes:
        lane.start()
    for number in range(1, 1 + len(work)):
        if number % 50 == 0:
            _say(f"{number} of {len(work)}")
        yield answers.get()
    for lane in lanes:
        lane.join()


def show(totals: dict[str, trial.Result]) -> None:
    """Print the table in Markdown."""
    whole = trial.Result()
    for each in totals.values():
        whole.add(each)
    print("| kind |" + "".join(f" {name.replace('_', ' ')} |" for name in COLUMNS))
    print("|---|" + "--:|" * len(COLUMNS))
    for kind, result in [*totals.items(), ("all", whole)]:
        print(f"| {kind} |" + "".join(f" {getattr(result, name)} |" for name in COLUMNS))


def _why_not(name: str) -> str:
    kind = KINDS[name]
    return "needs root" if kind.root and os.geteuid() else kind.usable()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def _place() -> Iterator[trial.Place]:
    with tempfile.TemporaryDirectory(prefix="kata40-faults-") as folder:
        place = trial.Place(Path(folder))
        place.base.chmod(0o755)
        yield place


def _lane(work: list[tuple[str, str]], answers: Answers) -> None:
    """Carry out some of the runs, one after the other, each with its own seed."""
    processes.become_subreaper()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
    with _place() as place:
        for name, seed in work:
            try:
                result = trial.run(KINDS[name], place, random.Random(seed))
            except Exception:
                result = trial.Result(wrong=1, notes=[traceback.format_exc()])
            result.notes = [f"{seed}: {note}" for note in result.notes]
            answers.put((name, result))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.faults", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", choices=[[], *KINDS],
                        help=f"any of: {', '.join(KINDS)}; none: all of them")
    parser.add_argument("--runs", type=int, default=20, help="of each kind")
    parser.add_argument("--log", type=Path, help="a file for the counts of each run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lanes", type=int, default=1, help="so many runs at once")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
