"""A repository by git's plumbing: one that is not trusted, or of a remote.

    commit ─ Blob(path, id, size) … ─ content           fetch: a remote's branch into a bare cache
    store ─ create ─ refs                               keep: a file's content under a ref of ours

Nothing is checked out, no work tree and no index is read. Settings of the system and the user are
off, hooks and the file monitor too, and reading may open no connection, so that nothing which
stands in a repository's own settings is run. A fetch goes by https, ssh or file only, asks
nothing and ends in time. What this does not stop: a remote that is large, until its time is up.
Branches that are written are `repository`'s.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graders.errors import GraderError
from graders.phrases import phrase

# Set inside git's own hooks and aliases; they would send every call to another repository.
ELSEWHERE = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
PROTOCOLS = ("https", "ssh", "file")
SETTINGS = (
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "core.fsync=all",  # what is kept survives a loss of power
    "credential.helper=",
    "fetch.fsckObjects=true",
    "gc.auto=0",
    "maintenance.auto=false",
    "safe.directory=*",  # nothing of the repository is run, so its owner does not matter
)
_READ_S, _FETCH_S = 20.0, 60.0  # wall seconds
_REGULAR = (b"100644", b"100755")


@dataclass(frozen=True, slots=True)
class Blob:
    """One regular file of a commit."""

    path: str
    id: str
    size: int


def commit(folder: Path, refs: Sequence[str]) -> str:
    """Return the id of the commit that the first existing ref stands for, or ""."""
    for ref in refs:
        with suppress(GraderError):
            found = _run(["-C", str(folder), "rev-parse", "--verify", "--quiet",
                          "--end-of-options", f"{ref}^{{commit}}"])
            if found:
                return found.decode("ascii", "replace").strip()
    return ""


def files(folder: Path, commit: str, within: str) -> tuple[Blob, ...]:
    """Return the regular files that lie directly in a folder of a commit. Raises GraderError."""
    # --full-tree: paths count from the top, wherever `folder` is.
    listed = _run(["-C", str(folder), "ls-tree", "-z", "-l", "--full-tree", commit, "--",
                   f"{within}/"])
    found = []
    for line in listed.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, kind, blob, size = facts.split()
        if kind == b"blob" and mode in _REGULAR:
            found.append(Blob(os.fsdecode(path), blob.decode(), int(size)))
    return tuple(found)


def content(folder: Path, blob: Blob) -> bytes:
    """Return what is in a file. Raises GraderError."""
    return _run(["-C", str(folder), "cat-file", "blob", blob.id])


def fetch(cache: Path, address: str, branch: str) -> None:
    """Bring a branch of a remote up to date in the bare repository `cache`, made if missing.

    Raises GraderError with git's last words, or that of the time that is up.
    """
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise GraderError(phrase("{file}: cannot be written ({error}); mend that, or set "
                                 "KATA_STORE", file=cache, error=why)) from error
    if not (cache / "HEAD").exists():
        _run(["init", "--quiet", "--bare", "--template=", str(cache)])
    name = f"refs/heads/{branch}"
    _run(["-C", str(cache), "fetch", "--quiet", "--depth=1", "--no-tags",
          "--no-recurse-submodules", "--no-write-fetch-head", "--", address, f"+{name}:{name}"],
         _FETCH_S, PROTOCOLS)


def holds(folder: Path) -> bool:
    """Whether a folder lies in the work tree of a repository. Raises GraderError without git."""
    if shutil.which("git") is None:
        raise GraderError(phrase("git: not found on PATH; install git"))
    with suppress(GraderError):
        return _run(["-C", str(folder), "rev-parse", "--is-inside-work-tree"]).strip() == b"true"
    return False


def versions(folder: Path, pattern: str, revisions: Sequence[str]) -> list[str]:
    """Return the ids of all versions of the files that fit `pattern`, the newest first.

    `pattern` is one of gitglossary's (glob), from `folder`. Empty where the history cannot be read.
    """
    with suppress(GraderError):
        listed = _run(["-C", str(folder), "log", "--format=", "--raw", "-z", "--no-abbrev",
                       "--no-renames", "-m", "--full-history", *revisions, "--",
                       f":(glob){pattern}"])
        rows = [each.decode("ascii", "replace").split(" ")
                for each in listed.split(b"\0") if each.startswith(b":")]
        ids = [each for row in rows for each in (row[3], row[2])]  # new, old
        return [each for each in dict.fromkeys(ids) if each.strip("0")]
    return []


def blob(folder: Path, name: str) -> bytes:
    """Return the content of a file by its id, or the ref that keeps it. Raises GraderError."""
    return _run(["-C", str(folder), "cat-file", "blob", name])


def store(folder: Path, data: bytes) -> str:
    """Store a file's content, as it is; return its id. Raises GraderError, on a full disk too."""
    return _run(["-C", str(folder), "hash-object", "-w", "--no-filters", "--stdin"],
                data=data).decode().strip()


def create(folder: Path, ref: str, content: str) -> None:
    """Make a ref that is not there yet. Raises GraderError when it is."""
    _run(["-C", str(folder), "update-ref", ref, content, "0" * len(content)])


def refs(folder: Path, prefix: str) -> dict[str, str]:
    """Return the refs below a prefix, and what they stand for. Raises GraderError."""
    listed = _run(["-C", str(folder), "for-each-ref", "--format=%(refname) %(objectname)", prefix])
    return dict(line.split(" ") for line in listed.decode("ascii", "replace").splitlines())


def _run(arguments: Sequence[str], wall_s: float = _READ_S, protocols: Sequence[str] = (),
         data: bytes | None = None) -> bytes:
    """Run git; return what it writes. Raises GraderError when it fails or takes too long."""
    switches = [word for setting in SETTINGS for word in ("-c", setting)]
    command = ["git", "--no-replace-objects", *switches, *arguments]
    stdin = subprocess.DEVNULL if data is None else subprocess.PIPE
    try:
        process = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment(protocols), start_new_session=True)  # fmt: skip
    except OSError as error:
        raise GraderError(phrase("git: not found on PATH; install git")) from error
    try:
        out, err = process.communicate(data, timeout=wall_s)
    except subprocess.TimeoutExpired as error:
        end(process)
        raise GraderError(phrase("git: no answer in {seconds} s; try again later",
                                 seconds=f"{wall_s:g}")) from error
    except BaseException:  # Ctrl-C is not sent to a session of its own
        end(process)
        raise
    if process.returncode:
        words = err.decode(errors="replace").strip().splitlines() or [""]
        raise GraderError(words[-1][:300] or phrase("git: failed without a word"))
    return out


def end(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started: ssh, or a helper for https."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


def environment(protocols: Sequence[str]) -> dict[str, str]:
    """Return the environment of a git that reads no settings but ours, and asks nobody."""
    dropped = (*ELSEWHERE, "SSH_ASKPASS", "GIT_ASKPASS", "GIT_SSH", "GIT_PROXY_COMMAND")
    kept = {name: value for name, value in os.environ.items()
            if name not in dropped and not name.startswith(("GIT_CONFIG", "GIT_TRACE"))}
    kept.setdefault("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=15")
    return {
        **kept,
        "GIT_ALLOW_PROTOCOL": ":".join(protocols) or "none",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
