"""Another program that has the terminal for a while: the learner's editor, or a pager."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from graders.errors import GraderError
from graders.phrases import phrase


def editor(environment: Mapping[str, str], path: Path, shown: str) -> list[str]:
    """Return what opens `path`: VISUAL, else EDITOR, with their arguments. Raises GraderError."""
    words = _named(environment, "VISUAL") or _named(environment, "EDITOR")
    if not words:
        raise GraderError(phrase("VISUAL and EDITOR are not set; set one (export EDITOR=nano), or "
                                 "open the module yourself: {path}", path=shown))
    return [*words, str(path)]


def pager(environment: Mapping[str, str]) -> list[str]:
    """Return what shows a long text page by page; nothing where there is no such program."""
    words = _named(environment, "PAGER") or ["less"]
    return words if shutil.which(words[0]) else []


def _named(environment: Mapping[str, str], name: str) -> list[str]:
    try:
        return shlex.split(environment.get(name, ""), posix=os.name == "posix")
    except ValueError as error:
        raise GraderError(phrase("{name}: cannot be understood ({error}); write a command as you "
                                 "type it", name=name, error=error)) from error


class Foreground:
    """One such program."""

    def __init__(self, words: list[str], folder: Path, text: str) -> None:
        """Start it in `folder`; `text` is its standard input, if there is any.

        Raises GraderError when it cannot be started.
        """
        environment = {"LESS": "-R", **os.environ}  # colours
        self._text = text.encode(errors="backslashreplace")
        given = subprocess.PIPE if text else None
        try:
            self._process = subprocess.Popen(words, cwd=folder, env=environment, stdin=given)
        except OSError as error:
            raise GraderError(phrase("{program}: cannot be started ({error}); name another one",
                                     program=words[0], error=error.strerror)) from error
        self._name = words[0]

    def wait(self) -> str:
        """Wait for its end; return what went wrong, or an empty string."""
        with suppress(OSError):  # a pager need not read to the end
            self._process.communicate(self._text or None)
        code = self._process.wait()
        if code in (0, -signal.SIGINT):
            return ""
        return phrase("{program}: ended with exit code {code}", program=self._name, code=code)

    def end(self) -> None:
        """Ask it to end; an editor keeps what was not saved, as far as it can."""
        self._process.terminate()
