"""What the nursery does once, so that no worker has to do it first.

Code that has run is specialised, and its caches are filled: a forked process that runs it again
writes to fewer pages, and each page written is copied. Runs nothing of a learner or of a suite.
"""

from __future__ import annotations

import gc
import socket
import sys
from typing import Any

from graders.judge import kernel
from graders.judge.wire import Codec, ProtocolError, frame
from graders.judge.worker import Worker

_TIMES = 12  # CPython specialises a function after eight calls
_STEP, _LARGEST = 16, 512  # pymalloc's size classes
_POOL, _FIRST = 16 << 10, 48  # a pool of CPython 3.10 and later, and where its first block lies
_EMPTY = sys.getsizeof(b"")
_MOST = 20_000
_kept: list[object] = []
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
    for _ in range(_TIMES):
        kernel.capabilities()
    del sys.modules[_NAME]
    gc.collect()
    _kept.extend(_fill_pools())
    gc.collect()
    gc.freeze()


def _fill_pools() -> list[object]:
    """Return objects that take up every block that pymalloc has free in a pool begun.

    What a worker allocates would be strewn over the holes between our objects, and each page of
    them copied; so it comes from fresh pools, one page after the other. Guesses nothing: a first
    block in a pool tells that the holes of its size are used up, and _MOST bounds the search.
    """
    kept: list[object] = []
    for size in range(_STEP, _LARGEST + 1, _STEP):
        for _ in range(_MOST):
            made = bytes(size - _EMPTY) if size > _EMPTY else object() if size == _STEP else \
                float(len(kept))
            kept.append(made)
            if id(made) % _POOL == _FIRST:
                break
    return kept


def _refuse(kind: str, payload: object) -> object:
    raise ProtocolError(f"unexpected reference {kind}")


_CODEC = Codec(lambda value: None, _refuse)
