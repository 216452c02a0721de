"""Files of an update in the work tree of a learner's repository on this machine.

    check   every file to change is as one of the two commits has it, and no link is on its way
    write   new files beside the old ones, renamed over them; then the index

git never runs in that repository: its settings could name any program. Every step follows no link,
and can be done again: a file that is new already is as good as an old one. What the learner has
not committed in a file that the update changes refuses the whole update of this repository.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graders.cohort.bounded_git import run
from graders.cohort.template import File
from graders.cohort.transfer import BRANCH
from graders.errors import GraderError
from graders.phrases import phrase

INDEX_CAP = 64 << 20
_HEAD = re.compile(rb"ref: refs/heads/" + BRANCH.encode() + rb"\s*")
_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after; None where there is none."""

    path: str
    old: File | None
    new: File | None


def has_one(repository: Path) -> bool:
    """Whether a repository on this machine has a work tree that is on our branch.

    Raises GraderError where its .git is no folder: it leads elsewhere.
    """
    try:
        mode = (repository / ".git").lstat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(mode):
        raise GraderError(phrase("{folder}: its .git is no folder; put a plain clone there",
                                 folder=repository))
    with _folder(repository, (".git",)) as git:
        return bool(_HEAD.fullmatch(_read(git, "HEAD", 4096) or b""))


def check(repository: Path, changes: Sequence[Change]) -> None:
    """Raise GraderError where a file is neither as it was nor as it will be; write nothing.

    Also where it is no plain file, or is reached by a link.
    """
    if (repository / ".git/index.lock").exists():
        raise GraderError(phrase("{folder}: git is at work in it; try again when that is done, or "
                                 "remove its .git/index.lock", folder=repository))
    for change in changes:
        *folders, name = change.path.split("/")
        cap = 1 + max(len(file.data) for file in (change.old, change.new) if file)
        try:
            with _folder(repository, folders) as folder:
                held = _read(folder, name, cap)
        except FileNotFoundError:
            held = None
        except OSError as error:
            raise _in_the_way(repository, change.path) from error
        if held not in [file.data if file else None for file in (change.old, change.new)]:
            raise GraderError(phrase("{path}: has changes that are not committed; commit them or "
                                     "put them away: git stash", path=repository / change.path))


def write(repository: Path, changes: Sequence[Change]) -> None:
    """Bring every file to its new state. Raises GraderError for a link on the way."""
    for change in changes:
        *folders, name = change.path.split("/")
        try:
            if change.new is None:
                _remove(repository, folders, name)
            else:
                with _folder(repository, folders, make=True) as folder:
                    _replace(folder, name, change.new.data,
                             0o777 if change.new.executable else 0o666)
        except FileNotFoundError:
            continue  # what is to go is gone
        except OSError as error:
            raise _in_the_way(repository, change.path) from error


def move_index(repository: Path, store: Path, commits: tuple[str, str]) -> Callable[[], None]:
    """Return what moves the learner's index from one commit to another, staged changes kept.

    Raises GraderError at once where something staged stands in the way.
    """
    with _folder(repository, (".git",)) as git:
        data = _read(git, "index", INDEX_CAP)
    with tempfile.TemporaryDirectory(prefix="kata40-index-") as scratch:
        index = Path(scratch, "index")
        if data is not None:
            index.write_bytes(data)
        try:
            run(["--git-dir", str(store), "read-tree", "-i", "-m", *commits],
                variables={"GIT_INDEX_FILE": str(index)})
        except GraderError as error:
            raise GraderError(phrase("{folder}: has staged changes in the way ({error}); commit "
                                     "them or take them back: git reset", folder=repository,
                                     error=error)) from error
        moved = index.read_bytes()

    def put() -> None:
        with _folder(repository, (".git",)) as git:
            _replace(git, "index", moved, 0o666)

    return put


def _in_the_way(repository: Path, path: str) -> GraderError:
    return GraderError(phrase("{path}: is no plain file, or reached by a link; remove what is in "
                              "the way", path=repository / path))


@contextmanager
def _folder(root: Path, names: Sequence[str], make: bool = False) -> Iterator[int]:
    """Open a folder below `root` step by step, following no link. Raises OSError."""
    descriptor = os.open(root, _DIRECTORY)
    try:
        for name in names:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=descriptor)
            below = os.open(name, _DIRECTORY, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
        yield descriptor
    finally:
        os.close(descriptor)


def _read(folder: int, name: str, cap: int) -> bytes | None:
    """Return the first `cap` bytes of a regular file, None where there is nothing.

    Raises OSError for a link, and for anything else that is no file.
    """
    try:
        descriptor = os.open(name, _FILE, dir_fd=folder)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{name} is no file")
        return file.read(cap)


def _replace(folder: int, name: str, data: bytes, mode: int) -> None:
    new = f".{name}.kata40-new"
    with suppress(FileNotFoundError):
        os.unlink(new, dir_fd=folder)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode, dir_fd=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.replace(new, name, src_dir_fd=folder, dst_dir_fd=folder)


def _remove(root: Path, folders: Sequence[str], name: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    with _folder(root, folders) as folder:
        os.unlink(name, dir_fd=folder)
    for count in range(len(folders), 0, -1):
        with _folder(root, folders[: count - 1]) as above:
            try:
                os.rmdir(folders[count - 1], dir_fd=above)
            except OSError:
                return  # not empty


def changes(old: Mapping[str, tuple[str, str]], done: Mapping[str, tuple[str, str] | None],
            contents: Callable[[str], bytes]) -> list[Change]:
    """Return the changes of a decision with their contents, those to remove first."""
    def file(entry: tuple[str, str] | None) -> File | None:
        return File(contents(entry[1]), entry[0] == "100755") if entry else None

    found = [Change(path, file(old.get(path)), file(entry)) for path, entry in done.items()]
    return sorted(found, key=lambda each: (each.new is not None, each.path))
