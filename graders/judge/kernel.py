"""System calls that Python has no name for (Linux, through ctypes).

Each function does one call and raises OSError with the call's name. Knows no policy: what is
called in which order stands in sandbox.py and nursery.py. Imported on Linux only.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import time
from functools import cache

NEWNS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_NOSYMFOLLOW = 1, 2, 4, 32, 256
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_PR = {"pdeathsig": 1, "dumpable": 4, "capbset_drop": 24, "securebits": 28, "no_new_privs": 38,
       "seccomp": 22}
_CAPABILITY_HEADER = struct.pack("II", 0x20080522, 0)
# The new mount API and pidfd calls share numbers over all architectures; these two do not.
_NUMBERS = {"x86_64": {"pivot_root": 155, "keyctl": 250},
            "aarch64": {"pivot_root": 41, "keyctl": 219}}
_MACHINE = os.uname().machine if hasattr(os, "uname") else ""

_libc = ctypes.CDLL(None, use_errno=True)
for _name in ("capget", "capset", "mount", "prctl", "setfsgid", "setfsuid", "setns", "syscall",
              "umount2", "unshare"):
    getattr(_libc, _name)  # looked up once: in a forked process it costs 50 page faults a name
_Sets = ctypes.c_char * 24  # kept, or ctypes makes the type anew at each use


def _check(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def _long(value: int | bytes | None) -> object:
    return ctypes.c_long(value) if isinstance(value, int) else value


def syscall(number: int, *arguments: int | bytes | None, what: str) -> int:
    """Make a raw system call; `what` names it in the error."""
    return _check(_libc.syscall(number, *map(_long, arguments)), what)


def prctl(option: str, value: int = 0, extra: int = 0) -> None:
    """Call prctl(2) with an option of _PR."""
    words = [ctypes.c_ulong(each) for each in (value, extra, 0, 0)]
    _check(_libc.prctl(_PR[option], *words), f"prctl {option}")


def die_with_parent(parent: int | None) -> None:
    """Ask for SIGKILL when the parent dies; exit now if it already has.

    To be repeated after every change of credentials, which clears the request. `parent` None:
    the parent is outside our pid namespace and getppid() says 0 (nothing to compare).
    """
    prctl("pdeathsig", signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(9)


def unshare(flags: int) -> None:
    """Leave namespaces. EINVAL beside a second thread."""
    _check(_libc.unshare(flags), "unshare")


def setns(descriptor: int, flags: int) -> None:
    """Join the namespaces `flags` of the process behind a pidfd."""
    _check(_libc.setns(descriptor, flags), "setns")


def write_file(path: str, text: str) -> None:
    """Write a /proc file in one call."""
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def map_self(uid: int, gid: int) -> None:
    """Map our own ids into the user namespace just made.

    The ids must have been read before unshare: unmapped, geteuid() answers 65534. Only one line
    naming one's own id may be written without privilege, and setgroups must be denied first.
    """
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"),
                       ("gid_map", f"{gid} {gid} 1")):
        write_file(f"/proc/self/{name}", text)


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    """Call mount(2)."""
    encoded = [None if each is None else each.encode() for each in (source, target, kind)]
    _check(_libc.mount(*encoded, ctypes.c_ulong(flags), data.encode()), f"mount {target}")


def umount(target: str, flags: int = 0) -> None:
    """Call umount2(2)."""
    _check(_libc.umount2(target.encode(), flags), f"umount {target}")


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root and stack the old root on `old`."""
    number = _NUMBERS[_MACHINE]["pivot_root"]
    syscall(number, new.encode(), old.encode(), what="pivot_root")


def clone_tree_read_only(path: str) -> int:
    """Return a descriptor of a detached, recursive, read-only copy of the mounts at `path`.

    open_tree and mount_setattr (Linux 5.12): a classic bind remount leaves submounts writable.
    A device keeps working (no NODEV for anything but a directory).
    """
    tree = syscall(428, -100, path.encode(), 0x80001 | 0x8000, what=f"open_tree {path}")
    flags = _ATTR_RDONLY | _ATTR_NOSUID | (_ATTR_NODEV if os.path.isdir(path) else 0)
    attributes = struct.pack("QQQQ", flags, 0, 0, 0)
    syscall(442, tree, b"", 0x1000 | 0x8000, attributes, 32, what=f"mount_setattr {path}")
    return tree


def attach_tree(tree: int, target: str) -> None:
    """Mount a tree of `clone_tree_read_only` at `target` and close its descriptor."""
    syscall(429, tree, b"", -100, target.encode(), 4, what=f"move_mount {target}")
    os.close(tree)


def new_session_keyring() -> None:
    """Leave the inherited session keyring."""
    syscall(_NUMBERS[_MACHINE]["keyctl"], 1, None, what="keyctl")


def drop_bounding_set() -> None:
    """Empty the bounding set and lock the secure bits, for this process and all it forks.

    What a process holds already it keeps: the bounding set counts at exec and when a
    capability is added.
    """
    for capability in range(64):
        try:
            prctl("capbset_drop", capability)
        except OSError:
            break  # past the last capability this kernel knows
    prctl("securebits", 0b101111)


def drop_capabilities() -> None:
    """Clear all capability sets."""
    _check(_libc.capset(_CAPABILITY_HEADER, bytes(24)), "capset")


def capabilities() -> bytes:
    """Return the raw effective, permitted and inheritable sets (24 bytes)."""
    state = _Sets()
    _check(_libc.capget(_CAPABILITY_HEADER, state), "capget")
    return state.raw


@cache
def prepare_filter(program: bytes) -> ctypes.Array[ctypes.c_char]:
    """Return a seccomp filter as the kernel wants it; a forked process finds it made."""
    buffer = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    held = ctypes.create_string_buffer(header)
    held.program = buffer  # type: ignore[attr-defined]  # lives as long as the header
    return held


def install_filter(program: bytes) -> None:
    """Install a seccomp filter for this process and all it starts. Needs no_new_privs."""
    prctl("seccomp", 2, ctypes.addressof(prepare_filter(program)))


def set_file_ids(uid: int, gid: int) -> None:
    """Set the ids that count for files only; they cannot fail visibly, so the next open tells."""
    _libc.setfsgid(gid)
    _libc.setfsuid(uid)


def cpu_clock(pid: int) -> float:
    """Return the CPU seconds of a process of our pid namespace by the kernel's clock.

    Still readable while the process is a zombie. Raises OSError once it has been reaped.
    """
    return time.clock_gettime((~pid) << 3 | 2)


def loopback_up() -> None:
    """Bring up `lo` in the network namespace we own."""
    import fcntl
    import socket

    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", 1 | 64))
