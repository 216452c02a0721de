"""Which Dask scheduler may be used: its address, and how the way to it is protected.

Dask runs whatever it is sent, on the scheduler, on every worker and on whoever reads an answer:
its messages are pickles, and jobs carry hidden suites. So the way is this machine's own
(loopback) or TLS with certificates on both sides, as Dask's own configuration names them; plain
tcp to anywhere else has to be asked for by name. Owns no connection.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders.errors import GraderError
from graders.phrases import phrase

if TYPE_CHECKING:
    from distributed import Security

FORM = "tls://HOST:PORT"
# Nothing that two readers of addresses could read in two ways.
_ADDRESS = re.compile(r"(?P<scheme>tcp|tls)://(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)"
                      r":(?P<port>[0-9]{1,5})")
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Where the scheduler answers. `insecure`: plain tcp beyond this machine was asked for.

    `patience_s`: how long a run waits while no worker is there.
    """

    address: str
    insecure: bool = False
    patience_s: float = 120.0


def scheduler(address: str, insecure: bool) -> Scheduler:
    """Return the scheduler of an address. Raises GraderError for one that must not be used."""
    found = _ADDRESS.fullmatch(address)
    if not found or int(found["port"]) > _LAST_PORT:
        raise GraderError(phrase("{address}: is no scheduler's address; write it as {form}, or "
                                 "tcp://127.0.0.1:PORT on this machine", address=address[:200],
                                 form=FORM))
    if not insecure and not is_private(address):
        raise GraderError(phrase(
            "{address}: plain tcp beyond this machine: whoever is on the way could read hidden "
            "suites and run code here; use {form} (docs/scale.md), or say --insecure-scheduler "
            "in a network that is yours alone", address=address, form=FORM))
    return Scheduler(address, insecure)


def is_private(address: str) -> bool:
    """Whether nobody between here and there can read or speak: TLS, or this very machine.

    A name other than localhost is never taken for this machine: names can be made to lie.
    """
    found = _ADDRESS.fullmatch(address)
    if not found or found["scheme"] == "tls":
        return found is not None
    host = found["host"].strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def security(asked: Scheduler) -> Security:
    """Return the certificates of Dask's configuration. Raises GraderError without them.

    Also where `distributed` is not installed.
    """
    try:
        from distributed import Security
    except ImportError as error:
        raise GraderError(phrase(
            "{name}: is not installed; run: python3 noxfile.py -s scale -- grade …",
            name=error.name or "distributed")) from error
    found = Security()
    if not asked.address.startswith("tls:"):
        return found
    try:
        context = found.get_connection_args("client").get("ssl_context")
    except OSError as error:  # ssl.SSLError is one
        raise GraderError(phrase("{address}: the certificates that Dask's configuration names "
                                 "cannot be used ({error})", address=asked.address,
                                 error=error)) from error
    if context is None:
        raise GraderError(phrase(
            "{address}: no certificates; name ca-file, client.cert and client.key under "
            "distributed.comm.tls in Dask's configuration (docs/scale.md)", address=asked.address))
    return found
