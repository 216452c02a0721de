"""Which file was saved, and which kata or sheet of answers that concerns.

watchdog tells of changes: by the system's events, or by comparing times and sizes where a file
system has none (network and shared folders). Owns no opinion on what a change is worth: several
may be told for one save.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

POLL_S = 0.3  # between two looks; one costs about 10 us a file
# File systems that others change without an event here, or that have none at all.
_SILENT = frozenset((
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "drvfs", "fuse", "glusterfs", "lustre", "ncpfs",
    "nfs", "nfs4", "osxfs", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
))  # fmt: skip
_CHANGES = frozenset(("created", "modified", "moved", "deleted", "closed"))  # not: opened


class Saves:
    """Calls `saved` with the path of each changed file below `folder`, from a thread of its own.

    `polling` says which way was taken. Raises OSError where the folder cannot be watched.
    """

    def __init__(self, folder: Path, saved: Callable[[Path], None], poll: bool) -> None:
        self.polling = poll or is_silent(folder, psutil.disk_partitions(all=True))
        if not self.polling:
            try:
                self._observer = _started(_by_events(), folder, saved)
                return
            except OSError:  # the system has no watch left to give
                self.polling = True
        self._observer = _started(_by_looking(), folder, saved)

    def close(self) -> None:
        """End the thread."""
        self._observer.stop()
        self._observer.join()


def is_silent(folder: Path, mounted: Iterable[tuple[str, ...]]) -> bool:
    """Whether `folder` lies on a file system that may change without an event here.

    `mounted` has rows of (device, mount point, type, …) as psutil.disk_partitions gives them.
    """
    kinds = {os.path.normcase(row[1]): row[2].lower() for row in mounted}
    for place in (folder, *folder.parents):
        if kind := kinds.get(os.path.normcase(place)):
            return kind in _SILENT or kind.startswith("fuse.")
    return False


def _by_events() -> BaseObserver:
    from watchdog.observers import Observer  # loads what the system has

    return Observer()


def _by_looking() -> BaseObserver:
    from watchdog.observers.polling import PollingObserver

    return PollingObserver(timeout=POLL_S)


def _started(observer: BaseObserver, folder: Path, saved: Callable[[Path], None]) -> BaseObserver:
    observer.schedule(_Handler(saved), str(folder), recursive=True)
    observer.start()
    return observer


class _Handler(FileSystemEventHandler):
    """Hands on the paths of changes."""

    def __init__(self, saved: Callable[[Path], None]) -> None:
        self._saved = saved

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hand on one event; a replaced file is a move onto its name."""
        if event.event_type in _CHANGES and not event.is_directory:
            for path in (event.src_path, event.dest_path):
                if path:
                    self._saved(Path(os.fsdecode(path)))
