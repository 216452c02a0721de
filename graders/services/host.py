"""The process of a service: which server runs in it, and how plain pytest starts one.

    plain pytest  --Popen--> this module as __main__, which connects back twice, with a token
    the judge     --fork-->  judge/service_process.py, which locks down first and then serves here

A kind of service is one branch of `serve` and one line of `preload`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import socket
import sys

from graders.services import frames
from graders.services.loop import Loop

# Imported once, before anything is forked: what serves, and what it loads late.
_SERVERS = {
    "redis": ("graders.services.redis_front", "graders.services.redis_store", "fakeredis",
              "fakeredis._socket", "fakeredis.commands_mixins.scripting_mixin"),
    "amqp": ("graders.services.amqp_service", "graders.services.amqp"),
}
_UPSTREAMS = {
    "redis": ("graders.services.redis_front", "graders.services.redis_upstream"),
    "amqp": ("graders.services.amqp_upstream",),
    "sql": ("graders.services.sql_upstream", "pymysql", "psycopg"),
}
# Distributions that a service loads.
DISTRIBUTIONS = {"redis": ("fakeredis", "lupa", "redis", "sortedcontainers"),
                 "amqp": ("pamqp",)}
_DRIVERS = ("PyMySQL", "psycopg", "psycopg-binary")
# What learners of a kata with such a service import: distributions, and modules to have loaded.
_CLIENTS = {"redis": ("redis",), "amqp": ("pika",), "sql": ()}
_LIBRARIES = {"redis": ("redis", "redis.lock", "redis.retry", "redis.backoff"),
              "amqp": ("pika", "encodings.idna"),  # of a name that is looked up
              "sql": ("graders.kit.inside.clerk", "graders.kit.inside.sql")}
# Code that has run is specialised; a fork copies fewer pages then.
_REHEARSALS = 10


def preload(kinds: list[str], real: bool = False) -> None:
    """Load and exercise the servers of these kinds, so that a forked process finds them ready."""
    for kind in kinds:
        for name in (_UPSTREAMS if real else _SERVERS).get(kind, ()):
            importlib.import_module(name)
    if real:
        # What connects later may no longer read the library: it runs as nobody, without a root of
        # its own. So it connects once now, to where nobody listens.
        for action in _CONNECTS:
            with contextlib.suppress(Exception):
                action()
    if "redis" in kinds and not real:
        from graders.services.redis_store import Store

        for _ in range(_REHEARSALS):
            _exercise(Store())
    if "amqp" in kinds and not real:
        from graders.services.amqp_rehearsal import rehearse

        for _ in range(_REHEARSALS):
            rehearse()


def _to_mysql() -> None:
    import pymysql

    pymysql.connect(host="127.0.0.1", port=1)


def _to_postgresql() -> None:
    import psycopg

    psycopg.connect(host="127.0.0.1", port=1, user="nobody", password="")


_CONNECTS = (_to_mysql, _to_postgresql, lambda: socket.create_connection(("127.0.0.1", 1)),
             lambda: importlib.import_module("encodings.idna"))


def _exercise(store: object) -> None:
    for fields in ((b"SET", b"k", b"v", b"NX", b"PX", b"1000"), (b"GET", b"k"), (b"PTTL", b"k"),
                   (b"EVAL", b"return redis.call('DEL', KEYS[1])", b"1", b"k")):
        store.command(list(fields))  # type: ignore[attr-defined]


def clients(kinds: tuple[str, ...], real: bool = False) -> list[str]:
    """Return the distributions that these services bring for the learner's code."""
    own = [name for kind in kinds for name in _CLIENTS[kind]]
    return [*own, *_DRIVERS] if real and "sql" in kinds else own


def distributions(kind: str, real: bool = False) -> tuple[str, ...]:
    """Return the distributions that a service loads."""
    if real and kind != "amqp":  # its frames are read by the same code in every lane
        return _DRIVERS if kind == "sql" else ()
    return DISTRIBUTIONS[kind]


def processes(kinds: tuple[str, ...], real: bool = False) -> list[str]:
    """Return those of the kinds that have a process; the embedded sql is a file."""
    return [kind for kind in kinds if kind in (_UPSTREAMS if real else _SERVERS)]


def libraries(kinds: tuple[str, ...], real: bool = False) -> list[str]:
    """Return the modules that a learner of these services imports first."""
    own = [name for kind in kinds for name in _LIBRARIES[kind]]
    return [*own, "pymysql", "psycopg"] if real and "sql" in kinds else own


def serve(kind: str, upstream: tuple[str, str], listener: socket.socket, control: socket.socket,
          events: socket.socket) -> None:
    """Serve until the suite's side closes `control`. `listener` listens already.

    `upstream`: the URL of a real server and the mark of the run, both empty for an embedded one.
    """
    url, run = upstream
    match kind:
        case "redis" if url:
            from graders.services.redis_front import RedisFront
            from graders.services.redis_upstream import Upstream

            loop = Loop(listener, control, events)
            loop.run(RedisFront(loop, Upstream(loop, url, run)))
        case "redis":
            from graders.services.redis_front import RedisFront
            from graders.services.redis_store import Store

            loop = Loop(listener, control, events)
            loop.run(RedisFront(loop, Store()))
        case "sql" if url:
            from graders.services.sql_upstream import SqlRelay

            loop = Loop(listener, control, events)
            loop.run(SqlRelay(loop, url, run))
        case "amqp" if url:
            from graders.services.amqp_upstream import AmqpRelay

            loop = Loop(listener, control, events)
            loop.run(AmqpRelay(loop, url, run))
        case "amqp":
            from graders.services import amqp_service

            amqp_service.serve(listener, control, events)
        case _:
            raise ValueError(f"no service is called {kind!r}")


def main() -> None:
    """Be the child process of plain pytest: told on standard input, in one line of JSON."""
    told = json.loads(sys.stdin.readline())
    listener = socket.create_server(("127.0.0.1", 0))
    lines = []
    for _ in range(2):
        line = socket.create_connection(("127.0.0.1", told["port"]))
        line.sendall(bytes.fromhex(told["token"]))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines.append(line)
    control, events = lines
    # Before we are ready: what is loaded later would be work of the learner's.
    preload([told["kind"]], bool(told["url"]))
    frames.send(control, listener.getsockname()[1])
    serve(told["kind"], (told["url"], told["run"]), listener, control, events)


if __name__ == "__main__":
    main()
