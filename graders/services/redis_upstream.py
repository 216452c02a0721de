"""A real Redis behind the front: one of its databases, lent for a while and given back empty.

Which database belongs to which run stands in a hash of the last one (CLAIMS, in database 15 of
the 16 that a Redis has by default). A database that holds keys and is claimed by nobody is
somebody's own, and is never touched.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from graders.services import lanes, resp
from graders.services.loop import Loop

CLAIMS, _CLAIMS_DB = b"kata40:claims", 15
_PATIENCE_S = 10.0
_STREAMING = frozenset(("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE"))


class Line:
    """A connection that asks and waits for the answer."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 6379),
                                               _PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if parts.password:
            user = [unquote(parts.username)] if parts.username else []
            self.ask("AUTH", *user, unquote(parts.password))

    def raw(self, fields: list[bytes]) -> bytes:
        """Return the reply to a command, as it was sent. Raises OSError."""
        self.socket.sendall(resp.request(fields))
        data = bytearray()
        while resp.length(data) < 0:
            piece = self.socket.recv(1 << 16)
            if not piece:
                raise ConnectionError("Redis has closed the connection")
            data += piece
        return bytes(data)

    def ask(self, *words: str | bytes) -> Any:
        """Return the value of a reply. Raises resp.ReplyError, OSError."""
        return resp.value(self.raw([each if isinstance(each, bytes) else each.encode()
                                    for each in words]))


def claim(url: str, run: str) -> tuple[Line, int]:
    """Return a connection to a database that is this run's from now on, and its number.

    Raises OSError where none is free.
    """
    books, line = Line(url), Line(url)
    books.ask("SELECT", str(_CLAIMS_DB))
    for number in range(1, _CLAIMS_DB):
        if books.ask("HSETNX", CLAIMS, str(number), run):
            line.ask("SELECT", str(number))
            if line.ask("DBSIZE") == 0:
                books.socket.close()
                return line, number
            books.ask("HDEL", CLAIMS, str(number))
    raise OSError("no database of this Redis is both empty and free; empty one, or name another "
                  "server by KATA_REDIS_URL")


def give_back(url: str, number: int) -> None:
    """Empty a claimed database and end the claim."""
    line = Line(url)
    line.ask("SELECT", str(number))
    line.ask("FLUSHDB")
    line.ask("SELECT", str(_CLAIMS_DB))
    line.ask("HDEL", CLAIMS, str(number))
    line.socket.close()


def sweep(url: str, run: str = "") -> None:
    """Give back what dead runs of this host have claimed, and what `run` has."""
    line = Line(url)
    line.ask("SELECT", str(_CLAIMS_DB))
    words = line.ask("HGETALL", CLAIMS)
    line.socket.close()
    for number, owner in zip(words[::2], words[1::2], strict=True):
        if owner.decode(errors="replace") == run or lanes.is_dead(owner.decode(errors="replace")):
            give_back(url, int(number))


class Connection:
    """One learner's connection to the server."""

    def __init__(self, url: str, number: int, tell: Callable[[bytes], None],
                 done: Callable[[], None]) -> None:
        line = Line(url)
        line.ask("SELECT", str(number))
        self.socket, self.tell, self.done = line.socket, tell, done
        self.inbox = bytearray()
        self.waiting = self.streaming = False


class Upstream:
    """Implements redis_front.Backend."""

    def __init__(self, loop: Loop, url: str, run: str) -> None:
        self._loop, self._url = loop, url
        self._suite, self.number = claim(url, run)

    def open(self, tell: Callable[[bytes], None], done: Callable[[], None]) -> Connection:
        """Return a new connection to the server."""
        made = Connection(self._url, self.number, tell, done)
        self._loop.watch(made.socket, lambda: self._read(made))
        return made

    def close(self, connection: Connection) -> None:
        """Close it."""
        self._loop.forget(connection.socket)
        connection.socket.close()

    def run(self, connection: Connection, fields: list[bytes]) -> None:
        """Hand a command on; the reply comes later."""
        name = fields[0].upper().decode(errors="replace")
        if name == "SELECT":  # the front lets 0 through, which is ours
            connection.tell(resp.status(b"OK"))
            return
        connection.waiting = True
        if name in _STREAMING:  # one reply for each channel, then messages at any time
            connection.streaming = True
        connection.socket.sendall(resp.request(fields))
        if connection.streaming:
            connection.waiting = False

    def is_waiting(self, connection: Connection) -> bool:
        """Whether a reply is still to come."""
        return connection.waiting

    def look_at_parked(self) -> bool:
        """Nothing waits here: the server keeps the time."""
        return False

    def command(self, fields: list[bytes]) -> bytes:
        """Run a command of the suite's own."""
        try:
            return self._suite.raw(fields)
        except TimeoutError:  # it would have waited; the answer must not be the next one's
            self._suite = Line(self._url)
            self._suite.ask("SELECT", str(self.number))
            return resp.reply(None, 2)

    def restart(self, keep: bool) -> None:
        """Do what of a restart others on this server need not notice."""
        self._suite.ask("SCRIPT", "FLUSH")
        if not keep:
            self._suite.ask("FLUSHDB")

    def ended(self) -> None:
        """Leave nothing behind."""
        give_back(self._url, self.number)

    def _read(self, connection: Connection) -> None:
        try:
            data = connection.socket.recv(1 << 16)
        except OSError:
            data = b""
        if not data:  # the server cut it: so do we
            self._loop.cut(next(peer for peer in self._loop.peers
                                if peer.state.connection is connection))
            return
        connection.inbox += data
        while (end := resp.length(connection.inbox)) > 0:
            reply = bytes(connection.inbox[:end])
            del connection.inbox[:end]
            connection.tell(reply)
            if connection.waiting and not reply.startswith(b">"):
                connection.waiting = False
                connection.done()
