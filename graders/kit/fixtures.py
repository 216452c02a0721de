"""Pytest fixtures and markers of suites; loaded by the engine and by katas/conftest.py."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Iterator

import pytest

from graders.kit import files, remote, services, sql_service
from graders.kit.amqp_service import Amqp
from graders.kit.redis_service import Redis
from graders.kit.sql_service import Sql

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


@pytest.fixture
def redis() -> Redis:
    """Return the handle on a fresh Redis; its `url` is for the learner's code."""
    services.start("redis")
    return Redis()


@pytest.fixture
def redis_url(redis: Redis) -> str:
    """Return the URL of a fresh Redis."""
    return redis.url


@pytest.fixture
def amqp() -> Amqp:
    """Return the handle on a fresh AMQP broker; its `url` is for the learner's code."""
    services.start("amqp")
    return Amqp()


@pytest.fixture
def amqp_url(amqp: Amqp) -> str:
    """Return the URL of a fresh AMQP broker."""
    return amqp.url


@pytest.fixture
def sql(workdir: str) -> Iterator[Sql]:
    """Give the handle on an empty database; its `url` is for the learner's code."""
    sql_service.forget()
    if services.is_real():
        services.start("sql")
    yield Sql(workdir)
    sql_service.forget()


@pytest.fixture
def sql_url(sql: Sql) -> str:
    """Return the URL of an empty database."""
    return sql.url


def pytest_unconfigure() -> None:
    """End the services of plain pytest."""
    services.stop_all()
