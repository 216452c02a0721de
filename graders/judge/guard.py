"""A limit on what the judge child itself spends on one test: comparing and printing results.

On POSIX the kernel's profiling timer counts the process's CPU seconds. Windows has no such timer:
there a thread looks at the CPU clock and interrupts the main thread. Either way the handler runs
between two bytecodes of the main thread. One call of C code, in which none runs, the kernel ends
with this process (SIGXCPU, POSIX only); narrate.py tells the test's end in its name.
"""

from __future__ import annotations

import _thread
import math
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any]


class Guard:
    """Calls `handler`, as a signal handler is called, when armed for longer than a CPU limit."""

    def __init__(self, handler: Handler) -> None:
        self._timer = getattr(signal, "setitimer", None)
        self._watch: threading.Timer | None = None
        number = signal.SIGPROF if self._timer else signal.SIGINT
        signal.signal(number, handler)

    def arm(self, cpu_s: float) -> None:
        """Begin to count: `cpu_s` more CPU seconds of this process are allowed."""
        _end_after(cpu_s + 1)
        if self._timer:
            self._timer(signal.ITIMER_PROF, cpu_s)
        else:
            self._look_again(time.process_time() + cpu_s, cpu_s)

    def disarm(self) -> None:
        """Stop counting."""
        if self._timer:
            self._timer(signal.ITIMER_PROF, 0)
        elif self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def _look_again(self, until_s: float, pause_s: float) -> None:
        """Look after `pause_s` of wall time: the CPU clock cannot have run further than that."""
        self._watch = threading.Timer(pause_s, self._looked, (until_s,))
        self._watch.daemon = True
        self._watch.start()

    def _looked(self, until_s: float) -> None:
        if self._watch is not threading.current_thread():
            return  # disarmed meanwhile
        left_s = until_s - time.process_time()
        if left_s > 0:
            self._look_again(until_s, left_s)
        else:
            _thread.interrupt_main(signal.SIGINT)


def _end_after(cpu_s: float) -> None:
    """Have the kernel end this process (SIGXCPU) after so many more seconds of CPU.

    For what the handler cannot end: one call of C code, in which no Python handler runs. The
    engine then tells the test's end in our name (narrate.py). Not on Windows.
    """
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limit_s = math.ceil(time.process_time() + cpu_s)
    if hard == resource.RLIM_INFINITY or limit_s < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (limit_s, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))  # a core file would hold the suite
