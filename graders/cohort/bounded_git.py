"""Git over what a learner made, within bounds that the kernel keeps: time, memory, size of a file.

    sh -c 'ulimit …; git …'      its helpers (ssh, https, upload-pack, index-pack) inherit them
       └── waits for the end of a pipe that we hold: then we have been killed, and it ends them all;
           by SIGTERM, at which git takes away the locks of what it was writing

Settings of the system, the user and the repository that is read decide nothing: `graders.git`
says how, and a file of ours stands in the place of the user's, since what is given by `-c` does
not reach the upload-pack of a repository on this disk. The helpers may not fetch what a hostile
repository lacks (its settings could name any program for that).

What this does not stop: a repository that answers slowly costs its whole time, and a hundred
fetches at once cost a hundred times the memory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graders import git
from graders.errors import GraderError
from graders.phrases import phrase

_SETTINGS = (
    "fetch.unpackLimit=1",  # one file for all that comes, so that its size is bounded
    "pack.threads=1",
    "core.alternateRefsCommand=true",
    "protocol.version=2",
)
_OURS = "[safe]\n\tdirectory = *\n[core]\n\thooksPath = /dev/null\n\tfsmonitor = false\n"
# The end of a pipe is all that tells of a SIGKILL. dash redirects no descriptor above 9 by number.
_SHELL = """\
ulimit -t "$1" && ulimit -v "$2" && ulimit -f "$3" || exit
{ read -r end <"/dev/fd/$4"; kill -TERM 0; } &
watcher=$!
shift 4
"$@"
code=$?
{ kill -KILL $watcher; wait $watcher; } 2>/dev/null
exit $code
"""
_SIGNALLED = 129  # a shell adds 128 to a signal's number; git itself exits with 128 and 129
_running: set[subprocess.Popen[bytes]] = set()
_MET = ("died of signal", "invalid index-pack output", "ut of memory",
        "annot allocate memory", "File too large")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may use; `file_mib` bounds each file that it writes, its output included."""

    wall_s: float = 30.0
    cpu_s: int = 20
    memory_mib: int = 2048
    file_mib: int = 64


def run(arguments: Sequence[str], bounds: Bounds | None = None, data: bytes | None = None,
        protocols: Sequence[str] = (), variables: Mapping[str, str] | None = None) -> bytes:
    """Run git; return what it writes. `variables` are added to its environment.

    Raises GraderError with git's last words, or that of the bound which was met.
    """
    within = bounds or Bounds()
    with tempfile.TemporaryDirectory(prefix="kata40-git-") as folder:
        ours = Path(folder, "gitconfig")
        ours.write_text(_OURS, encoding="ascii")
        environment = {**git.environment(protocols), "GIT_CONFIG_GLOBAL": str(ours),
                       **(variables or {})}
        with Path(folder, "out").open("w+b") as out, Path(folder, "err").open("w+b") as err:
            code = _wait(arguments, environment, (out, err), (within, data))
            out.seek(0)
            err.seek(0)
            if code:
                raise GraderError(_last_words(err.read(1 << 20), code, within))
            return out.read()


def _command(arguments: Sequence[str], bounds: Bounds, lifeline: int) -> list[str]:
    switches = [word for each in (*git.SETTINGS, *_SETTINGS) for word in ("-c", each)]
    # POSIX counts files in blocks of 512 bytes, memory in KiB.
    limits = [bounds.cpu_s, bounds.memory_mib << 10, bounds.file_mib << 11]
    return ["sh", "-c", _SHELL, "sh", *map(str, [*limits, lifeline]), "git",
            "--no-replace-objects", *switches, *arguments]


def _wait(arguments: Sequence[str], environment: dict[str, str],
          outputs: tuple[IO[bytes], IO[bytes]], task: tuple[Bounds, bytes | None]) -> int:
    bounds, data = task
    stdin = subprocess.DEVNULL if data is None else subprocess.PIPE
    theirs, ours = os.pipe()  # ours is inherited by nobody, so that it ends with us
    try:
        process = subprocess.Popen(
            _command(arguments, bounds, theirs), stdin=stdin, stdout=outputs[0],
            stderr=outputs[1], env=environment, start_new_session=True, cwd="/",
            pass_fds=(theirs,))
    except OSError as error:
        os.close(ours)
        raise GraderError(phrase("git: not found on PATH; install git")) from error
    finally:
        os.close(theirs)
    _running.add(process)
    try:
        process.communicate(data, timeout=bounds.wall_s)
    except subprocess.TimeoutExpired as error:
        git.end(process)
        raise GraderError(phrase("git: no answer in {seconds} s; try again later",
                                 seconds=f"{bounds.wall_s:g}")) from error
    except BaseException:  # Ctrl-C is not sent to a session of its own
        git.end(process)
        raise
    finally:
        _running.discard(process)
        os.close(ours)
    return process.returncode


def stop() -> None:
    """From another thread: end every git that is under way; whoever waits gets a GraderError."""
    for process in list(_running):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)


def _last_words(err: bytes, code: int, bounds: Bounds) -> str:
    text = err.decode(errors="replace")
    if code < 0 or code > _SIGNALLED or any(each in text for each in _MET):
        return phrase("git: more than {size} MiB, {memory} MiB of memory or {seconds} s of work; "
                      "ask the learner to make the repository smaller", size=bounds.file_mib,
                      memory=bounds.memory_mib, seconds=bounds.cpu_s)
    words = [line for line in text.strip().splitlines() if line.strip()]
    told = next((line for line in words if "rejected]" in line), "") or next(
        (line for line in words if line.startswith(("fatal:", "error:"))), "")
    return (told or (words or [""])[-1]).strip()[:300] or phrase("git: failed without a word")
