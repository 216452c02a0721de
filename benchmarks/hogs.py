"""What keeps a machine busy beside a measurement: at nice 0, one process for each processor.

"grade" is the judge itself: every kata of this repository, its reference in place of the stub,
judged again and again with an empty store.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.settings import ROOT

_LOOPS = {
    "loops": "while True: pass",
    # Larger than a core's own caches, so that every copy goes further out.
    "memory": "a, b = bytearray(64 << 20), bytearray(64 << 20)\nwhile True: b[:] = a",
}
_GRADE = """
import os, subprocess, sys, tempfile
while True:
    with tempfile.TemporaryDirectory() as store:
        subprocess.run([sys.executable, "-m", "graders", "grade", "--all"],
                       env={**os.environ, "KATA_STORE": store, "PYTHONPATH": sys.argv[1]},
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
"""
KINDS = ("quiet", *_LOOPS, "grade")


@contextmanager
def beside(kind: str) -> Iterator[None]:
    """Keep the processors busy inside the context, in one of the ways of KINDS."""
    with tempfile.TemporaryDirectory(prefix="kata40-bench-") as folder:
        count = {"quiet": 0, "grade": 1}.get(kind, os.cpu_count() or 1)
        where = _solved(Path(folder)) if kind == "grade" else Path(folder)
        command = [sys.executable, "-c", _LOOPS.get(kind, _GRADE), str(ROOT)]
        hogs = [subprocess.Popen(command, cwd=where, start_new_session=True)
                for _ in range(count)]
        try:
            yield
        finally:
            for hog in hogs:
                os.killpg(hog.pid, signal.SIGKILL)  # its engine dies with the command it serves
                hog.wait()


def _solved(tree: Path) -> Path:
    """Copy the katas into `tree`, each stub replaced by its reference."""
    leave = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "katas", tree / "katas", ignore=leave)
    for reference in (ROOT / "solutions").glob("*/*/*/*.py"):
        stub = tree / "katas" / reference.relative_to(ROOT / "solutions")
        if stub.is_file():
            shutil.copy(reference, stub)
    return tree
