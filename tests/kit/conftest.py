"""The kit's own fixtures, and `kata`: learner's objects in plain pytest and behind a link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graders.kit import remote
from graders.kit.fixtures import pytest_configure, rng, workdir
from tests.kit.fake_link import FakeLink

__all__ = ["pytest_configure", "rng", "workdir"]


class Kata:
    """Gives learner's functions and classes as a suite would import them."""

    def __init__(self, link: FakeLink | None) -> None:
        self.link = link

    def function(self, real: Any) -> Any:
        """Return a function, method or iterator as the suite has it."""
        return real if self.link is None else self.link.function(real)

    def cls(self, real: type) -> Any:
        """Return a class as the suite has it."""
        return real if self.link is None else self.link.cls(real)

    def bound(self, obj: Any, name: str) -> Any:
        """Return a bound method of an object that the suite holds."""
        return getattr(obj, name) if self.link is None else obj.method(name)


@pytest.fixture(params=["plain", "linked"])
def kata(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Kata]:
    """Run the test twice: in plain pytest, and with every word's worker half behind a link."""
    if request.param == "plain":
        yield Kata(None)
        return
    folder = tmp_path / "box"
    folder.mkdir()
    link = FakeLink(str(folder), declared=("CacheFull",))
    remote.set_current(link)
    yield Kata(link)
    remote.set_current(None)
    link.close()
