"""Whether the machine grants what a kata promises: less would fail what is right."""

from __future__ import annotations

import threading

# What a kata promises: a machine that grants less would fail what is right.
_PROMISED = ("RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CPU", "RLIMIT_NPROC")


def refuse_less(wanted: dict[str, int]) -> None:
    """Raise OSError where a hard limit is below one of `wanted`, {name in resource: value}."""
    import resource

    for name in _PROMISED:
        number = getattr(resource, name, None)  # macOS lacks some
        if number is None or name not in wanted:
            continue
        hard = resource.getrlimit(number)[1]
        if hard != resource.RLIM_INFINITY and hard < wanted[name]:
            raise OSError(f"{name} is {hard} here, and this kata needs {wanted[name]}; raise it")


def start_threads(number: int) -> None:
    """Start so many threads at once and end them: the machine must grant what a kata promises.

    Raises RuntimeError where it does not; a learner's own thread would fail the same way.
    """
    gate = threading.Event()
    started: list[threading.Thread] = []
    try:
        for _ in range(number):
            thread = threading.Thread(target=gate.wait)
            thread.start()
            started.append(thread)
    finally:
        gate.set()
        for each in started:
            each.join()
