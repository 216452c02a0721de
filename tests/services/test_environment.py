"""What a learner installs: clients and servers of the services that katas declare, no others."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from graders import catalog
from graders.catalog_kata import SERVICES
from graders.services import host

ROOT = Path(host.__file__).resolve().parents[2]
# What pyproject.toml must name for each service; what these need themselves, they bring.
NEEDED = {"redis": {"redis", "fakeredis"}, "amqp": {"pika", "pamqp"},
          "sql": {"pymysql", "psycopg"}}


def named(group: str) -> set[str]:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
        "dependency-groups"]
    return {re.split(r"[^a-z0-9-]", each.lower())[0] for each in groups[group]
            if isinstance(each, str)}


def test_every_service_is_told_of() -> None:
    assert set(NEEDED) == set(SERVICES)
    for kind in host.processes(tuple(SERVICES)):
        assert NEEDED[kind] & {each.lower() for each in host.distributions(kind)}


@pytest.mark.parametrize("kind", NEEDED)
def test_learners_install_the_services_that_katas_declare_and_no_others(kind: str) -> None:
    declared = any(kind in kata.services for kata in catalog.load(ROOT).katas)
    assert NEEDED[kind] & named("grade") == (NEEDED[kind] if declared else set())
