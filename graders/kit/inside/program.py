"""A learner's module run as a program: standard input, standard output, an exit code.

Lives in the worker, which serves one run and no other, so nothing is put back afterwards. Standard
input is a file, as with `python3 program.py < input`; what was printed is read by the judge from
the file behind descriptor 1, never told by this process.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
import types
from typing import Any


def give_input(data: bytes, folder: str) -> None:
    """Make `data` the file behind descriptor 0. It has no name left when the program runs."""
    path = os.path.join(folder, f"stdin-{os.getpid()}")
    with open(path, "xb") as file:
        file.write(data)
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    os.dup2(opened, 0)
    os.close(opened)
    with contextlib.suppress(PermissionError):  # Windows keeps the name of an open file
        os.unlink(path)


def set_streams() -> None:
    """Make new standard streams, as an interpreter that was started for the program has them."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__ = sys.stdin, sys.stdout  # type: ignore[misc]


def run(code: types.CodeType, module: types.ModuleType) -> int:
    """Run `code` as the main module; return the exit code.

    What it raises leaves, after the exit handlers and with everything printed so far written out.
    """
    sys.modules["__main__"] = module
    sys.argv = [str(module.__file__)]
    try:
        exec(code, vars(module))
        return 0
    except SystemExit as error:
        return exit_code(error.code)
    finally:
        _finish(module)


def exit_code(value: Any) -> int:
    """Return what a process ends with after sys.exit(value)."""
    if value is None:
        return 0
    if isinstance(value, int):
        return value & 0xFF
    sys.stderr.write(f"{value}\n")
    return 1


def _finish(module: types.ModuleType) -> None:
    """Do what the end of an interpreter does: threads, exit handlers, files that are still open."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    _flush()
    vars(module).clear()  # a file that only the program held writes out what it still has


def _flush() -> None:
    """Write out what is buffered; a stream that the program closed or replaced needs nothing."""
    for stream in (sys.stdout, sys.__stdout__):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.flush()  # type: ignore[union-attr]
