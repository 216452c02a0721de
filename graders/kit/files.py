"""The suite's hands in the work directory: regular files only, no links followed, sizes capped.

The folder is the learner's to fill, so nothing in it is trusted: each path component is opened
without following links, files without blocking (a FIFO would hang the suite), and what is no
regular file is refused. Paths are absolute or relative to the work directory; any other is a
ValueError. Where the platform has no directory descriptors (Windows) components are checked one
by one instead, which a second process could race; that is plain pytest only.
"""

from __future__ import annotations

import builtins
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import PurePath

from graders.kit import remote
from graders.kit.inside.effects import quiet
from graders.phrases import phrase

SIZE_CAP = 64 << 20  # bytes of one file: the judge's own memory holds what is read
MOST_ENTRIES = 5000  # in one snapshot
DEEPEST = 32
_DIR_FD = os.open in os.supports_dir_fd and os.mkdir in os.supports_dir_fd
_BASE = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_FOLDER = _BASE | getattr(os, "O_DIRECTORY", 0)

Path = str | os.PathLike[str]

_root: builtins.list[str] = []


def set_root(folder: str | None) -> None:
    """Name the work directory of plain pytest; None where there is none. For the fixture."""
    _root[:] = [] if folder is None else [folder]


def root() -> str:
    """Return the work directory as the learner sees it; ValueError without the fixture."""
    link = remote.current()
    if link is not None:
        return link.workdir()[0]
    if not _root:
        raise ValueError("files: there is no work directory; the test needs the `workdir` fixture")
    return _root[0]


def read(path: Path) -> bytes:
    """Return the bytes of a file; OSError where it is missing or no regular file."""
    with _opened(path, os.O_RDONLY) as number:
        chunks, left = [], SIZE_CAP + 1
        while left and (chunk := os.read(number, min(left, 1 << 20))):
            chunks.append(chunk)
            left -= len(chunk)
        if not left:
            why = phrase("larger than {size} MiB", size=SIZE_CAP >> 20)
            raise OSError(errno.EFBIG, why, os.fspath(path))
        return b"".join(chunks)


def write(path: Path, data: bytes) -> None:
    """Make or replace a file. Its folder must be there."""
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"files.write: data is bytes, not {type(data).__name__}")
    if len(data) > SIZE_CAP:
        raise ValueError(f"files.write: at most {SIZE_CAP >> 20} MiB")
    with _opened(path, os.O_RDWR | os.O_CREAT) as number:
        os.ftruncate(number, 0)
        _put(number, bytes(data))


def truncate(path: Path, size: int) -> None:
    """Cut a file to `size` bytes, or lengthen it with zero bytes."""
    if not isinstance(size, int) or not 0 <= size <= SIZE_CAP:
        raise ValueError(f"files.truncate: size is {size!r}; it is from 0 to {SIZE_CAP} bytes")
    with _opened(path, os.O_RDWR) as number:
        os.ftruncate(number, size)


def flip(path: Path, offset: int, bit: int = 0) -> None:
    """Turn one bit (0 the lowest) of the byte at `offset` over; below 0 counts from the end."""
    if not isinstance(bit, int) or not 0 <= bit <= 7:
        raise ValueError(f"files.flip: bit is {bit!r}; it is from 0 to 7")
    with _opened(path, os.O_RDWR) as number:
        length = os.fstat(number).st_size
        place = offset + length if offset < 0 else offset
        if not 0 <= place < length:
            raise ValueError(f"files.flip: offset {offset} in a file of {length} bytes")
        os.lseek(number, place, os.SEEK_SET)
        byte = os.read(number, 1)[0]
        os.lseek(number, place, os.SEEK_SET)
        os.write(number, bytes([byte ^ 1 << bit]))


def list(path: Path = "") -> builtins.list[str]:
    """Return the names in a folder, sorted; an empty folder gives an empty list."""
    with quiet(), _folder(_parts(path)) as folder:
        return sorted(os.listdir(folder))


def mkdir(path: Path) -> None:
    """Make a folder; FileExistsError where something is there."""
    parts = _parts(path)
    if not parts:
        raise FileExistsError(errno.EEXIST, phrase("the work directory itself"), os.fspath(path))
    with quiet(), _folder(parts[:-1]) as folder:
        if isinstance(folder, int):
            os.mkdir(parts[-1], dir_fd=folder)
        else:
            os.mkdir(os.path.join(folder, parts[-1]))


def size(path: Path) -> int:
    """Return the length of a file in bytes."""
    with _opened(path, os.O_RDONLY) as number:
        return os.fstat(number).st_size


def contents(path: Path = "") -> dict[str, bytes]:
    """Return every regular file below a folder by its relative name (with "/"). For snapshots.

    Raises OSError for more than MOST_ENTRIES names, or folders deeper than DEEPEST.
    """
    found: dict[str, bytes] = {}
    pending, entries = [""], 0
    base = PurePath(*_parts(path))
    while pending:
        inner = pending.pop()
        names = list(base / inner)
        entries += len(names)
        if entries > MOST_ENTRIES or inner.count("/") > DEEPEST:
            why = phrase("too many names, or folders too deep")
            raise OSError(errno.EFBIG, why, os.fspath(path))
        for name in names:
            relative = f"{inner}/{name}" if inner else name
            kind = _kind(base / relative)
            if stat.S_ISDIR(kind):
                pending.append(relative)
            elif stat.S_ISREG(kind):
                found[relative] = read(base / relative)
    return found


def _kind(path: PurePath) -> int:
    """Return the mode of what stands at `path`, a link's own; 0 where it has gone."""
    *before, name = path.parts
    try:
        with _folder(tuple(before)) as folder:
            if isinstance(folder, int):
                return os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
            return os.lstat(os.path.join(folder, name)).st_mode
    except FileNotFoundError:
        return 0


def _parts(path: Path) -> tuple[str, ...]:
    """Return the components below the work directory; ValueError for a path outside it."""
    home = root()
    pure = PurePath(os.fspath(path))
    if pure.is_absolute():
        if not pure.is_relative_to(home):
            raise ValueError(f"files: {pure} is outside the work directory {home}")
        pure = pure.relative_to(home)
    if ".." in pure.parts:
        raise ValueError(f"files: {pure} contains '..'")
    return pure.parts


@contextmanager
def _folder(parts: tuple[str, ...]) -> Iterator[int | str]:
    """Give the folder at `parts`, acting as the owner of the files while it is in use."""
    link = remote.current()
    with link.as_owner() if link is not None else nullcontext(), _walked(parts) as folder:
        yield folder


@contextmanager
def _walked(parts: tuple[str, ...]) -> Iterator[int | str]:
    """Give the folder as a descriptor, as a path where the platform has none."""
    if not _DIR_FD:
        yield _checked_path(parts)
        return
    link = remote.current()
    number = os.dup(link.workdir()[1]) if link is not None else os.open(root(), _FOLDER)
    try:
        for index, name in enumerate(parts):
            try:
                inner = os.open(name, os.O_RDONLY | _FOLDER, dir_fd=number)
            except OSError as error:
                raise _plainly(error, "/".join(parts[: index + 1])) from None
            os.close(number)
            number = inner
        yield number
    finally:
        os.close(number)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    """Give a descriptor of the regular file at `path`."""
    parts = _parts(path)
    shown = os.fspath(path)
    if not parts:
        raise IsADirectoryError(errno.EISDIR, phrase("the work directory itself"), shown)
    with quiet(), _folder(parts[:-1]) as folder:
        try:
            if isinstance(folder, int):
                number = os.open(parts[-1], flags | _BASE, 0o666, dir_fd=folder)
            else:
                number = os.open(_checked_path(parts), flags | _BASE, 0o666)
        except OSError as error:
            raise _plainly(error, shown) from None
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise OSError(errno.EINVAL, phrase("not a regular file"), shown)
            yield number
        finally:
            os.close(number)


def _checked_path(parts: tuple[str, ...]) -> str:
    """Return the path of components none of which is a link."""
    path = root()
    for name in parts:
        path = os.path.join(path, name)
        if os.path.islink(path):
            raise OSError(errno.ELOOP, phrase("links are not followed"), path)
    return path


def _plainly(error: OSError, shown: str) -> OSError:
    """Return the error with the whole path, and in plain words for a link."""
    if error.errno in (errno.ELOOP, errno.EMLINK):  # EMLINK: FreeBSD
        return OSError(errno.ELOOP, phrase("links are not followed"), shown)
    if error.errno == errno.ENXIO:  # a FIFO opened for writing without a reader
        return OSError(errno.EINVAL, phrase("not a regular file"), shown)
    return OSError(error.errno, error.strerror, shown)


def _put(number: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(number, view) :]
