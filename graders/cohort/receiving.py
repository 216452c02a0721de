"""A push to a repository on this machine, taken by settings of ours: none of the learner's is read.

    <tmp>/config                              ours: no hooks, no gc, no fsmonitor, no proc-receive
          HEAD, shallow                       copies
          objects, refs, packed-refs   ─────► the repository's own

git has no way to leave a repository's own settings out, and some cannot be taken back by others
(`receive.procReceiveRefs` only ever adds). So git is given a folder that holds none of them. It
makes no reflog either, which could be a link to a file of the instructor's.

What this does not stop: somebody who puts a link into the repository while the push is under way.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graders.cohort.bounded_git import run
from graders.errors import GraderError
from graders.phrases import phrase

_CONFIG = """\
[core]
\trepositoryformatversion = 0
\tbare = false
\tlogAllRefUpdates = false
\thooksPath = {nothing}
\tfsmonitor = false
\talternateRefsCommand = true
[receive]
\tautogc = false
\tdenyCurrentBranch = {current}
[gc]
\tauto = 0
[maintenance]
\tauto = false
"""
_FOLDERS = ("", "refs", "refs/heads", "objects", "objects/pack", "objects/info")
_SHARED = ("objects", "refs", "packed-refs")
_COPIED = ("HEAD", "shallow")
_CAP = 1 << 20  # bytes of what is copied
_FORMAT = re.compile(r"extensions\.(objectformat\n(?!sha1$)|refstorage\n(?!files$)).*", re.I)


@contextmanager
def receiving(repository: Path, checked_out: bool) -> Iterator[str]:
    """Yield an address to push to instead of a repository's path.

    `checked_out`: also the branch that its work tree is on; the caller writes the files. Raises
    GraderError where the repository would lead what is written somewhere else, or where it has a
    format of git's that this does not know.
    """
    git = _git_folder(repository)
    _refuse_links(git)
    _refuse_formats(git)
    with tempfile.TemporaryDirectory(prefix="kata40-push-") as folder:
        ours = Path(folder)
        (ours / "config").write_text(_CONFIG.format(
            nothing=os.devnull, current="ignore" if checked_out else "refuse"), encoding="ascii")
        for name in _COPIED:
            if (git / name).is_file():
                with (git / name).open("rb") as file:
                    (ours / name).write_bytes(file.read(_CAP))
        for name in _SHARED:
            (ours / name).symlink_to(git / name)
        yield ours.as_uri()


def _git_folder(repository: Path) -> Path:
    git = repository / ".git"
    return git if git.is_dir() or git.is_symlink() else repository


def _refuse_links(git: Path) -> None:
    for name in _FOLDERS:
        path = git / name
        if path.is_symlink():
            raise GraderError(phrase("{file}: is a symbolic link; nothing is written through it, "
                                     "make it a folder", file=path))
    if os.path.lexists(git / "commondir"):
        raise GraderError(phrase("{file}: would lead to another repository; put a plain clone "
                                 "there", file=git / "commondir"))


def _refuse_formats(git: Path) -> None:
    """Refuse another hash than SHA-1, and refs that are not files."""
    listed = run(["config", "--file", str(git / "config"), "--no-includes", "--list", "-z"])
    for line in listed.decode("utf-8", "replace").split("\0"):
        if _FORMAT.fullmatch(line):
            raise GraderError(phrase("{folder}: has a format that is not written to here ({text}); "
                                     "put a plain clone there", folder=git,
                                     text=line.replace("\n", "=")[:80]))
