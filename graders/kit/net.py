"""Sockets of a suite: loopback only, with a deadline and a cap on what is read."""

from __future__ import annotations

import socket
import struct
import time
from contextlib import suppress

from graders.kit import remote
from graders.phrases import phrase

_CHUNK = 1 << 16
_LOOK_S = 0.1  # how often a wait looks at the CPU that the learner's code uses meanwhile
_MANY_FILES = 4096  # in plain pytest a thousand clients and their server share one process


class _Patience:
    """How long a suite waits. Who kept it waiting twice has failed: the rest need not take long.

    Known-wrong submissions and mutants that do not answer would take minutes otherwise. A right
    one never meets this.
    """

    def __init__(self) -> None:
        self.lost = 0
        self._looks_at_s = 0.0

    def wait_s(self, timeout_s: float) -> float:
        """Return how long to wait where a suite would wait `timeout_s`."""
        return timeout_s if self.lost < 2 else min(timeout_s, 0.3)

    def over(self, text: str) -> TimeoutError:
        """Return the error that says so."""
        self.lost += 1
        return TimeoutError(text)

    def next_s(self, deadline: float) -> float:
        """Return for how long to wait now, at most until `deadline`; 0 or less once it is over."""
        self.look()
        return min(deadline - time.monotonic(), _LOOK_S)

    def look(self) -> None:
        """Under the judge, end the test of a server that works in the background for too long.

        No call is open then, so nobody else would look before the kernel's last limit.
        """
        now_s = time.monotonic()
        if now_s >= self._looks_at_s and (link := remote.current()) is not None:
            self._looks_at_s = now_s + _LOOK_S
            link.check_cpu()


_patience = _Patience()


class Client:
    """A connection to the learner's code. Usable in a `with` block.

    Every operation ends within `timeout_s` seconds or raises TimeoutError; more than `cap` bytes
    in all raise ConnectionError. Both fail the test, they never decide by measured time.
    """

    def __init__(self, connected: socket.socket, timeout_s: float, cap: int) -> None:
        self._timeout_s, self._left, self._cap = timeout_s, cap, cap
        self._ahead = bytearray()
        self._socket = connected

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send_all(self, data: bytes) -> None:
        """Send all of `data`."""
        _patience.look()
        self._socket.settimeout(_patience.wait_s(self._timeout_s))
        try:
            self._socket.sendall(data)
        except TimeoutError:
            raise _patience.over(
                phrase("the server took no data for {wall_s} s", wall_s=self._timeout_s)
            ) from None

    def send_some(self, data: bytes) -> int:
        """Send what there is room for now and return how much; 0 where the way is full."""
        self._socket.setblocking(False)
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0

    def end(self) -> None:
        """Say that nothing more will be sent; what the server sends can still be received."""
        self._socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Close the connection as a client does that breaks down: the server meets an error."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def recv(self, n: int = _CHUNK) -> bytes:
        """Return at least one and at most `n` bytes; b"" where the server has closed."""
        if not self._ahead:
            self._fill(self._deadline())
        return self._take(n)

    def recv_exact(self, n: int) -> bytes:
        """Return exactly `n` bytes; EOFError where the server closes before."""
        deadline = self._deadline()
        while len(self._ahead) < n:
            if not self._fill(deadline):
                raise EOFError(
                    phrase(
                        "the server closed after {count} of {n} bytes",
                        count=len(self._ahead),
                        n=n,
                    )
                )
        return self._take(n)

    def recv_line(self) -> bytes:
        """Return bytes up to and with the next LF; what is left where the server closes."""
        deadline = self._deadline()
        looked = 0
        while (end := self._ahead.find(b"\n", looked)) < 0:
            looked = len(self._ahead)
            if not self._fill(deadline):
                return self._take(looked)
        return self._take(end + 1)

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._socket.close()

    def _deadline(self) -> float:
        return time.monotonic() + _patience.wait_s(self._timeout_s)

    def _take(self, n: int) -> bytes:
        taken = bytes(self._ahead[:n])
        del self._ahead[:n]
        return taken

    def _fill(self, deadline: float) -> bool:
        """Read what is there; False where the server has closed."""
        data: bytes | None = None
        while data is None:
            if (wait_s := _patience.next_s(deadline)) <= 0:
                raise _patience.over(phrase("no answer within {wall_s} s", wall_s=self._timeout_s))
            self._socket.settimeout(wait_s)
            with suppress(TimeoutError):
                data = self._socket.recv(_CHUNK)
        self._left -= len(data)
        if self._left < 0:
            raise ConnectionError(
                phrase("the server sent more than {most} bytes", most=self._cap)
            )
        self._ahead += data
        return bool(data)


class Listener:
    """A port of the suite's to which the learner's code connects. Usable in a `with` block."""

    def __init__(self, timeout_s: float, cap: int) -> None:
        self._timeout_s, self._cap = timeout_s, cap
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self._socket.getsockname()[1]

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def accept(self) -> Client:
        """Return the next connection; TimeoutError where nobody comes."""
        deadline = time.monotonic() + _patience.wait_s(self._timeout_s)
        while (wait_s := _patience.next_s(deadline)) > 0:
            self._socket.settimeout(wait_s)
            with suppress(TimeoutError):
                return Client(self._socket.accept()[0], self._timeout_s, self._cap)
        raise _patience.over(phrase("nobody connected within {wall_s} s", wall_s=self._timeout_s))

    def accept_now(self) -> Client | None:
        """Return a connection that has come already; None where there is none."""
        self._socket.setblocking(False)
        try:
            return Client(self._socket.accept()[0], self._timeout_s, self._cap)
        except BlockingIOError:
            return None

    def close(self) -> None:
        """Refuse whoever comes from now on; a second time does nothing."""
        self._socket.close()


def listener(timeout_s: float = 2.0, cap: int = 1 << 20) -> Listener:
    """Listen on a free port of 127.0.0.1, told by `.port`.

    `timeout_s` bounds each wait, here and on the connections, `cap` the bytes read from each.
    """
    if timeout_s <= 0 or cap <= 0:
        raise ValueError("listener: timeout_s and cap are above 0")
    _allow_many_files()
    return Listener(timeout_s, cap)


def client(port: int, timeout_s: float = 2.0, cap: int = 1 << 20) -> Client:
    """Connect to `port` on 127.0.0.1; ConnectionRefusedError where nobody listens.

    `timeout_s` bounds each operation, `cap` the bytes read in all.
    """
    if not isinstance(port, int) or not 0 < port < 65536:
        raise ValueError(f"client: port is {port!r}; it is from 1 to 65535")
    if timeout_s <= 0 or cap <= 0:
        raise ValueError("client: timeout_s and cap are above 0")
    _allow_many_files()
    connected = socket.create_connection(("127.0.0.1", port), timeout=timeout_s)
    return Client(connected, timeout_s, cap)


def _allow_many_files() -> None:
    """Raise this process's own limit, which often is 256 or 1,024, as far as it may."""
    with suppress(ImportError, OSError, ValueError):  # no such module on Windows, nor the limit
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _MANY_FILES if hard == resource.RLIM_INFINITY else min(_MANY_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody listens on right now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
