"""Names of things that live in the worker, as the suite's side holds them.

The judge's proxies derive from these; the kit's words recognise them and so run their worker
half there instead of here. In a learner's plain pytest none of these exists and every kit word
runs its worker half in this process. Knows nothing of sockets, limits or verdicts.

    suite ── kit word ──┬── no remote object among the arguments: inside.<op>(…) here
                        └── remote object: link.op("<op>", …) ── wire ── inside.<op>(…) there
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Any, NoReturn, Protocol


class Link(Protocol):
    """What a kit word may ask of the judge about the current test's worker."""

    def op(self, name: str, *args: Any) -> Any:
        """Run the worker half `name` of a kit word in the worker; remote arguments allowed."""

    def run_program(self, stdin: bytes, exit_codes: tuple[int, ...]) -> tuple[int, bytes]:
        """Run the kata's program; return its exit code and what it wrote to standard output."""

    def cpu_s(self) -> float:
        """Return the worker's CPU time in reference seconds, by the kernel's clock."""

    @property
    def fine_clock(self) -> bool:
        """Whether stopwatch_s counts CPU; wall time otherwise."""

    def stopwatch_s(self) -> float:
        """Return the clock that growth reads: cpu_s, or wall time where that counts in ticks."""

    def left_s(self) -> float:
        """Return the CPU time that is left of the test's limit, in reference seconds."""

    def check_cpu(self) -> None:
        """End the test where the worker has used more CPU time than any load excuses."""

    def status(self) -> dict[str, Any]:
        """Return what the kernel tells of the worker: pid, threads, children, peak_mib."""

    def output(self) -> str:
        """Return the tail of what the worker printed."""

    def record_growth(self, sizes: tuple[int, ...], cpu_s: tuple[float, ...], exponent: float,
                      label: str) -> None:
        """Keep one growth curve for the Report."""

    def too_slow(self, text: str) -> NoReturn:
        """End the test as TIME_LIMIT: the cost grows faster than the kata allows."""

    def plan_crash(self, after: int | None) -> None:
        """Kill the worker at its `after`-th effect from now; None takes the plan back."""

    def effects(self) -> tuple[int, bool]:
        """Return how many effects were seen since `plan_crash`, and whether the crash fired."""

    def watch_files(self, seen: Any) -> None:
        """Call `seen()` on this side at each file operation of the worker; None stops."""

    def workdir(self) -> tuple[str, int]:
        """Return the work directory as the learner sees it, and our descriptor of it."""

    def as_owner(self) -> AbstractContextManager[None]:
        """Act, within the context, as the user who owns the files of the work directory."""

    @property
    def lane_is_real(self) -> bool:
        """Whether the services are real servers, which others use as well."""

    def service_place(self, kind: str) -> tuple[str, int]:
        """Return host and port of a service; TypeError where the kata declares none such."""

    def service(self, kind: str, *message: Any) -> tuple[str, Any]:
        """Send a request to a service; return ("ok", value) or ("error", text)."""

    def sql(self, name: str, *arguments: Any) -> tuple[str, Any]:
        """Have the suite's look at a database done; return ("ok", value) or ("error", text)."""

    def exceptions(self) -> Collection[str]:
        """Return the names of the exceptions that the kata declares."""

    def seed(self) -> bytes:
        """Return this test's seed (secret in a cohort run; the same for all submissions)."""


class Remote:
    """Anything that stands for an object of the worker: function, method, handle, iterator."""

    __slots__ = ("_link",)
    _link: Link


class RemoteType(type):
    """Metaclass of the proxies of the learner's classes; calling one makes an object there."""

    _link: Link


class Crossing:
    """An object of the suite that is built anew beside the learner's code when passed to it.

    It crosses as (uid, kind, spec); `inside.build.build(kind, spec)` makes the worker's copy, one
    for each uid and worker. In plain pytest the learner gets this very object, which therefore
    behaves like the copy. `spec` is plain data.
    """

    __slots__ = ("_local", "kind", "spec", "uid")
    _count = 0

    def __init__(self, kind: str, spec: Any) -> None:
        Crossing._count += 1
        self.uid, self.kind, self.spec = Crossing._count, kind, spec
        self._local: Any = None


class Offered:
    """A suite-side object of which the learner may call exactly `names`, `limit` times a test.

    ("__call__",) makes it a function there. Arguments and results are plain data or tokens.
    """

    __slots__ = ("limit", "names", "target")

    def __init__(self, target: Any, names: tuple[str, ...], limit: int = 5000) -> None:
        self.target, self.names, self.limit = target, names, limit


class Token:
    """An item whose value only the suite's side knows; in the worker it has identity alone."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


_current: list[Link] = []


def set_current(link: Link | None) -> None:
    """Make `link` the one that words without a remote argument use (probe, crash_after)."""
    _current[:] = [] if link is None else [link]


def current() -> Link | None:
    """Return the current test's link, or None in plain pytest."""
    return _current[0] if _current else None


def link_of(*objects: Any) -> Link | None:
    """Return the link of the first remote object among `objects`, or None in plain pytest."""
    for each in objects:
        if isinstance(each, (Remote, RemoteType)):
            return each._link
    return None
