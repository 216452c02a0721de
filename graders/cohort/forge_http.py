"""Patience over HTTP, for the clients that have none of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests

_TRIES = 5
_SLOWER = (429, 503)  # nothing was done: it may be asked again, a POST too


def patient(session: requests.Session) -> requests.Session:
    """Let a session wait and ask again when it is told to, at most five times; return it."""
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    retry = Retry(total=_TRIES, status_forcelist=_SLOWER, allowed_methods=None, backoff_factor=1,
                  respect_retry_after_header=True)
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session
