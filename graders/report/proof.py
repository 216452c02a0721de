"""The table that `verify` ends in, and what is to be mended, as text and as JSON."""

from __future__ import annotations

from typing import Any

from graders.author.verify import Row, Verification
from graders.model import FORMAT
from graders.plain import to_plain

_HEAD = ("kata", "tests", "wrong", "slow", "hungry", "reference", "slow stopped at", "CPU s", "")


def text(found: Verification) -> str:
    """Return findings first, then one row a kata, then the word."""
    lines = [str(finding) for row in found.rows for finding in row.findings]
    lines += [str(finding) for finding in found.findings]
    if lines:
        lines.append("")
    table = [_HEAD, *(_cells(row) for row in found.rows)]
    widths = [max(len(cells[i]) for cells in table) for i in range(len(_HEAD))]
    for cells in table:
        left, *rest = cells
        lines.append("  ".join([left.ljust(widths[0]), *(
            cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]).rstrip())
    count = sum(len(row.findings) for row in found.rows) + len(found.findings)
    lines += ["", f"{len(found.rows)} katas; engines: {', '.join(found.engines)}; lane: embedded",
              "green" if found.green else f"red: {count} to mend"]
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    return (row.slug, f"{row.visible}+{row.hidden}", str(row.wrong), str(row.slow),
            str(row.hungry), f"{row.reference_share:.2f} of limit",
            f">= {row.gap:.1f} x" if row.gap else "-", f"{row.cpu_s:.1f}",
            f"{len(row.findings)} to mend" if row.findings else "ok")


def plain(found: Verification) -> dict[str, Any]:
    """Return the same as JSON data."""
    return {"format": FORMAT, "green": found.green, **to_plain(found)}
