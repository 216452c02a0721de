"""Refuses to be collected: hidden suites run under `verify` only.

One process would bind `import two_sum` to whichever of stub and solution came first.
"""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Say what to run instead."""
    raise pytest.UsageError("solutions/: suites here are run by `python3 noxfile.py -s verify`")


def pytest_ignore_collect() -> bool:
    """Collect nothing, also when this file is found after the start."""
    return True
