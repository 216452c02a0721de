"""What the nursery does once, so that no worker has to do it first.

Code that has run is specialised, and its caches are filled: a forked process that runs it again
writes to fewer pages, and each page written is copied. Runs nothing of a learner or of a suite.
"""

from __future__ import annotations

import gc
import socket
import sys
from typing import Any

from graders.judge.wire import Codec, ProtocolError, frame
from graders.judge.worker import Worker

_TIMES = 12  # CPython specialises a function after eight calls
_NAME = "practice_module"
_SOURCE = b'''
"""A module like a learner's."""

from dataclasses import dataclass


@dataclass
class Box:
    items: list[int]

    def put(self, *items: int) -> int:
        self.items.extend(items)
        return len(self.items)

    def __len__(self) -> int:
        return len(self.items)


def echo(value: object) -> object:
    return value


def fail(text: str) -> None:
    raise ValueError(text)
'''
_API = {"names": ("Box", "echo", "fail"), "iterators": (), "forbid": (), "classes": ("Box",),
        "result_types": (), "program": False}
_CALLS: tuple[tuple[Any, ...], ...] = (
    ("call", "Box", ([3],), {}),
    ("method", 1, "put", (4, 5), {}),
    ("method", 1, "__len__", (), {}),
    ("call", "echo", ([*range(20)],), {}),
    ("call", "echo", ({"word": [(1, 2.5), "text", None, True]},), {}),
    ("call", "fail", ("on purpose",), {}),
)


def practise() -> None:
    """Serve a made-up submission a few times in this process; leave nothing of it behind."""
    compiled: bytes | None = None
    for _ in range(_TIMES):
        ours, theirs = socket.socketpair()
        requests = (("load", _NAME, _SOURCE, _API, compiled), *_CALLS)
        for request in requests:
            ours.sendall(frame(_CODEC.dumps(request)))
        ours.shutdown(socket.SHUT_WR)
        Worker(theirs, "/nowhere").run()
        theirs.close()
        if compiled is None:
            with ours.makefile("rb") as replies:
                size = int.from_bytes(replies.read(4), "little")
                compiled = _CODEC.loads(replies.read(size))[1]
        ours.close()
    del sys.modules[_NAME]
    gc.collect()
    gc.freeze()


def _refuse(kind: str, payload: object) -> object:
    raise ProtocolError(f"unexpected reference {kind}")


_CODEC = Codec(lambda value: None, _refuse)
