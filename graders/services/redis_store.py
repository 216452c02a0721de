"""Redis in this process: fakeredis' commands without its threads, clients and clocks of polling.

fakeredis' own TCP server gives each connection a thread and polls; here a connection is a fake
socket whose commands are run one after the other by whoever owns the event loop. Commands that
wait (BLPOP) are parked instead of blocking, and looked at again after every other command.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from graders.services import redis_lua, resp

VERSION = (7, 0)  # the behaviour of the real lane's server


def _load() -> tuple[Any, Any]:
    """Return a class of connections and fakeredis' class of servers."""
    redis_lua.install()
    from fakeredis import FakeServer
    from fakeredis._helpers import NoResponse, SimpleError, SimpleString
    from fakeredis._socket import FakeSocket

    def encoded(value: Any, protocol: int) -> bytes:
        if isinstance(value, SimpleString):
            return resp.status(value.value)
        if isinstance(value, SimpleError):
            return resp.error(value.value)
        if isinstance(value, (list, tuple)):
            return resp.array([encoded(each, protocol) for each in value])
        return resp.reply(value, protocol)

    class Connection(FakeSocket):
        """One connection: its replies are handed to `tell` as bytes."""

        def __init__(self, server: Any, tell: Callable[[bytes], None],
                     done: Callable[[], None]) -> None:
            self.tell, self.done = tell, done
            self.parked: Callable[[], bool] | None = None
            super().__init__(server, 0, None, _Client)

        def put_response(self, msg: Any) -> None:
            """Take a reply, or what is told to a subscriber without a request."""
            if not isinstance(msg, _Encoded):
                protocol = self._client_info.protocol_version
                msg = encoded(msg, protocol)
                if protocol == 3 and msg.startswith(b"*"):
                    msg = b">" + msg[1:]
            self.tell(bytes(msg))

        def _decode_result(self, result: Any) -> Any:
            if isinstance(result, NoResponse):
                return result
            return _Encoded(encoded(result, self._client_info.protocol_version))

        def _blocking(self, timeout: float | None, func: Any, shape: Any = None) -> Any:
            found = func(True)
            if found is not None or self._in_transaction:
                return found if shape is None else shape(found)
            due_s = time.monotonic() + timeout if timeout else None

            def look() -> bool:
                """Answer if there is something now, or nothing any more to wait for."""
                late = due_s is not None and time.monotonic() >= due_s
                result = None if late else func(False)
                if result is None and not late:
                    return False
                self.parked = None
                self.put_response(self._decode_result(result if shape is None else shape(result)))
                self.done()
                return True

            self.parked = look
            return NoResponse()

    return Connection, FakeServer


class _Client:
    """A fake socket asks the class of its client where it was defined, and nothing else."""

    __module__ = "redis"


class _Encoded(bytes):
    """A reply as it is sent."""


class Store:
    """One server's data, and the connections to it."""

    def __init__(self) -> None:
        self._connection, self._server_class = _load()
        self._open: list[Any] = []
        self._server: Any = None
        self.clear()

    def clear(self) -> None:
        """Begin with nothing: no key, no script. Connections made before are dead."""
        self._open.clear()
        self._server = self._server_class(version=VERSION)
        self._answers: list[bytes] = []
        self._suite = self.open(self._answers.append, _nothing)

    def open(self, tell: Callable[[bytes], None], done: Callable[[], None]) -> Any:
        """Return a new connection that hands its replies to `tell`.

        `done` is called when a command that had to wait has been answered.
        """
        made = self._connection(self._server, tell, done)
        self._open.append(made)
        return made

    def close(self, connection: Any) -> None:
        """Forget a connection, its subscriptions, watches and what it waits for."""
        if connection in self._open:
            self._open.remove(connection)
            connection.close()

    def run(self, connection: Any, fields: list[bytes]) -> None:
        """Run one command; its reply reaches `tell` now, or later if the command waits."""
        try:
            connection._process_command(fields)
        except MemoryError:
            connection.tell(resp.error("OOM command not allowed when used memory > 'maxmemory'."))
        except Exception as error:  # of fakeredis or of a script: a real server goes on as well
            connection.tell(resp.error(f"ERR {type(error).__name__}: {error}"[:500]))
        self.look_at_parked()

    def is_waiting(self, connection: Any) -> bool:
        """Whether its last command has not been answered yet."""
        return connection.parked is not None

    def look_at_parked(self) -> bool:
        """Answer what waited and need not wait any more; return whether something still waits."""
        waiting = [each for each in self._open if each.parked is not None]
        for each in waiting:
            with self._server.lock:
                each.parked()
        return any(each.parked is not None for each in waiting)

    def command(self, fields: list[bytes]) -> bytes:
        """Run a command of the suite's own; return the reply."""
        self._answers.clear()
        self.run(self._suite, fields)
        if self.is_waiting(self._suite):
            self._suite.parked = None
            return resp.reply(None, 2)
        return b"".join(self._answers)

    def restart(self, keep: bool) -> None:
        """Start anew, with the data or without; scripts are forgotten by every restart."""
        if not keep:
            self.clear()
        self._server.script_cache = {}

    def ended(self) -> None:
        """The data end with the process."""


def _nothing() -> None:
    """Need not be told."""
