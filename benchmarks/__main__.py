"""Command line of the benchmarks: `python -m benchmarks [ROW …] [--rounds N] [--runs N] …`.

`python -m benchmarks rehearsal` is a command of its own: see `rehearsal`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import fields, replace
from pathlib import Path

from benchmarks import (
    cohort,
    grading,
    growth,
    hits,
    machine,
    margin,
    one_kata,
    others,
    overhead,
    repositories,
    results,
    scale,
    stability,
    watch,
)
from benchmarks.rehearsal import command as rehearsal
from benchmarks.settings import TINY, Settings

ROWS = {"one_kata": one_kata.measure, "cohort": cohort.measure, "grading": grading.measure,
        "cache": hits.measure,
        "overhead": overhead.measure, "growth": growth.measure, "others": others.measure,
        "stability": stability.measure, "margin": margin.measure, "watch": watch.measure,
        "repositories": repositories.measure, "scale": scale.measure}


def main(arguments: list[str]) -> None:
    """Measure the named rows, or all, and print one table."""
    if arguments[:1] == ["rehearsal"]:
        rehearsal.main(arguments[1:])
        return
    options = _parser().parse_args(arguments)
    base = TINY if options.tiny else Settings()
    given = {each.name: getattr(options, each.name) for each in fields(Settings)}
    settings = replace(base, **{name: value for name, value in given.items() if value})
    rows = []
    for name in options.rows or ROWS:
        print(f"{name} …", file=sys.stderr, flush=True)
        watch = machine.Watch()
        with tempfile.TemporaryDirectory(prefix="kata40-bench-") as scratch:
            finding = ROWS[name](settings, Path(scratch))
        rows.append(results.Row(name, finding, *watch.stop()))
    results.show(rows, machine.header())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", choices=[[], *ROWS],
                        help=f"any of: {', '.join(ROWS)}; none: all of them")
    parser.add_argument("--tiny", action="store_true", help="only show that every row works")
    for each in fields(Settings):
        parser.add_argument(f"--{each.name}", type=int, metavar="N",
                            help=f"instead of {each.default}")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
