"""Real servers, where they answer: which ones do stands in the header of a test run."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

import pytest

DEFAULTS = {"redis": ("KATA_REDIS_URL", "redis://127.0.0.1:6379"),
            "amqp": ("KATA_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672/"),
            "mysql": ("KATA_MYSQL_URL", "mysql://root@127.0.0.1:3306"),
            "postgresql": ("KATA_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")}
PORTS = {"redis": 6379, "amqp": 5672, "mysql": 3306, "postgresql": 5432}


def real_url(kind: str) -> str:
    variable, default = DEFAULTS[kind]
    return os.environ.get(variable) or default


def answers(kind: str) -> bool:
    parts = urlsplit(real_url(kind))
    try:
        socket.create_connection((parts.hostname or "", parts.port or PORTS[kind]), 1).close()
    except OSError:
        return False
    return True


def told() -> str:
    """Return which of them answer, for the header of a test run."""
    return ", ".join(f"{kind} {'answers' if answers(kind) else 'DOES NOT ANSWER: not tested'}"
                     for kind in DEFAULTS)


def demand(kind: str) -> str:
    if not answers(kind):
        pytest.skip(f"no {kind} answers at {real_url(kind)}")
    return real_url(kind)


def admin(url: str, text: str) -> None:
    """Execute a statement outside any transaction."""
    from graders.kit.inside.sql_drivers import open_driver

    driver = open_driver(url)
    if driver.dialect == "postgresql":
        driver.raw.rollback()
        driver.raw.autocommit = True
    driver.raw.cursor().execute(text)
    driver.raw.close()
