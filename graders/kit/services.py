"""The suite's handles on the services beside the learner's code.

    under the judge   link.service(kind, verb, …)  ── the service's private line ── its process
    plain pytest      the same frames to a child process of pytest's, one for all tests

The learner's code gets a URL and uses the ecosystem's own client. What a handle tells is seen by
the service, never by the learner's code.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

from graders.kit import remote
from graders.services import frames, lanes, sweep
from graders.services.local import LocalService


class ServiceError(Exception):
    """A service has answered the suite with an error; its text is the server's own."""


_started: dict[str, LocalService] = {}
_lane: list[lanes.Lane] = []  # of plain pytest, once it is asked for
_listener: list[Callable[[str], bool]] = []  # of plain pytest; at most one


def lane() -> lanes.Lane:
    """Return plain pytest's lane: KATA_LANE in the environment, embedded without it."""
    if not _lane:
        found = lanes.find(os.environ.get("KATA_LANE") or "embedded")
        sweep.sweep(found)
        _lane.append(found)
    return _lane[0]


def is_real() -> bool:
    """Whether this test's services are real servers."""
    link = remote.current()
    return lane().is_real if link is None else link.lane_is_real


def start(kind: str) -> None:
    """Have the service of this kind at hand, fresh. Under the judge it is there already."""
    link = remote.current()
    if link is not None:
        link.service_place(kind)
        return
    if kind in _started:
        try:
            ask(kind, "reset")
            return
        except ServiceError:  # it cannot be emptied: a new one
            _started.pop(kind).close()
    url = lane().url(kind)
    if lane().is_real and not url:
        raise OSError(f"no server for {kind!r} answers ({lanes.advice(lane().name, kind)})")
    service = _started[kind] = LocalService(kind, (url, lane().run if url else ""))
    threading.Thread(target=_answer, args=(service,), daemon=True).start()


def stop_all() -> None:
    """End what plain pytest has started."""
    while _started:
        _started.popitem()[1].close()
    if _lane:
        sweep.sweep(_lane[0], _lane[0].run)


def place(kind: str) -> tuple[str, int]:
    """Return host and port of a service that was started."""
    link = remote.current()
    return ("127.0.0.1", _started[kind].port) if link is None else link.service_place(kind)


def ask(kind: str, *message: Any) -> Any:
    """Send a request; return the answer. Raises ServiceError for a refusal."""
    link = remote.current()
    if link is not None:
        word, value = link.service(kind, *message)
    else:
        try:
            frames.send(_started[kind].control, message)
            word, value = frames.receive(_started[kind].control)
        except frames.FrameError as error:
            gone = _started.pop(kind)
            gone.process.kill()
            raise OSError(f"the {kind} service is gone: {gone.words() or error}") from error
    if word == "error":
        raise ServiceError(value)
    return value


def listen(listener: Callable[[str], bool] | None) -> None:
    """In plain pytest: ask `listener(what)` before each of the learner's commands; None: no more.

    It returns whether the learner's process goes on. Where not, the service refuses this command
    and all that follow until it is told to listen no more. It is called in another thread, while
    the learner's code waits.
    """
    _listener[:] = [] if listener is None else [listener]
    for kind in _started:
        ask(kind, "watch", listener is not None)


def _answer(service: LocalService) -> None:
    """Answer a service's questions until it ends."""
    try:
        while True:
            what = frames.receive(service.events)[-1]
            goes_on = all(listener(what) for listener in tuple(_listener))
            frames.send(service.events, "go" if goes_on else "crash")
    except frames.FrameError:
        return
