"""A real MariaDB or PostgreSQL for one test: databases made and dropped, bytes handed on.

The learner's code and the clerk connect to this process, in their private network; it connects
to the server and hands on what comes, both ways, without reading it. Statements are logged and
counted where they are made, by `connect`.
"""

from __future__ import annotations

import secrets
import socket
from typing import Any
from urllib.parse import unquote, urlsplit

from graders.services import lanes
from graders.services.loop import Loop, Peer
from graders.services.suite_line import Refused

_PATIENCE_S = 10.0
_READ = 1 << 16


class Admin:
    """A connection that makes and drops databases."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        account: dict[str, Any] = {
            "host": parts.hostname or "127.0.0.1", "user": unquote(parts.username or "") or None,
            "password": unquote(parts.password or "") or ""}
        self.is_mysql = parts.scheme == "mysql"
        if self.is_mysql:
            import pymysql

            self._raw: Any = pymysql.connect(**account, port=parts.port or 3306, autocommit=True)
        else:
            import psycopg

            self._raw = psycopg.connect(**account, port=parts.port or 5432, autocommit=True,
                                        dbname=unquote(parts.path.lstrip("/")) or "postgres")

    def create(self, name: str) -> None:
        """Make an empty database. Its name is ours, so it needs no quoting."""
        more = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" if self.is_mysql else ""
        self._run(f"CREATE DATABASE {name}{more}")

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._run(f"DROP DATABASE IF EXISTS {name}{'' if self.is_mysql else ' WITH (FORCE)'}")

    def names(self) -> list[str]:
        """Return the names of all databases."""
        text = "SHOW DATABASES" if self.is_mysql else "SELECT datname FROM pg_database"
        return [str(row[0]) for row in self._run(text)]

    def close(self) -> None:
        """Close."""
        self._raw.close()

    def _run(self, text: str) -> list[Any]:
        with self._raw.cursor() as cursor:
            cursor.execute(text)
            return list(cursor.fetchall()) if cursor.description else []


def sweep(url: str, run: str = "") -> None:
    """Drop the databases of dead runs of this host, and those of `run`."""
    admin = Admin(url)
    for name in admin.names():
        if (run and name.startswith(run + "_")) or lanes.is_dead(name):
            admin.drop(name)
    admin.close()


class SqlRelay:
    """Implements loop.Service."""

    def __init__(self, loop: Loop, url: str, run: str) -> None:
        self._loop, self._url, self._run = loop, url, run
        self._parts = urlsplit(url)
        self._place = lanes.host_and_port(url).rpartition(":")
        self._admin = Admin(url)
        self._made: list[str] = []

    def opened(self, peer: Peer) -> None:
        """Connect to the server on the peer's behalf."""
        try:
            up = socket.create_connection((self._place[0], int(self._place[2])), _PATIENCE_S)
        except OSError:
            self._loop.cut(peer)
            return
        up.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer.state = up
        self._loop.watch(up, lambda: self._hand_back(peer, up))

    def received(self, peer: Peer, data: bytes) -> None:
        """Hand on what a peer sends."""
        try:
            peer.state.sendall(data)
        except OSError:
            self._loop.cut(peer)

    def closed(self, peer: Peer) -> None:
        """Close the connection to the server: it rolls back."""
        if peer.state is not None:
            self._loop.forget(peer.state)
            peer.state.close()

    def asked(self, verb: str, arguments: list[Any]) -> Any:
        """Make a database and return (scheme, account, name); or drop them all."""
        match verb, arguments:
            case "create", []:
                name = f"{self._run}_{secrets.token_hex(4)}"
                self._admin.create(name)
                self._made.append(name)
                return [self._parts.scheme, self._parts.netloc.rpartition("@")[0], name]
            case "end" | "reset", []:
                self._loop.cut_all()
                self._drop()
            case "watch", [_]:
                return None  # statements tell their effects themselves
            case _:
                raise Refused(f"sql: cannot {verb}")
        return None

    def tick(self) -> bool:
        """Nothing waits for a time."""
        return False

    def ended(self) -> None:
        """Leave nothing behind."""
        self._drop()

    def _drop(self) -> None:
        while self._made:
            self._admin.drop(self._made[-1])
            self._made.pop()

    def _hand_back(self, peer: Peer, up: socket.socket) -> None:
        try:
            data = up.recv(_READ)
        except OSError:
            data = b""
        if data:
            peer.send(data)
        else:
            peer.flush()
            self._loop.cut(peer)
