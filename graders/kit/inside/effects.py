"""What of the learner's doings can be seen from outside: calls of offered objects, file changes.

`crash_after` and `snapshots` stand on this. File changes are seen by an audit hook *before* they
happen (opening for writing, rename, remove, truncate, mkdir, rmdir, link, symlink), calls that
push bytes into a file (`write`, `writelines`, `truncate`, `flush`, `close`, `os.write`) by a
profile function, also before. Not seen: writes from C code (`print(file=f)`, `pickle.dump`,
SQLite, mmap) and the closing of a file by `with`. Learner's code can switch the profile
function off: effects explain and fail a submission, they never earn points by themselves.
"""

from __future__ import annotations

import io
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Listener = Callable[[str], None]

_PATHS = {  # audit event: how many of its first arguments are paths
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.symlink": 2,
    "os.truncate": 1,
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILE_METHODS = frozenset({"write", "writelines", "truncate", "flush", "close"})
_FILES = (io.FileIO, io.BufferedWriter, io.BufferedRandom, io.TextIOWrapper)
_OS_WRITES = tuple(
    getattr(os, name) for name in ("write", "writev", "pwrite", "pwritev") if hasattr(os, name)
)

_listener: Listener | None = None
_root = ""
_device = -1
_hooked = False
_before: Any = None
_quiet = threading.local()


def set_listener(listener: Listener | None, root: str = "") -> None:
    """Call `listener(kind)` before each effect, kind "call" or "file"; None stops.

    Only file changes below `root` (absolute, no links in it) are looked at, none where it is "".
    What the listener raises leaves through the learner's call, and the effect does not happen.
    Pushed bytes are seen in the calling thread alone. A caller that uses `os.write` itself does
    so within `quiet()`.
    """
    global _listener, _root, _device, _hooked, _before
    if listener is None:
        if _listener is not None:
            sys.setprofile(_before)
        _listener = None
        return
    if not _hooked:  # an audit hook cannot be taken out again: it looks at _listener instead
        sys.addaudithook(_audit)
        _hooked = True
    if _listener is None:
        _before = sys.getprofile()
    _root = root
    _device = os.stat(root).st_dev if root else -1
    _listener = listener
    if root:
        sys.setprofile(_profile)


def effect(kind: str = "call") -> None:
    """Tell the listener, where there is one, that an effect is about to happen."""
    if _listener is None or getattr(_quiet, "on", False):
        return
    with quiet():
        _listener(kind)


@contextmanager
def quiet() -> Iterator[None]:
    """Let this thread change files without telling: the suite's own doings."""
    before = getattr(_quiet, "on", False)
    _quiet.on = True
    try:
        yield
    finally:
        _quiet.on = before


def _within(path: Any) -> bool:
    """Tell whether `path` (text, bytes, PathLike or a descriptor) is a file we look at."""
    if not _root:
        return False
    if isinstance(path, int):
        return _within_descriptor(path)
    try:
        text = os.path.normpath(os.path.join(os.getcwd(), os.fsdecode(path)))
    except (TypeError, OSError, ValueError):
        return False
    return text == _root or text.startswith(_root.rstrip(os.sep) + os.sep)


def _within_descriptor(number: int) -> bool:
    """Tell whether a descriptor is a named regular file on the watched device."""
    try:
        status = os.fstat(number)
    except OSError:
        return False
    named = number > 2 and stat.S_ISREG(status.st_mode) and status.st_nlink > 0
    return named and status.st_dev == _device


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _listener is None or getattr(_quiet, "on", False):
        return
    if event == "open":
        path, _, flags = arguments[:3]
        seen = bool(flags & _WRITING) and not isinstance(path, int) and _within(path)
    else:
        count = _PATHS.get(event, 0)
        seen = count > 0 and any(_within(path) for path in arguments[:count])
    if seen:
        effect("file")


def _profile(_frame: FrameType, event: str, called: Any) -> None:
    if event != "c_call" or _listener is None or getattr(_quiet, "on", False):
        return
    if called in _OS_WRITES:
        # The descriptor is an argument and not in sight: any raw write counts.
        effect("file")
        return
    if called.__name__ in _FILE_METHODS and isinstance(called.__self__, _FILES):
        file = called.__self__
        if not file.closed and _within(_name(file)):
            effect("file")


def _name(file: Any) -> Any:
    """Return what a file object was opened by: path or descriptor."""
    name = getattr(file, "name", None)
    return name if name is not None else -1
