"""Sockets of a suite: loopback only, with a deadline and a cap on what is read."""

from __future__ import annotations

import socket
import time

from graders.phrases import phrase

_CHUNK = 1 << 16


class Client:
    """A connection to the learner's server. Usable in a `with` block.

    Every operation ends within `timeout_s` seconds or raises TimeoutError; more than `cap` bytes
    in all raise ConnectionError. Both fail the test, they never decide by measured time.
    """

    def __init__(self, port: int, timeout_s: float, cap: int) -> None:
        self._timeout_s, self._left, self._cap = timeout_s, cap, cap
        self._ahead = b""
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout_s)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send_all(self, data: bytes) -> None:
        """Send all of `data`."""
        self._socket.settimeout(self._timeout_s)
        self._socket.sendall(data)

    def recv(self, n: int = _CHUNK) -> bytes:
        """Return at least one and at most `n` bytes; b"" where the server has closed."""
        if not self._ahead:
            self._fill(time.monotonic() + self._timeout_s)
        return self._take(n)

    def recv_exact(self, n: int) -> bytes:
        """Return exactly `n` bytes; EOFError where the server closes before."""
        deadline = time.monotonic() + self._timeout_s
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
        deadline = time.monotonic() + self._timeout_s
        looked = 0
        while (end := self._ahead.find(b"\n", looked)) < 0:
            looked = len(self._ahead)
            if not self._fill(deadline):
                return self._take(looked)
        return self._take(end + 1)

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._socket.close()

    def _take(self, n: int) -> bytes:
        taken, self._ahead = self._ahead[:n], self._ahead[n:]
        return taken

    def _fill(self, deadline: float) -> bool:
        """Read what is there; False where the server has closed."""
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise TimeoutError(
                phrase("no answer within {wall_s} s", wall_s=self._timeout_s)
            )
        self._socket.settimeout(left_s)
        try:
            data = self._socket.recv(_CHUNK)
        except TimeoutError:
            raise TimeoutError(
                phrase("no answer within {wall_s} s", wall_s=self._timeout_s)
            ) from None
        self._left -= len(data)
        if self._left < 0:
            raise ConnectionError(
                phrase("the server sent more than {most} bytes", most=self._cap)
            )
        self._ahead += data
        return bool(data)


def client(port: int, timeout_s: float = 2.0, cap: int = 1 << 20) -> Client:
    """Connect to `port` on 127.0.0.1; ConnectionRefusedError where nobody listens.

    `timeout_s` bounds each operation, `cap` the bytes read in all.
    """
    if not isinstance(port, int) or not 0 < port < 65536:
        raise ValueError(f"client: port is {port!r}; it is from 1 to 65535")
    if timeout_s <= 0 or cap <= 0:
        raise ValueError("client: timeout_s and cap are above 0")
    return Client(port, timeout_s, cap)


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody listens on right now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
