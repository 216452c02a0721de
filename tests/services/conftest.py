"""Brokers for the tests of AMQP: each test runs on ours, and on a real RabbitMQ if one answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

import pytest

from graders.services import amqp_books, frames, lanes
from graders.services.local import LocalService
from tests.services.amqp_lanes import URL, Names, Served, cleaned, rabbitmq_answers, sometime

answers = cache(rabbitmq_answers)


@pytest.fixture(scope="session")
def shared() -> Iterator[Served]:
    """One broker of ours for all tests that leave nothing behind in it."""
    served = Served()
    yield served
    assert sometime(lambda: served.ask("state")["held_bytes"], 0) == 0
    state = served.ask("state")
    served.stop()
    assert state["queues"] == {}
    assert set(state["exchanges"]) == {"", "amq.direct", "amq.fanout", "amq.headers", "amq.match",
                                       "amq.topic"}


@pytest.fixture(scope="session")
def relayed() -> Iterator[str]:
    """Return the address of the relay that stands before a real RabbitMQ in the real lane."""
    if not answers():
        pytest.skip("no RabbitMQ answers")
    run = lanes.run_name()
    service = LocalService("amqp", (URL, run))
    yield f"amqp://guest:guest@127.0.0.1:{service.port}/%2F"
    service.close()
    amqp_books.sweep(URL, run)


class Relayed:
    """The relay before a real RabbitMQ, asked as `Served` is."""

    VERBS: ClassVar[dict[str, str]] = {"cut_after": "cut", "drop_all": "drop",
                                       "advance_ms": "advance"}

    def __init__(self) -> None:
        self._run = lanes.run_name()
        self._service = LocalService("amqp", (URL, self._run))
        self.url = f"amqp://guest:guest@127.0.0.1:{self._service.port}/%2F"

    def ask(self, method: str, *args: Any, lose_reply: bool = False) -> Any:
        """Ask as a handle does. Raises KeyError for a queue that is missing."""
        more = (lose_reply,) if method == "cut_after" else (0,) if method == "log" else ()
        frames.send(self._service.control, (self.VERBS.get(method, method), *args, *more))
        word, found = frames.receive(self._service.control)
        if word == "error":
            raise KeyError(found)
        for exchange in found["exchanges"].values() if method == "state" else ():
            exchange["bindings"] = [tuple(each) for each in exchange["bindings"]]
        return found

    def stop(self) -> None:
        """End it, and fail if it leaves anything in its server."""
        self._service.close()
        amqp_books.sweep(URL, self._run)
        assert self._service.process.returncode == 0


@pytest.fixture(params=["embedded", "rabbitmq", "relayed"])
def url(request: pytest.FixtureRequest, shared: Served) -> str:
    """Return the address of a broker: of ours, of a real one, of the relay before a real one."""
    if request.param == "embedded":
        return shared.url
    if not answers():
        pytest.skip("no RabbitMQ answers")
    return str(request.getfixturevalue("relayed")) if request.param == "relayed" else URL


@pytest.fixture
def names(url: str) -> Iterator[Names]:
    """Hand out random names; what carries them is deleted afterwards."""
    with cleaned(url) as found:
        yield found


@pytest.fixture
def served() -> Iterator[Served]:
    """One broker of ours for one test."""
    found = Served()
    yield found
    found.stop()
