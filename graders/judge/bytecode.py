"""Compiled modules in the store: what Python and pytest keep there, believed only under a seal.

    bytecode/<name>/seal.json        {"files": {"<path of the source>.pyc": sha256}}
    bytecode/<name>/<path of the source>.pyc

Python looks at a source's time and size alone. A changed byte in a compiled suite would be another
expected value, and one in a compiled part of pytest would end every engine from then on.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from graders.judge import store

_SEAL = "seal.json"
_sealed: dict[str, str] = {}  # what `use` found to be whole
_loaded = 0  # modules in this process when it last sealed: what is compiled is loaded, too


def use(folder: Path) -> None:
    """Keep compiled modules in `folder` from now on; drop first what its seal does not name.

    Where that cannot be done nothing is read from there, and nothing written.
    """
    global _loaded
    _sealed.clear()
    _loaded = 0
    sys.pycache_prefix = str(folder)
    known = (store.read(folder / _SEAL) or {}).get("files")
    try:
        for name, path in _files(folder):
            digest = _digest(path)
            if isinstance(known, dict) and known.get(name) == digest:
                _sealed[name] = digest
            else:
                os.unlink(path)
    except OSError:
        sys.dont_write_bytecode = True
        sys.pycache_prefix = str(folder / "unusable")


def seal() -> None:
    """Seal what was compiled since `use`; nothing is done where nothing was."""
    global _loaded
    if sys.dont_write_bytecode or not sys.pycache_prefix or len(sys.modules) == _loaded:
        return
    folder = Path(sys.pycache_prefix)
    try:
        found = dict(_files(folder))
        if found.keys() != _sealed.keys():
            files = {name: _sealed.get(name) or _digest(path) for name, path in found.items()}
            store.write(folder / _SEAL, {"files": files})
            _sealed.clear()
            _sealed.update(files)
        _loaded = len(sys.modules)
    except OSError:
        return  # another run drops the folder; unsealed it is not believed


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (name below the folder, path) of each compiled module."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if not name.startswith(_SEAL):
                yield os.path.relpath(path, folder), path


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
