"""`python -m benchmarks rehearsal [--learners N] [--jobs N] [--keep DIR]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from benchmarks import machine
from benchmarks.rehearsal.run import Rehearsal, Stage, rehearse


def main(arguments: list[str]) -> None:
    """Rehearse a cohort, and print a table of its stages."""
    parser = argparse.ArgumentParser("python -m benchmarks rehearsal", description=__doc__)
    parser.add_argument("--learners", type=int, default=300, metavar="N")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR",
                        help="leave everything in this folder, which must not be there yet")
    options = parser.parse_args(arguments)
    watch = machine.Watch()
    with tempfile.TemporaryDirectory(prefix="kata40-rehearsal-") as scratch:
        folder = options.keep or Path(scratch)
        if options.keep:
            folder.mkdir(parents=True)
        stages = rehearse(Rehearsal(folder.resolve(), options.learners, options.jobs, _tell))
    _show(stages, watch)


def _tell(stage: Stage) -> None:
    print(f"{stage.name}: {stage.wall_s:.1f} s, {stage.cpu_s:.1f} s CPU; {stage.checked}",
          file=sys.stderr, flush=True)


def _show(stages: list[Stage], watch: machine.Watch) -> None:
    console = Console(width=None if Console().is_terminal else 130, highlight=False)
    for text in machine.header()[:2]:
        console.print(text, markup=False, soft_wrap=True)
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column("stage")
    for name in ("wall s", "CPU s", "count", "/s"):
        table.add_column(name, justify="right")
    table.add_column("checked")
    for each in stages:
        table.add_row(each.name, f"{each.wall_s:.1f}", f"{each.cpu_s:.1f}", str(each.count),
                      f"{each.count / max(each.wall_s, 1e-3):.3g}", each.checked)
    console.print(table)
    moment, wall_s = watch.stop()
    console.print(f"{wall_s:.0f} s; {moment.text()}", markup=False, soft_wrap=True)
