"""Removing a folder that a stranger filled: deeper than paths go, or without any rights.

What lies below is moved up until nothing is deep, so that two descriptors and short names are
enough. shutil recurses until Python 3.13, and `rm` is a process that a limit may refuse.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess

_FLAT = os.open in os.supports_dir_fd and os.scandir in os.supports_fd  # not on Windows


def remove(path: str) -> None:
    """Remove the file, link or folder at `path`, following no link.

    Nobody may be at work below it. Raises FileNotFoundError where there is nothing, OSError for
    what cannot be removed.
    """
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        os.unlink(path)
    elif not _FLAT:
        try:
            shutil.rmtree(path)
        except RecursionError:
            subprocess.run(["cmd", "/c", "rd", "/s", "/q", path], check=True)
    else:
        top = _open(path)
        try:
            _empty(top)
        finally:
            os.close(top)
        os.rmdir(path)


def _empty(top: int) -> None:
    """Remove all that `top` holds; folders in folders become folders of `top` first."""
    moved = 0
    while found := _entries(top):
        for name, is_folder in found:
            if not is_folder:
                os.unlink(name, dir_fd=top)
                continue
            below = _open(name, top)
            try:
                for inner, is_inner_folder in _entries(below):
                    if not is_inner_folder:
                        os.unlink(inner, dir_fd=below)
                        continue
                    os.chmod(inner, 0o700, dir_fd=below)  # to move it is to write its `..`
                    moved = _free(top, moved)
                    os.rename(inner, str(moved), src_dir_fd=below, dst_dir_fd=top)
            finally:
                os.close(below)
            os.rmdir(name, dir_fd=top)


def _entries(folder: int) -> list[tuple[str, bool]]:
    with os.scandir(folder) as listing:
        return [(each.name, each.is_dir(follow_symlinks=False)) for each in listing]


def _free(top: int, last: int) -> int:
    """Return a number above `last` that names nothing in `top`."""
    while True:
        last += 1
        try:
            os.lstat(str(last), dir_fd=top)
        except FileNotFoundError:
            return last


def _open(name: str, folder: int | None = None) -> int:
    os.chmod(name, 0o700, dir_fd=folder)
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
