"""Runs of a learner's program: what goes in, what came out, and whether that is right.

Under the judge a run has a sandboxed worker of its own. In plain pytest it is a child process of
this interpreter with the module beside the suite, so that nothing is left of one run for the next.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from graders.kit import output, remote
from graders.phrases import phrase

INPUT_CAP = 8 << 20  # bytes of one run's input
_GUARD_S = 120.0  # wall seconds in plain pytest: against endless loops, not a limit
_TAIL = 2000  # characters shown of an error


@dataclass(frozen=True)
class Run:
    """One run of a program: all it wrote to standard output, and its exit code."""

    text: str
    exit_code: int = 0

    @cached_property
    def lines(self) -> list[str]:
        """The lines without spaces at their ends; empty ones at the end are left out."""
        return output.lines_of(self.text)

    @cached_property
    def tokens(self) -> list[str]:
        """All that stands between spaces and line ends."""
        return self.text.split()


def run_program(stdin: str | bytes, exit_codes: tuple[int, ...] = (0,)) -> Run:
    """Run the kata's program with `stdin` as its whole input; return what it printed.

    It must end with one of `exit_codes`. Its standard error is shown with a failure and judged
    by nobody.
    """
    data = stdin.encode() if isinstance(stdin, str) else stdin
    if type(data) is not bytes:
        raise TypeError(f"run_program: stdin is a {type(stdin).__name__}; it is str or bytes")
    if len(data) > INPUT_CAP:
        raise ValueError(f"run_program: {len(data):,} bytes of input; at most {INPUT_CAP:,}")
    link = remote.current()
    run = _run_here if link is None else link.run_program
    code, answer = run(data, exit_codes)
    return Run(_text(answer), code)


def assert_output(run: Run, expected: str) -> None:
    """Fail the test unless the run printed `expected`, line by line and token by token.

    How many spaces stand between tokens, spaces at the end of a line and empty lines at the end
    do not matter. The failure names the first difference.
    """
    __tracebackhide__ = True
    if not isinstance(run, Run):
        raise TypeError(f"assert_output: needs what run_program returned, not {type(run).__name__}")
    output.compare(run.text, expected)


def _text(answer: bytes) -> str:
    try:
        return answer.decode()
    except UnicodeDecodeError as error:
        line = answer.count(b"\n", 0, error.start) + 1
        near = answer[max(0, error.start - 40) : error.start + 40]
        shown = near.decode(errors="backslashreplace")
        why = phrase("line {number}: is not text in UTF-8", number=line)
        raise output.WrongOutput("", shown, why) from None


def _run_here(data: bytes, exit_codes: tuple[int, ...]) -> tuple[int, bytes]:
    module = _module()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as stdin:
        stdin.write(data)
        stdin.seek(0)
        command = [sys.executable, "-P", "-X", "utf8", str(module)]
        try:
            done = subprocess.run(command, stdin=stdin, capture_output=True, cwd=folder,
                                  timeout=_GUARD_S, check=False)
        except subprocess.TimeoutExpired:
            return pytest.fail(f"{module.name} ran for more than {_GUARD_S:g} s", pytrace=False)
    if done.returncode not in exit_codes:
        said = done.stderr.decode(errors="backslashreplace")[-_TAIL:]
        pytest.fail(f"{module.name} ended with {done.returncode}\n{said}\ninput:\n"
                    f"{output.shortened(data)}", pytrace=False)
    return done.returncode, done.stdout


def _module() -> Path:
    """Return the program beside the suite that is running: two_sum.py for test_two_sum.py."""
    frame = sys._getframe()
    while frame is not None:
        suite = Path(frame.f_code.co_filename)
        if suite.name.startswith("test_") and suite.suffix == ".py":
            slug = suite.stem.removeprefix("test_").removeprefix("hidden_")
            return suite.with_name(f"{slug}.py")
        frame = frame.f_back  # type: ignore[assignment]
    raise TypeError("run_program: is called by no suite; put test_<slug>.py beside <slug>.py")
