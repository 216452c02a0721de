"""Makes plain `pytest katas/…/two_sum` work, so that a debugger can step into your code.

The suite then imports your module into the same process. Its verdict is for you alone: the
judge's word comes from `python3 noxfile.py -s grade`, where limits are CPU time by the judge's
clock and nothing is shared between tests (docs/kit.md tells what else differs).
"""

from pathlib import Path

import pytest

from graders import catalog
from graders.errors import GraderError
from graders.kit.fixtures import (
    amqp,
    amqp_url,
    pytest_configure,
    pytest_unconfigure,
    redis,
    redis_url,
    rng,
    sql,
    sql_url,
    workdir,
)
from graders.model import Group, Kata

__all__ = ["amqp", "amqp_url", "pytest_configure", "pytest_unconfigure", "redis", "redis_url",
           "rng", "sql", "sql_url", "workdir"]

ROOT = Path(__file__).parent.parent
SLACK = 20  # wall seconds for one reference second: a guard against endless loops, not a limit


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run performance tests last; stop any test that takes far longer than its limit."""
    items.sort(key=lambda item: item.get_closest_marker("perf") is not None)
    try:
        katas = {kata.folder: kata for kata in catalog.load(ROOT).katas}
    except GraderError as error:
        raise pytest.UsageError(str(error)) from None
    for item in items:
        kata = katas.get(item.path.parent)
        if kata is not None:
            item.add_marker(pytest.mark.timeout(_guard_s(kata, item)))


def _guard_s(kata: Kata, item: pytest.Item) -> float:
    group = Group.PERF if item.get_closest_marker("perf") else Group.CORRECTNESS
    return 5 + SLACK * kata.limits.for_test(item.name, group)
