"""What two machines must have in common before one judges for the other.

Everything that may change a verdict, as far as it can be named: the graders' own code to the
byte, the spin by which machines are compared, Python's minor version, pytest, and the libraries
that a kata's submissions and services use. The speed of a machine is not among it: each has its
own factor, measured where the submission runs.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping

from graders import __version__
from graders.judge import cache, clock, packages
from graders.model import Kata
from graders.phrases import phrase

_OF_SERVICES = {"redis": ("redis", "fakeredis", "lupa"), "amqp": ("pika", "pamqp"), "sql": ()}
_SHOWN = 12  # digits of a hash


def terms(kata: Kata) -> dict[str, str]:
    """Return what this process judges a kata with: each thing's name, and its version."""
    ours = cache.graders()[:_SHOWN]
    python = ".".join(platform.python_version_tuple()[:2])
    libraries = {"pytest", *kata.packages,
                 *(name for kind in kata.services for name in _OF_SERVICES[kind])}
    return {
        "graders": f"{__version__} ({ours})",
        "reference spin": f"{clock.REFERENCE_SPIN_S} s",
        "Python": f"{platform.python_implementation()} {python}",
        **dict(each.split("==") for each in packages.versions(tuple(libraries))),
    }


def difference(asked: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Return the first thing that is not as it was asked for; "" when all is."""
    for name in sorted(asked.keys() | here.keys()):
        have, want = here.get(name, ""), asked.get(name, "")
        if have != want:
            return phrase("{name} {have} there, {want} here; bring it to the same version, and "
                          "start the worker again", name=name, have=have or "-", want=want or "-")
    return ""
