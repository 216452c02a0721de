"""Submissions that take a stated part of a limit, in reference seconds, however fast the machine.

A unit of work is timed in this process beside `clock.spin`, both at their fastest: that says how
many units make a reference second. A submission of 0.55 so takes 55 % of its limit on a machine
that runs at its best, and more wherever it is slower at that moment.
"""

from __future__ import annotations

import gc
import re
import time

from benchmarks import material
from graders.judge import clock
from graders.judge.request import Request
from graders.model import Kata, Verdict

# Arithmetic with a dict and a list, like the spin; and reads all over 32 MiB, which no core's own
# cache holds: what a busy memory slows down most.
_UNITS = {
    "mixed": ("", """
def unit():
    table = {}
    total = 0
    for i in range(6_000):
        total += i * i % 7
        table[i & 1023] = total
    sorted(range(1_600), key=lambda x: -x)
"""),
    "memory": ("FIELD = bytes(range(256)) * (1 << 17)", """
def unit(at=[1]):
    total, place = 0, at[0]
    for _ in range(12_000):
        place = (place * 1_103_515_245 + 12_345) & 0x1FFFFFF
        total += FIELD[place]
    at[0] = place
"""),
}
KINDS = tuple(_UNITS)
_ROUNDS = 40


def units_per_s(kind: str) -> float:
    """Return how many units of `kind` a reference second holds."""
    names: dict[str, object] = {}
    exec("\n".join(_UNITS[kind]), names)
    unit = names["unit"]
    assert callable(unit)
    spin_s, unit_s = 1e9, 1e9
    gc.disable()
    try:
        for _ in range(_ROUNDS):
            spin_s = min(spin_s, clock.spin())
            began_s = time.thread_time()
            unit()
            unit_s = min(unit_s, time.thread_time() - began_s)
    finally:
        gc.enable()
    return spin_s / clock.REFERENCE_SPIN_S / unit_s


def taking(kata: Kata, part: float, kind: str, per_s: float) -> Request:
    """Return a submission that takes `part` of the limit of the one test of `kata`."""
    count = max(1, round(part * kata.limits.test_cpu_s * per_s))
    before, unit = _UNITS[kind]
    text = f'{before}\n{unit}\ndef work():\n    for _ in range({count}):\n        unit()\n' \
           '    return "done"\n'
    return material.request(kata, text, f"{part:.0%} {kind}")


_CRASH = 'import os, signal\ndef work():\n    os.kill(os.getpid(), signal.SIGSEGV)\n'
# 100 MiB take a quarter of the limit of time: within the half that is sure (clock.SURE).
_HUNGRY = 'def work():\n    kept = [bytes([i]) * (1 << 20) for i in range(100)]\n' \
          '    return "done" if kept else ""\n'


def seven(kata: Kata, per_s: float) -> list[tuple[Request, Verdict]]:
    """Return the submissions whose verdicts must stand, with those verdicts."""
    right = re.sub(r"(?m)^STEPS = .*$", "STEPS = 1_000", material.source(kata.slug))
    wrong = right.replace('"done"', '"dome"')
    return [
        (material.request(kata, right, "accepted"), Verdict.ACCEPTED),
        (material.request(kata, wrong, "wrong"), Verdict.WRONG_ANSWER),
        (taking(kata, 0.4, "mixed", per_s), Verdict.ACCEPTED),
        (taking(kata, 0.55, "mixed", per_s), Verdict.ACCEPTED),
        (taking(kata, 2.0, "mixed", per_s), Verdict.TIME_LIMIT_EXCEEDED),
        (material.request(kata, _HUNGRY, "memory"), Verdict.MEMORY_LIMIT_EXCEEDED),
        (material.request(kata, _CRASH, "crash"), Verdict.RUNTIME_ERROR),
    ]
