"""Leaves out, on systems without the full sandbox, the tests that are about it, and says so."""

from __future__ import annotations

import sys

LINUX_ONLY = [
    "attacks", "faults", "fuzz", "judge", "removals",
    "test_benchmarks.py", "test_katas.py", "test_mutate.py", "test_verify.py",
]
collect_ignore = [] if sys.platform == "linux" else LINUX_ONLY


def pytest_report_header() -> list[str]:
    if not collect_ignore:
        return []
    return [f"left out on {sys.platform} (the full sandbox is Linux's): {', '.join(LINUX_ONLY)}"]
