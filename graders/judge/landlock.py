"""Landlock: a list of what a process may still open, kept by the kernel (Linux 5.13 and later).

It needs no namespace and no privilege, only no_new_privs, so it holds where user namespaces are
forbidden and in the subprocess engine. What a worker may touch is the same list in every engine:
read the binds of sandbox.py, write its box. From ABI 4 no TCP where the kata declares no network,
from ABI 6 no signal to, and no abstract socket of, a process outside. Not held back here: UDP,
unix sockets with a path, file metadata (stat, chmod of one's own files), descriptors already open.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from graders.judge import kernel

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # one number on every architecture
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE = 1 << 14
_READ = _READ_FILE | _READ_DIR
_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE  # what a rule on a file may grant
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # ABI: how many rights it knows; 16 from ABI 5
_TCP = 3  # bind, connect
_HIGH = 256  # a worker closes what it inherits below
_SCOPED = 3  # abstract unix sockets, signals


@cache
def abi() -> int:
    """Return the version that this kernel has. Raises OSError where it has none."""
    return kernel.syscall(_CREATE, None, 0, 1, what="landlock")


class Ruleset:
    """What a worker may touch. Made once in Init, entered by each worker that is forked there."""

    def __init__(self, readable: Sequence[str], folders: Sequence[str] = (), *, network: bool,
                 execute: bool) -> None:
        """A path that this user cannot reach is left out: what is not listed is refused.

        Devices among `readable` may be written as well; of `folders` and what is below them only
        the names are shown (Python looks for a module by them).
        """
        self._readable, self._folders, self._network = readable, folders, network
        self._all = (1 << _FILE_RIGHTS.get(abi(), 16)) - 1
        self._read = _READ | (_EXECUTE if execute else 0)
        self._descriptor = self._make()

    def enter(self, writable: str) -> None:
        """Give up every file outside, for this process and all it starts. Needs no_new_privs."""
        if self._descriptor < _HIGH:
            self._descriptor = self._make()  # the one of Init was closed with the rest
        self._allow(writable, self._all)
        kernel.syscall(_RESTRICT, self._descriptor, 0, what="landlock restrict")
        os.close(self._descriptor)

    def _make(self) -> int:
        """Return a ruleset without the box, where a worker closes nothing if we may go there."""
        import fcntl

        attributes = struct.pack("Q", self._all)
        if abi() >= 4:
            attributes += struct.pack("Q", 0 if self._network else _TCP)
        if abi() >= 6:
            attributes += struct.pack("Q", _SCOPED)
        made = kernel.syscall(_CREATE, attributes, len(attributes), 0, what="landlock ruleset")
        self._descriptor = made
        for path in self._readable:
            with suppress(FileNotFoundError, PermissionError, NotADirectoryError):
                self._allow(path, self._read)
        for path in self._folders:
            self._allow(path, _READ_DIR)
        try:
            high = fcntl.fcntl(made, fcntl.F_DUPFD_CLOEXEC, _HIGH)
        except OSError:  # so few descriptors are allowed here
            return made
        os.close(made)
        return high

    def _allow(self, path: str, rights: int) -> None:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        if rights != self._all:
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISCHR(mode):
                rights |= _WRITE_FILE | _TRUNCATE
            if not stat.S_ISDIR(mode):
                rights &= _FILE
        rule = struct.pack("=Qi", rights & self._all, descriptor)
        kernel.syscall(_ADD, self._descriptor, _PATH_BENEATH, rule, 0, what="landlock rule")
        os.close(descriptor)


@cache
def prepare(readable: tuple[str, ...], folders: tuple[str, ...], network: bool,
            execute: bool) -> Ruleset:
    """Return the ruleset for these; a forked process finds it made."""
    return Ruleset(readable, folders, network=network, execute=execute)
