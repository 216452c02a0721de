"""What a row found, and how it is shown. Owns the one table at the end; measures nothing."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from benchmarks.machine import Moment


@dataclass(frozen=True, slots=True)
class Reach:
    """What a figure is to reach, by its median."""

    bound: float
    at_most: bool = True

    def met(self, value: float) -> bool:
        """Whether `value` is on the right side."""
        return value <= self.bound if self.at_most else value >= self.bound

    def text(self) -> str:
        """Return "at most 0.4" or "at least 5"."""
        return f"at {'most' if self.at_most else 'least'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a row: its samples, one for each round. `reach` None: only for comparison."""

    what: str
    unit: str
    samples: tuple[float, ...]
    reach: Reach | None = None

    @property
    def median(self) -> float:
        """The middle sample."""
        return statistics.median(self.samples)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one row has to say."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A finding and what the machine was doing meanwhile."""

    name: str
    finding: Finding
    moment: Moment
    wall_s: float


def ratios(ours: list[float], theirs: list[float]) -> tuple[float, ...]:
    """Return ours/theirs of each round: what ran side by side is compared."""
    return tuple(our / their for our, their in zip(ours, theirs, strict=True))


def show(rows: list[Row], header: list[str]) -> None:
    """Print the header, one table of all rows, their notes and the machine's company."""
    console = Console(width=None if Console().is_terminal else 118, highlight=False)
    for text in header:
        console.print(text, markup=False, soft_wrap=True)
    table = Table(box=SIMPLE, pad_edge=False)
    for name in ("row", "what"):
        table.add_column(name)
    for name in ("min", "median", "n"):
        table.add_column(name, justify="right")
    for name in ("", "reach", ""):
        table.add_column(name)
    for row in rows:
        for line in row.finding.lines:
            table.add_row(row.name, *_cells(line))
        table.add_section()
    console.print(table)
    for row in rows:
        for note in row.finding.notes:
            console.print(f"{row.name}: {note}", markup=False, soft_wrap=True)
    console.print()
    for row in rows:
        told = f"{row.name}: {row.wall_s:.0f} s; {row.moment.text()}"
        console.print(told, markup=False, soft_wrap=True)


def _cells(line: Line) -> tuple[str, ...]:
    reach, word = "", ""
    if line.reach is not None:
        reach = line.reach.text()
        word = "reached" if line.reach.met(line.median) else "MISSED"
    return (line.what, f"{min(line.samples):.4g}", f"{line.median:.4g}", str(len(line.samples)),
            line.unit, reach, word)
