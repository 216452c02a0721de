"""python -m tests.fuzz [TARGET…] [--inputs N | --total N] [--engine atheris|random] [--seed N]

Runs every border against hostile inputs and prints one line for each. The engine `atheris` is led
by coverage (`pip install atheris`; not among this project's dependencies); `random` needs nothing.
What a target lets out is printed with its bytes, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz import real, targets
from tests.fuzz.inputs import made

ROOM_MIB = 1024  # of address space beyond what is used at the start: no input may need more
SLOWEST_CPU_S = 5.0  # of one input; generous, because the machine may be busy
# Of a total, in per cent: most where a submission or a stranger writes and an input costs little.
SHARES = {"wire": 49, "options": 12, "roster_csv": 10, "init_answer": 6, "narrated": 5,
          "manifest": 5, "mutants_toml": 4, "kata_toml": 2, "link": 2, "speed": 2, "verdicts": 1,
          "cluster": 1, "progress": 1}
ROW = "{:12} {:8} {:>9} {:>9} {:>11} {:>9} {:>9}"


@dataclass
class Run:
    """What came of one target's inputs."""

    name: str
    inputs: int = 0
    outcomes: set[str] = field(default_factory=set)
    slowest_cpu_s: float = 0.0
    failures: list[str] = field(default_factory=list)

    def feed(self, data: bytes) -> None:
        """Give the target one input."""
        began_s = time.thread_time()
        try:
            self.outcomes.add(targets.TARGETS[self.name](data))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            place = traceback.extract_tb(error.__traceback__)[-1]
            told = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: " \
                   f"{str(error)[:160]}"
            if not any(each.startswith(told[:60]) for each in self.failures):
                self.failures.append(f"{told}\n    {data[:400]!r}")
        spent_s = time.thread_time() - began_s
        self.slowest_cpu_s = max(self.slowest_cpu_s, spent_s)
        if spent_s > SLOWEST_CPU_S:
            self.failures.append(f"took {spent_s:.1f} s\n    {data[:400]!r}")
        self.inputs += 1

    def row(self, engine: str, features: str = "") -> str:
        """Return this run's line of the table."""
        peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return ROW.format(self.name, engine, self.inputs, features or len(self.outcomes),
                          f"{1000 * self.slowest_cpu_s:.1f}", f"{peak_mib:.0f}",
                          len(self.failures))


def limit_memory() -> None:
    """Make an input that needs more than ROOM_MIB fail."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (ROOM_MIB << 20),) * 2)


def randomly(name: str, inputs: int, seed: int) -> Run:
    """Run one target on inputs made without looking at what it does."""
    run = Run(name)
    stream = made(real.seeds(name), Random(f"{name} {seed}"))
    for _ in range(inputs):
        run.feed(next(stream))
    return run


def by_coverage(name: str, inputs: int) -> int:
    """Run one target under atheris, which ends the process; the last lines tell how it went."""
    command = [sys.executable, "-m", "tests.fuzz.coverage_led", name, str(inputs)]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(real.seeds(name)):
            Path(corpus, str(number)).write_bytes(seed)
        done = subprocess.run([*command, corpus], capture_output=True, text=True, check=False,
                              errors="replace")
    features = re.findall(r"ft: (\d+)", done.stderr)
    told = [line for line in done.stdout.splitlines() if line.startswith("FUZZ ")]
    if not told:
        print(f"{name}: atheris ended early\n{done.stderr[-1500:]}")
        return 1
    print(told[-1].removeprefix("FUZZ ").replace("FEATURES", f"{(features or ['?'])[-1]:>8}"))
    failures = done.stdout.partition("FAILURES\n")[2]
    print(failures, end="")
    return bool(failures)


def shared(names: Sequence[str], total: int | None, each: int) -> dict[str, int]:
    """Return how many inputs each target gets: `each`, or its share of a total, rounded up."""
    if total is None:
        return dict.fromkeys(names, each)
    whole = sum(SHARES[name] for name in names)
    return {name: -(-total * SHARES[name] // whole) for name in names}


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="*", choices=[[], *targets.TARGETS], metavar="TARGET")
    parser.add_argument("--inputs", type=int, default=10_000, help="for each target")
    parser.add_argument("--total", type=int, help="for all together, shared out by what one costs")
    parser.add_argument("--engine", choices=["atheris", "random"], default="random")
    parser.add_argument("--seed", type=int, default=1, help="of the random engine")
    asked = parser.parse_args()
    print(ROW.format("target", "engine", "inputs",
                     "features" if asked.engine == "atheris" else "outcomes",
                     "slowest ms", "peak MiB", "failures"))
    if asked.engine == "random":
        limit_memory()
    names = asked.target or list(targets.TARGETS)
    failed = 0
    for name, inputs in shared(names, asked.total, asked.inputs).items():
        if asked.engine == "atheris":
            failed |= by_coverage(name, inputs)
            continue
        run = randomly(name, inputs, asked.seed)
        print(run.row("random"), *run.failures, sep="\n", flush=True)
        failed |= bool(run.failures)
    return failed


if __name__ == "__main__":
    sys.exit(main())
