"""Why an installation failed, as far as an address is to blame: one line that names the setting.

Asked after a failure only, so a wrong guess here costs words and no installation.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from graders.mirrors import Address
from graders.words import say

SECONDS = 5  # for a connection, and for the first word of the answer


def blamed(addresses: Iterable[Address]) -> str:
    """Return the line on the first address that does not answer; empty where all do."""
    for address in addresses:
        why = _trouble(address.url)
        if why:
            return say(
                "noxfile.py: the package index {address} does not answer ({why}); change the "
                "setting: {setting}; or install from a folder of wheels: {offline}",
                address=public(address.url), why=why, setting=address.setting,
                offline="python3 noxfile.py --wheels DIR")
    return ""


def public(url: str) -> str:
    """Return an address without the user and password that it may hold."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _trouble(url: str) -> str:
    """Return what is wrong with an address, in the language; empty if anything answers there.

    A refusal (any HTTP status) is an answer, and so is a certificate that is not trusted: what
    the installer has to say about them is better.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return ""
    request = urllib.request.Request(public(url), headers={"User-Agent": "kata40"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):
            return ""
    except urllib.error.HTTPError:
        return ""
    except urllib.error.URLError as error:
        return _named(error.reason)
    except (OSError, http.client.HTTPException) as error:
        return _named(error)


def _named(reason: object) -> str:
    match reason:
        case ssl.SSLError():
            return ""
        case TimeoutError():
            return say("nothing came within {seconds} s", seconds=SECONDS)
        case socket.gaierror():
            return say("its name cannot be resolved")
        case ConnectionRefusedError():
            return say("the connection was refused")
    return str(reason) or type(reason).__name__
