"""What measured seconds say about growth: the exponent, its name, the words for a learner.

Pure arithmetic. Linear and n log n cannot be told apart by such a fit: nothing here claims to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

from graders.phrases import phrase

DEGREES = {
    phrase("constant"): 0,
    phrase("linear"): 1,
    phrase("quadratic"): 2,
    phrase("cubic"): 3,
}
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
            return phrase("about {degree}", degree=name)
        if slope < degree + _STEEPER and degree + 1 in _NAMES:
            steeper = _NAMES[degree + 1]
            return phrase("between {degree} and {next_degree}", degree=name, next_degree=steeper)
    return phrase("steeper than cubic")


def describe(name: str, sizes: Sequence[int], cpu_s: Sequence[float], degree: int) -> str:
    """Return the measurement in words: what was found, the target, the table, a projection."""
    slope = exponent(sizes, cpu_s)
    values = {"name": name, "exponent": f"{slope:.2f}", "target": _NAMES[degree]}
    match finding(slope, degree):
        case Finding.UNSTABLE:
            head = phrase(
                "{name}: the measurement is unstable (exponent {exponent}, target {target}): "
                "larger inputs hardly take longer, as if nothing were done or work were kept "
                "from call to call",
                **values,
            )
        case Finding.BETWEEN:
            head = phrase(
                "{name}: grows {label} (exponent {exponent}); the target is at most {target}. "
                "Too close to call, so it is accepted",
                label=label(slope),
                **values,
            )
        case Finding.FITS:
            head = phrase(
                "{name}: grows {label} (exponent {exponent}), as it should",
                label=label(slope),
                **values,
            )
        case Finding.STEEPER:
            head = phrase(
                "{name}: grows {label} (exponent {exponent}); the target is at most {target} "
                "(exponent up to {limit})",
                label=label(slope),
                limit=f"{degree + _ABOUT:.2f}",
                **values,
            )
    width = max(10, len(f"{sizes[-1]:,}"))
    heading = phrase("size  CPU seconds per call")
    rows = [" " * (2 + width - len("size")) + heading]
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
        "  "
        + phrase(
            "At size {size} one call would take about {here}; growing as the target does, about "
            "{there}.",
            size=f"{size:,}",
            here=duration(here),
            there=duration(there),
        )
    ]


def duration(seconds: float) -> str:
    """Return seconds in the largest unit that gives at least two, up to years."""
    if seconds < 1e-3:
        return phrase("under a millisecond")
    if seconds < 1:
        return phrase("{count} ms", count=f"{seconds * 1000:.0f}")
    for template, length in _UNITS:
        if seconds >= 2 * length:
            return template.format(count=f"{seconds / length:,.0f}")
    return phrase("{count} s", count=f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.1f}")


_UNITS = (
    (phrase("{count} years"), 31_557_600.0),
    (phrase("{count} days"), 86_400.0),
    (phrase("{count} hours"), 3600.0),
    (phrase("{count} minutes"), 60.0),
)
