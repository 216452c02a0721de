"""Which machine this is: what a measured speed and a remembered verdict hold for."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from functools import cache


@cache
def machine_id() -> str:
    """Return a short id of processor, system and Python version; nothing personal."""
    parts = (_processor().strip(), platform.system(), platform.machine(), str(os.cpu_count()),
             sys.version.split()[0], sys.implementation.name)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _processor() -> str:
    try:
        with open("/proc/cpuinfo") as info:
            model = next((line for line in info if line.startswith("model name")), "")
    except OSError:
        model = ""  # not Linux: the platform's name has to do
    return model or platform.processor() or platform.machine()  # processor() starts `uname -p`
