"""What measured seconds say about growth: the exponent, its name, the words for a learner.

Pure arithmetic. Linear and n log n cannot be told apart by such a fit: nothing here claims to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

DEGREES = {"constant": 0, "linear": 1, "quadratic": 2, "cubic": 3}
_NAMES = {degree: name for name, degree in DEGREES.items()}

# Measured under load, fit over n to 8n: linear 0.88 to 1.17, `sorted` 1.09 to 1.47, quadratic
# 1.78 to 2.14.
_ABOUT = 0.45
_STEEPER = 0.7
_TOO_FLAT = 0.5
_PROJECT_TO = 1_000_000


class Finding(Enum):
    """What an exponent means against a target."""

    FITS = "fits"
    BETWEEN = "between"
    STEEPER = "steeper"
    UNSTABLE = "unstable"


def exponent(sizes: Sequence[int], cpu_s: Sequence[float]) -> float:
    """Return the least-squares slope of log seconds over log size."""
    xs = [math.log(size) for size in sizes]
    ys = [math.log(seconds) for seconds in cpu_s]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - mean_x) ** 2 for x in xs)


def finding(slope: float, degree: int) -> Finding:
    """Compare an exponent with a target degree."""
    if slope < (_TOO_FLAT if degree else -_ABOUT):
        return Finding.UNSTABLE
    if slope <= degree + _ABOUT:
        return Finding.FITS
    return Finding.BETWEEN if slope < degree + _STEEPER else Finding.STEEPER


def label(slope: float) -> str:
    """Name an exponent: "about linear", "between linear and quadratic", "steeper than cubic"."""
    for degree, name in _NAMES.items():
        if slope <= degree + _ABOUT:
            return f"about {name}"
        if slope < degree + _STEEPER and degree + 1 in _NAMES:
            return f"between {name} and {_NAMES[degree + 1]}"
    return "steeper than cubic"


def describe(name: str, sizes: Sequence[int], cpu_s: Sequence[float], degree: int) -> str:
    """Return the measurement in words: what was found, the target, the table, a projection."""
    slope = exponent(sizes, cpu_s)
    target = _NAMES[degree]
    match finding(slope, degree):
        case Finding.UNSTABLE:
            head = (
                f"{name}: the measurement is unstable (exponent {slope:.2f}, target {target}): "
                "larger inputs hardly take longer, as if nothing were done or work were kept "
                "from call to call"
            )
        case Finding.BETWEEN:
            head = (
                f"{name}: grows {label(slope)} (exponent {slope:.2f}); the target is at most "
                f"{target}. Too close to call, so it is accepted"
            )
        case Finding.FITS:
            head = f"{name}: grows {label(slope)} (exponent {slope:.2f}), as it should"
        case Finding.STEEPER:
            head = (
                f"{name}: grows {label(slope)} (exponent {slope:.2f}); the target is at most "
                f"{target} (exponent up to {degree + _ABOUT:.2f})"
            )
    width = max(10, len(f"{sizes[-1]:,}"))
    rows = [f"  {'size':>{width}}  CPU seconds per call"]
    rows += [f"  {size:>{width},}  {t:#.3g}" for size, t in zip(sizes, cpu_s, strict=True)]
    return "\n".join([head, *rows, *_projection(sizes, cpu_s, slope, degree)])


def _projection(
    sizes: Sequence[int], cpu_s: Sequence[float], slope: float, degree: int
) -> list[str]:
    """Return the line that says what the curve means for a large input, where it is steep."""
    if finding(slope, degree) is not Finding.STEEPER:
        return []
    size = max(_PROJECT_TO, 10 * sizes[-1])
    here = cpu_s[-1] * (size / sizes[-1]) ** slope
    there = cpu_s[0] * (size / sizes[0]) ** degree
    return [
        f"  At size {size:,} one call would take about {duration(here)}; "
        f"growing as the target does, about {duration(there)}."
    ]


def duration(seconds: float) -> str:
    """Return seconds in the largest unit that gives at least two, up to years."""
    if seconds < 1e-3:
        return "under a millisecond"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    units = (("years", 31_557_600.0), ("days", 86_400.0), ("hours", 3600.0), ("minutes", 60.0))
    for name, length in units:
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {name}"
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
