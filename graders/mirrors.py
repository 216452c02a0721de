"""Where packages come from: what pip is set to, told to uv too; a folder of wheels before both.

    pip.conf, PIP_…  ──pip config list──►  Source  ──►  PIP_… and UV_… for the installer
    --wheels DIR, KATA_WHEELS  ─────────────┘          and the addresses it will ask, for reach.py

uv reads no setting of pip, so each one is translated, unless uv has an index of its own (its
variables or a uv.toml). Used before anything is installed: the standard library must do.
"""

from __future__ import annotations

import ast
import math
import os
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WHEELS = "KATA_WHEELS"
PYPI = "https://pypi.org/simple"
# An index that says nothing ends an installation after two of these; both tools wait minutes.
TIMEOUT_S, RETRIES = 10, 1
_ALIASES = {"pypi-url": "index-url", "default-timeout": "timeout"}
_INDEX = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX",
          "find-links": "UV_FIND_LINKS"}
_OTHER = {"trusted-host": "UV_INSECURE_HOST", "cert": "SSL_CERT_FILE",
          "client-cert": "SSL_CLIENT_CERT", "proxy": "ALL_PROXY", "timeout": "UV_HTTP_TIMEOUT",
          "retries": "UV_HTTP_RETRIES"}
_UV_OWN = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
_UV_KEYS = ("index", "index-url", "extra-index-url", "find-links", "no-index")


@dataclass(frozen=True)
class Setting:
    """One setting of pip, as pip merges it; `origin` is the section that has the last word."""

    value: str
    origin: str

    def named(self, key: str) -> str:
        """Return how to change it: its variable, or the command that writes the file."""
        if self.origin == ":env:":
            return variable(key)
        return f"pip config set {self.origin}.{key} ADDRESS"


@dataclass(frozen=True)
class Address:
    """A place that the installer asks for packages, and what names it."""

    url: str
    setting: str


@dataclass(frozen=True)
class Source:
    """What an installer is to be given, and what it will ask; None in `variables` unsets one."""

    arguments: tuple[str, ...]
    variables: dict[str, str | None]
    addresses: tuple[Address, ...]


def source(environment: Mapping[str, str], pip: Sequence[str], root: Path, uv: bool) -> Source:
    """Return where packages come from; `pip` is the command of the learner's pip.

    `uv` says whether the installer will be uv: it tells whose addresses are asked.
    """
    if environment.get(WHEELS):
        return _folder(Path(environment[WHEELS]))
    settings = of_pip(pip) | of_variables(environment)
    own = list(_uv_addresses(environment, root))
    variables: dict[str, str | None] = dict(_for_pip(settings, environment))
    variables |= _for_uv(settings, environment, own=bool(own))
    offline = settings.get("no-index", Setting("", "")).value.lower() in ("1", "true", "yes", "on")
    if uv and own:
        return Source((), variables, tuple(each for each in own if each.url))
    return Source(("--no-index",) if offline else (), variables,
                  () if offline else tuple(_pip_addresses(settings)))


def _folder(wheels: Path) -> Source:
    """Ask nothing but a folder. As an address, because pip splits settings at spaces."""
    address = wheels.absolute().as_uri()
    return Source(("--no-index",), {
        "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": address, "UV_FIND_LINKS": address,
        "UV_OFFLINE": "1", "UV_NO_CONFIG": "1", "UV_CONFIG_FILE": None}, ())


def of_pip(pip: Sequence[str]) -> dict[str, Setting]:
    """Ask pip what it is set to by files and variables; nothing where it cannot be asked."""
    if not pip:
        return {}
    try:
        done = subprocess.run([*pip, "config", "list"], capture_output=True, text=True,
                              encoding="utf-8", errors="replace", timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    return read(done.stdout)


def of_variables(environment: Mapping[str, str]) -> dict[str, Setting]:
    """Read pip's variables, which hold as well where there is no pip to ask (`uvx nox`)."""
    known = {"no-index", *_INDEX, *_OTHER, *_ALIASES}
    found = {key: environment.get(variable(key), "").strip() for key in known}
    return {_ALIASES.get(key, key): Setting(value, ":env:") for key, value in found.items()
            if value}


def variable(key: str) -> str:
    """Return the environment variable of one of pip's settings."""
    return f"PIP_{key.replace('-', '_').upper()}"


def read(listing: str) -> dict[str, Setting]:
    """Read what `pip config list` prints, `section.key='value'` a line, later sections winning."""
    held: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        name, equals, shown = line.partition("=")
        section, _, key = name.rpartition(".")
        if equals and section in held:
            try:
                value = ast.literal_eval(shown)
            except (ValueError, SyntaxError):
                continue  # not one of pip's lines
            held[section][_ALIASES.get(key, key)] = str(value).strip()
    return {key: Setting(value, section) for section, pairs in held.items()
            for key, value in pairs.items() if value}  # pip too takes an empty one for unset


def _for_pip(settings: Mapping[str, Setting], environment: Mapping[str, str]) -> dict[str, str]:
    """Return what another environment's pip does not know: it has no share in a site's file."""
    given = {variable(key): setting.value
             for key, setting in settings.items()
             if key in {*_INDEX, *_OTHER, "no-index"} and setting.origin != ":env:"}
    given |= {} if "timeout" in settings else {"PIP_TIMEOUT": str(TIMEOUT_S)}
    given |= {} if "retries" in settings else {"PIP_RETRIES": str(RETRIES)}
    return {name: value for name, value in given.items() if not environment.get(name)}


def _for_uv(settings: Mapping[str, Setting], environment: Mapping[str, str],
            own: bool) -> dict[str, str]:
    """Return the variables of uv that say the same; those that are set already stay."""
    given = {"UV_HTTP_TIMEOUT": str(TIMEOUT_S), "UV_HTTP_RETRIES": str(RETRIES)}
    for key, name in (_OTHER if own else {**_INDEX, **_OTHER}).items():
        if key in settings:
            given[name] = _worded(key, settings[key].value)
    if "UV_INDEX" in given:
        given["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # all indexes are equal, as for pip
    if any(environment.get(name) for name in ("ALL_PROXY", "HTTPS_PROXY", "https_proxy")):
        given.pop("ALL_PROXY", None)
    return {name: value for name, value in given.items() if not environment.get(name)}


def _worded(key: str, value: str) -> str:
    match key:
        case "find-links":  # uv takes commas for pip's spaces, and no ~
            return ",".join(each if "://" in each else
                            Path(os.path.expanduser(each)).absolute().as_uri()
                            for each in value.split())
        case "timeout":
            try:
                return str(math.ceil(float(value)))
            except ValueError:
                return str(TIMEOUT_S)
        case "proxy":
            return value if "://" in value else f"http://{value}"
        case "extra-index-url" | "trusted-host":
            return " ".join(value.split())
    return value


def _pip_addresses(settings: Mapping[str, Setting]) -> Iterator[Address]:
    for key in _INDEX:
        unset = Setting(PYPI if key == "index-url" else "", "global")
        setting = settings.get(key, unset)
        for url in setting.value.split():
            yield Address(url, setting.named(key))


def _uv_addresses(environment: Mapping[str, str], root: Path) -> Iterator[Address]:
    """Yield the addresses that uv is set to itself; one without url where it is set otherwise."""
    for name in _UV_OWN:
        for word in environment.get(name, "").replace(",", " ").split():
            label, equals, url = word.partition("=")
            yield Address(url if equals and "/" not in label else word, name)
    for path in _uv_files(environment, root):
        try:
            held = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # not there; or faulty, which uv itself will say
        for table in (held, held.get("pip", {})):
            for key in _UV_KEYS:
                if isinstance(table, dict) and key in table:
                    yield from (Address(url, str(path)) for url in [*_urls(table[key]), ""])


def _urls(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        url = each.get("url") if isinstance(each, dict) else each
        if isinstance(url, str):
            yield url


def _uv_files(environment: Mapping[str, str], root: Path) -> list[Path]:
    """Return where uv looks for its settings: docs.astral.sh/uv/concepts/configuration-files."""
    if environment.get("UV_NO_CONFIG"):
        return []
    if environment.get("UV_CONFIG_FILE"):
        return [Path(environment["UV_CONFIG_FILE"])]
    homes = [environment.get("APPDATA"), environment.get("PROGRAMDATA")] if os.name == "nt" else [
        environment.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config"),
        *(environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":"), "/etc"]
    return [root / "uv.toml", *(Path(home) / "uv/uv.toml" for home in homes if home)]
