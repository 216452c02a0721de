"""Lanes: where the services of a kata come from, and what a run leaves in real servers.

embedded         the servers of this package, one process each
real             a Redis, a RabbitMQ and a MariaDB of this machine, or those that KATA_*_URL name
real-postgresql  the same with PostgreSQL in MariaDB's place

A run marks what it makes in a real server with its own name: host, process, that process's time of
birth, and a number, since one process may have several runs at once. What bears the name of a run
whose process is gone is swept by the next run, so that nothing stays behind a crash for long. Runs
on other hosts are left alone.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import socket
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

LANES = ("embedded", "real", "real-postgresql")
_SERVERS = {  # what a URL's scheme is: kind of service, variable, default, port
    "redis": ("redis", "KATA_REDIS_URL", "redis://127.0.0.1:6379", 6379),
    "amqp": ("amqp", "KATA_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672", 5672),
    "mysql": ("sql", "KATA_MYSQL_URL", "mysql://root@127.0.0.1:3306", 3306),
    "postgresql": ("sql", "KATA_POSTGRES_URL",
                   "postgresql://postgres@127.0.0.1:5432/postgres", 5432),
}
_IN_LANE = {"real": ("redis", "amqp", "mysql"),
            "real-postgresql": ("redis", "amqp", "postgresql")}
_KNOCK_S = 2.0
_NAME = re.compile(r"kata40_([0-9a-f]{8})_(\d+)_(\d+)")
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Lane:
    """One run's lane: its name, the run's mark, and (kind, URL) of each server that answers."""

    name: str = "embedded"
    run: str = ""
    servers: tuple[tuple[str, str], ...] = ()

    @property
    def is_real(self) -> bool:
        """Whether services are servers that others use as well."""
        return self.name != "embedded"

    def url(self, kind: str) -> str:
        """Return the server's URL; empty in the embedded lane."""
        return dict(self.servers).get(kind, "")


def find(name: str) -> Lane:
    """Return the lane of that name, with the servers that answer now. Raises ValueError."""
    if name not in LANES:
        raise ValueError(f"no lane is called {name!r}; there are {', '.join(LANES)}")
    if name == "embedded":
        return Lane()
    found = [(_SERVERS[scheme][0], url_of(scheme)) for scheme in _IN_LANE[name] if answers(scheme)]
    return Lane(name, run_name(), tuple(found))


def proving(kinds: tuple[str, ...]) -> list[str]:
    """Return the real lanes in which services of these kinds answer now, all of them.

    A lane that has the same servers for them as one before it would prove nothing more.
    """
    found: dict[tuple[str, ...], str] = {}
    for name, schemes in _IN_LANE.items():
        mine = tuple(each for each in schemes if _SERVERS[each][0] in kinds)
        if mine and mine not in found and all(map(answers, mine)):
            found[mine] = name
    return list(found.values())


def url_of(scheme: str) -> str:
    """Return where the server of this scheme is looked for."""
    _, variable, default, _ = _SERVERS[scheme]
    return os.environ.get(variable) or default


def advice(lane: str, kind: str) -> str:
    """Return where a kind of service was looked for in vain, and the variable that names it."""
    for scheme in _IN_LANE.get(lane, ()):
        if _SERVERS[scheme][0] == kind:
            return f"{host_and_port(url_of(scheme))}, {_SERVERS[scheme][1]}"
    return kind


def answers(scheme: str) -> bool:
    """Whether somebody listens there."""
    host, _, port = host_and_port(url_of(scheme)).rpartition(":")
    try:
        socket.create_connection((host, int(port)), _KNOCK_S).close()
    except OSError:
        return False
    return True


def host_and_port(url: str) -> str:
    """Return "host:port" of a server's URL, without the account in it."""
    parts = urlsplit(url)
    default = _SERVERS.get(parts.scheme, ("", "", "", 0))[3]
    return f"{parts.hostname or '127.0.0.1'}:{parts.port or default}"


def run_name() -> str:
    """Return a new run's mark for what it makes in a server."""
    return f"kata40_{_host()}_{os.getpid()}_{_born(os.getpid())}_{next(_numbers)}"


def is_dead(mark: str) -> bool:
    """Whether a name bears the mark of a run of this host whose process is gone."""
    found = _NAME.match(mark)
    if found is None or found[1] != _host():
        return False
    return _born(int(found[2])) != int(found[3])


def _host() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _born(pid: int) -> int:
    """Return when a process was born, in units of its own; -1 where there is none."""
    if sys.platform == "linux":
        try:
            with open(f"/proc/{pid}/stat") as line:
                return int(line.read().rpartition(")")[2].split()[19])
        except (OSError, ValueError, IndexError):
            return -1
    import psutil

    try:
        return int(psutil.Process(pid).create_time() * 1000)
    except psutil.Error:
        return -1
