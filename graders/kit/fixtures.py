"""Pytest fixtures and markers of suites; loaded by the engine and by katas/conftest.py."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Iterator

import pytest

from graders.kit import files, remote

_MARKERS = (
    "perf: runs last, with the kata's perf_cpu_s, once the rest of its stage has passed",
    "stage(n): the 1-based stage of the kata that the test belongs to",
    "stub_passes(reason): the test passes on the untouched stub, and why that is right",
)

_run_seed = os.environ.get("KATA_SEED") or str(secrets.randbelow(10**8))


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers, so that --strict-markers knows them."""
    for line in _MARKERS:
        config.addinivalue_line("markers", line)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Return a generator seeded for this run and test.

    Under the judge all submissions of a cohort run get the same; in plain pytest a random seed
    is shown with a failure, and KATA_SEED in the environment repeats it.
    """
    name = request.node.name
    link = remote.current()
    if link is not None:
        return random.Random(link.seed() + name.encode())
    request.node.add_report_section("call", "rng", f"KATA_SEED={_run_seed} repeats these inputs")
    return random.Random(f"{_run_seed}:{name}")


@pytest.fixture
def workdir(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the path of an empty folder, the same for the learner's code and for `files`.

    It is the current folder of the learner's code.
    """
    link = remote.current()
    if link is not None:
        yield link.workdir()[0]
        return
    folder = os.path.join(os.path.realpath(request.getfixturevalue("tmp_path")), "work")
    os.mkdir(folder)
    files.set_root(folder)
    before = os.getcwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)
    files.set_root(None)
