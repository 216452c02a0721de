"""The line to the workers of a kata of kind `program`: one fresh worker for each run.

A program is judged by what any operating system knows of it: the bytes behind descriptor 1 and
how it ended. The bytes are read from a file that the judge holds, so a program that leaves by
os._exit(0) is judged like one that returns, and nothing that the worker says adds to its output.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from graders.judge import calls
from graders.judge.facts import Fact
from graders.judge.link import OUTPUT_CAP, Link
from graders.judge.records import Exit
from graders.model import Kata, Status
from graders.phrases import phrase

ANSWER_CAP = 4 << 20  # bytes of standard output of one run: the largest answers are half of it
_PAUSE_S = 0.002


class ProgramLink(Link):
    """Implements graders.kit.remote.Link for a program."""

    def __init__(self, kata: Kata, factor: float) -> None:
        super().__init__(kata, factor)
        self._used_up = False  # a worker serves one run
        self._gone: Exit | None = None  # of a worker that did not end by its own will

    def begin(self, name: str, limit_s: float) -> None:
        """Start a worker and have it compile the module."""
        self._used_up, self._gone = False, None
        super().begin(name, limit_s)

    def end(self) -> Exit:
        """Return CPU, peak and end of the test's workers together."""
        last = super().end()
        gone = self._gone or last
        return replace(last, signal=gone.signal, code=gone.code)

    def run_program(self, stdin: bytes, exit_codes: tuple[int, ...]) -> tuple[int, bytes]:
        """Run the program in a fresh worker; return its exit code and its standard output.

        Raises what it raises, and Fact where it died, went over a limit or ended with a code
        that is none of `exit_codes`.
        """
        if self.fact:
            raise self.fact
        if self._used_up:
            self._retire()
            self.generation += 1
            self._start()
        self._used_up = True
        self.trail.calling(calls.Call("program", "run_program", args=(stdin,)))
        code = self._run(stdin)
        if code not in exit_codes:
            self._overrun(Status.RUNTIME_ERROR, phrase(
                "ended with exit code {code}; a program that has done its work ends with "
                "{expected}", code=code, expected="/".join(map(str, exit_codes))))
        return code, self.runner.answer(ANSWER_CAP)[1]

    def _run(self, stdin: bytes) -> int:
        try:
            reply = self._exchange(("program", stdin))
        except Fact as fact:
            if fact.status is not Status.CRASHED or fact.text:
                raise
            return self._code_of_the_dead(fact)
        self._check_size(self.runner.answer(0)[0], ANSWER_CAP)
        match reply:
            case ("ok", int(code)) if type(code) is int and 0 <= code < 256:
                return code
            case ("raise", names, args, list(where)):
                raise self._learner_error(("raise", names, args, [*map(_as_main, where)]))
        return self._overrun(Status.CRASHED, phrase("broke the protocol"))

    def _check_size(self, size: int, most: int) -> None:
        if size > most:
            self._overrun(Status.OUTPUT_LIMIT, phrase(
                "printed {size} MiB; at most {most} MiB", size=size >> 20, most=most >> 20))

    def _code_of_the_dead(self, fact: Fact) -> int:
        """Return the code of a worker that closed the channel and then ended itself.

        Raises `fact` where a signal ended it.
        """
        self.fact, self._began_s, self._away_s = None, time.monotonic(), 0.0
        while not self.runner.ended():
            self._check_open_end()
            time.sleep(_PAUSE_S)
        gone = self._retire()
        if gone.signal:
            self.fact, self._gone = fact, gone
            raise fact
        return gone.code

    def _check_open_end(self) -> None:
        """Stop a program that has closed its channel and goes on for too long."""
        self.check_cpu()
        passed_s = time.monotonic() - self._began_s
        if passed_s - self.runner.queued_s() > self._patience_s():
            self._overrun(Status.TIME_LIMIT, self._blocked_text(passed_s))

    def _retire(self) -> Exit:
        """End the present worker; its CPU stays on the test's account, its memory is looked at."""
        size, _ = self.runner.output(0)
        self._before_s, gone = self._stop(keep_box=False)  # no file is left for the next run
        self._look_at_memory(gone)
        self._check_size(size, OUTPUT_CAP)
        if self.fact:
            raise self.fact
        return gone


def _as_main(step: Any) -> Any:
    """Return a traceback's step with the module's own level under a name that says so."""
    match step:
        case (line, "<module>"):
            return line, "__main__"
    return step
